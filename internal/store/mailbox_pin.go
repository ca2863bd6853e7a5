package store

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// ErrPINLocked refuses every PIN of a mailbox for a while, after too many wrong ones.
var ErrPINLocked = errors.New("too many wrong PINs were keyed for this mailbox: try again later")

// A mailbox is closed to the telephone for pinLock after so many wrong PINs: a stranger has some 500 guesses a day at a million.
const (
	pinFailures = 5
	pinLock     = 15 * time.Minute
)

// mailboxPIN is what gets into a mailbox by telephone.
type mailboxPIN struct {
	bun.BaseModel `bun:"table:mailbox_pins,alias:mailbox_pin"`
	Org           id.Org     `bun:"organisation,pk"`
	Mailbox       id.Mailbox `bun:"mailbox_id,pk"`
	Hash          string     `bun:"pin_hash"`
	Failures      int        `bun:"failures"`
	LockedUntil   time.Time  `bun:"locked_until,nullzero"`
	ChangedAt     time.Time  `bun:"changed_at"`
}

// SetMailboxPIN gives a mailbox a PIN of 6 to 10 digits and ends a lock. It takes some 20 ms.
func (db *DB) SetMailboxPIN(ctx context.Context, mailbox id.Mailbox, pin string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	if !isPIN(pin) {
		return &InvalidError{Field: "pin", Why: "it must have 6 to 10 digits"}
	}
	hash, err := HashPassword(pin)
	if err != nil {
		return err
	}
	row := &mailboxPIN{Org: org, Mailbox: mailbox, Hash: hash, ChangedAt: now()}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(row).On("CONFLICT (organisation, mailbox_id) DO UPDATE").
			Set("pin_hash = EXCLUDED.pin_hash, failures = 0, locked_until = NULL, changed_at = EXCLUDED.changed_at").Exec(ctx)
		return err
	})
}

func isPIN(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(s) >= 6 && len(s) <= 10
}

// MailboxPINMatches tells whether this is the PIN of a mailbox, or gives ErrPINLocked. A mailbox without a PIN has a random one that
// nobody knows. It takes some 20 ms.
func (db *DB) MailboxPINMatches(ctx context.Context, mailbox id.Mailbox, pin string) (bool, error) {
	row, err := db.mailboxPIN(ctx, mailbox)
	if err != nil {
		return false, err
	}
	if row.LockedUntil.After(now()) {
		return false, ErrPINLocked
	}
	match, err := PasswordMatches(pin, row.Hash)
	if err != nil || row.Hash == "" || match && row.Failures == 0 {
		return match, err
	}
	return match, db.notePIN(ctx, row, match)
}

func (db *DB) mailboxPIN(ctx context.Context, mailbox id.Mailbox) (*mailboxPIN, error) {
	query, err := within[mailboxPIN](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	row := new(mailboxPIN)
	err = translate(query.Model(row).Where("mailbox_id = ?", mailbox).Scan(ctx))
	if errors.Is(err, ErrNotFound) {
		return new(mailboxPIN), nil
	}
	return row, err
}

// notePIN counts a wrong PIN, and forgets them after a right one.
func (db *DB) notePIN(ctx context.Context, row *mailboxPIN, right bool) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		change := tx.NewUpdate().Model((*mailboxPIN)(nil)).Where("organisation = ?", row.Org).Where("mailbox_id = ?", row.Mailbox)
		if right {
			_, err := change.Set("failures = 0").Exec(ctx)
			return err
		}
		_, err := change.Set("locked_until = CASE WHEN failures + 1 >= ? THEN ? ELSE locked_until END", pinFailures, now().Add(pinLock)).
			Set("failures = CASE WHEN failures + 1 >= ? THEN 0 ELSE failures + 1 END", pinFailures).Exec(ctx)
		return err
	})
}
