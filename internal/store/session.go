package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Session is one sign-in of a user at one organisation. Its token exists only in the browser.
type Session struct {
	bun.BaseModel `bun:"table:sessions,alias:session_row"`
	Record[id.Session]
	TokenSHA256 string    `bun:"token_sha256" json:"-"`
	User        id.User   `bun:"user_id" json:"user"`
	LastSeenAt  time.Time `bun:"last_seen_at" json:"last_seen_at"`
	ExpiresAt   time.Time `bun:"expires_at" json:"expires_at"`
	IP          string    `bun:"ip" json:"ip"`
	UserAgent   string    `bun:"user_agent" json:"user_agent"`
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// CreateSession stores a session that ends at ExpiresAt and gives its token: 256 random bits, for the cookie.
func (db *DB) CreateSession(ctx context.Context, session *Session) (token string, err error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	token = base64.RawURLEncoding.EncodeToString(raw)
	session.TokenSHA256 = tokenHash(token)
	session.LastSeenAt = now()
	if err := create(ctx, db, session); err != nil {
		return "", err
	}
	return token, nil
}

// Session is a session of the context's organisation; FindSession gives its id.
func (db *DB) Session(ctx context.Context, session id.Session) (*Session, error) {
	return find[Session](ctx, db.bun, string(session))
}

// TouchSession notes that the session was just used and moves its end.
func (db *DB) TouchSession(ctx context.Context, session id.Session, expires time.Time) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewUpdate().Model((*Session)(nil)).Set("last_seen_at = ?", now()).Set("expires_at = ?", expires).
			Where("id = ?", session).Where("organisation = ?", org).Exec(ctx)
		if err != nil {
			return err
		}
		return refuseNone(result, notFound)
	})
}

// DeleteSession signs out.
func (db *DB) DeleteSession(ctx context.Context, session id.Session) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return remove[Session](ctx, tx, string(session)) })
}

// DeleteSessionsOf signs the user out everywhere in the organisation but in the session spared, which may be empty.
func (db *DB) DeleteSessionsOf(ctx context.Context, user id.User, spared id.Session) error {
	return db.deleteSessions(ctx, "user_id = ? AND id <> ?", user, spared)
}

// DeleteExpiredSessions forgets the organisation's sessions that are over.
func (db *DB) DeleteExpiredSessions(ctx context.Context) error {
	return db.deleteSessions(ctx, "expires_at <= ?", now())
}

func (db *DB) deleteSessions(ctx context.Context, condition string, values ...any) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*Session)(nil)).Where("organisation = ?", org).Where(condition, values...).Exec(ctx)
		return err
	})
}
