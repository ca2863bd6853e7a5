package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// User is a login. It belongs to no organisation; a membership gives it a role in one.
type User struct {
	bun.BaseModel `bun:"table:users,alias:user_row"`
	ID            id.User   `bun:"id,pk" json:"id"`
	CreatedAt     time.Time `bun:"created_at" json:"created_at"`
	UpdatedAt     time.Time `bun:"updated_at" json:"updated_at"`
	Version       int       `bun:"version" json:"version"`
	Email         string    `bun:"email" json:"email"` // kept in lower case; unique per installation
	FirstName     string    `bun:"first_name" json:"first_name"`
	LastName      string    `bun:"last_name" json:"last_name"`
	PasswordHash  string    `bun:"password_hash" json:"-"` // of HashPassword; empty: no sign-in by password
}

// FullName is first and last name.
func (u User) FullName() string { return strings.TrimSpace(u.FirstName + " " + u.LastName) }

// CleanEmail is the form in which an e-mail address is stored and looked up.
func CleanEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// CreateUser stores a new user and its role in the context's organisation. A known e-mail gives a TakenError; give that
// user access by SetMembership instead (US-1).
func (db *DB) CreateUser(ctx context.Context, user *User, role Role) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return insertUser(ctx, tx, user, role) })
}

func insertUser(ctx context.Context, tx bun.IDB, user *User, role Role) error {
	if user.ID == "" {
		user.ID = id.New[id.User]()
	}
	user.Email, user.Version, user.CreatedAt = CleanEmail(user.Email), 1, now()
	user.UpdatedAt = user.CreatedAt
	if _, err := tx.NewInsert().Model(user).Exec(ctx); err != nil {
		return err
	}
	return insert(ctx, tx, &Membership{User: user.ID, Role: role})
}

// membersOnly keeps a query on users to those who belong to the context's organisation.
const membersOnly = "id IN (SELECT user_id FROM memberships WHERE organisation = ?)"

// User is a member of the context's organisation, or ErrNotFound.
func (db *DB) User(ctx context.Context, user id.User) (*User, error) {
	return findUser(ctx, db.bun, user)
}

func findUser(ctx context.Context, from bun.IDB, user id.User) (*User, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	row := new(User)
	if err := from.NewSelect().Model(row).Where("id = ?", user).Where(membersOnly, org).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	return row, nil
}

// UpdateUser stores e-mail and names of a member of the context's organisation, or gives a StaleError or TakenError.
func (db *DB) UpdateUser(ctx context.Context, user *User) error {
	return db.changeUser(ctx, user, "email", "first_name", "last_name")
}

// SetPassword stores user.PasswordHash of a member of the context's organisation, or gives a StaleError.
func (db *DB) SetPassword(ctx context.Context, user *User) error {
	return db.changeUser(ctx, user, "password_hash")
}

func (db *DB) changeUser(ctx context.Context, user *User, columns ...string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	row := *user
	row.Email, row.Version, row.UpdatedAt = CleanEmail(user.Email), user.Version+1, now()
	err = db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewUpdate().Model(&row).Column(append(columns, "version", "updated_at")...).
			Where("id = ?", user.ID).Where("version = ?", user.Version).Where(membersOnly, org).Exec(ctx)
		if err != nil {
			return err
		}
		return refuseNone(result, func() error {
			current, err := findUser(ctx, tx, user.ID)
			if err != nil {
				return err
			}
			return &StaleError{Current: current}
		})
	})
	if err == nil {
		*user = row
	}
	return err
}
