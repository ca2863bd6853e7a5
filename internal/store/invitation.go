package store

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

type invitation struct {
	bun.BaseModel `bun:"table:invitations"`
	TokenSHA256   string    `bun:"token_sha256"`
	Org           id.Org    `bun:"organisation"`
	User          id.User   `bun:"user_id"`
	CreatedAt     time.Time `bun:"created_at"`
	ExpiresAt     time.Time `bun:"expires_at"`
}

// InvitationLength is how long a link works by which a user sets a password (US-2).
const InvitationLength = 24 * time.Hour

// Invite gives the token of a link by which a member of the context's organisation sets a password, once, within
// InvitationLength. An earlier link of the user works no more.
func (db *DB) Invite(ctx context.Context, user id.User) (token string, err error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := findUser(ctx, tx, user); err != nil {
			return err
		}
		org, err := OrgOf(ctx)
		if err != nil {
			return err
		}
		if err := forgetInvitations(ctx, tx, org, user); err != nil {
			return err
		}
		row := invitation{TokenSHA256: tokenHash(token), Org: org, User: user, CreatedAt: now(), ExpiresAt: now().Add(InvitationLength)}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// Accept sets the password of the user whose link has this token, and signs the user out everywhere; ErrNotFound when there is
// no such link any more. The organisation is FindInvitation's.
func (db *DB) Accept(ctx context.Context, token, passwordHash string) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		org, err := OrgOf(ctx)
		if err != nil {
			return err
		}
		var row invitation
		err = tx.NewSelect().Model(&row).Where("token_sha256 = ?", tokenHash(token)).Where("organisation = ?", org).
			Where("expires_at > ?", now()).Scan(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Table("users").Set("password_hash = ?", passwordHash).Set("version = version + 1").
			Set("updated_at = ?", now()).Where("id = ?", row.User).Exec(ctx)
		if err != nil {
			return err
		}
		if _, err := tx.NewDelete().Table("sessions").Where("user_id = ?", row.User).Exec(ctx); err != nil {
			return err
		}
		entry := &AuditEntry{Actor: row.User, Action: "password set by link", SubjectKind: "user", SubjectID: string(row.User)}
		if err := insertAudit(ctx, tx, entry); err != nil {
			return err
		}
		return forgetInvitations(ctx, tx, org, row.User)
	})
}

func forgetInvitations(ctx context.Context, tx bun.Tx, org id.Org, user id.User) error {
	_, err := tx.NewDelete().Table("invitations").Where("organisation = ?", org).Where("user_id = ?", user).Exec(ctx)
	return err
}
