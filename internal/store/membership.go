package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Role is what a user is in one organisation (PM-1).
type Role string

// The four tiers, each with the rights of those after it.
const (
	RoleAdmin      Role = "admin"
	RoleSupervisor Role = "supervisor"
	RoleAgent      Role = "agent"
	RoleNone       Role = "none"
)

// Membership gives a user a role in the organisation. The names are read from the user.
type Membership struct {
	bun.BaseModel `bun:"table:memberships,alias:membership"`
	Record[string]
	User      id.User         `bun:"user_id" json:"user"`
	Role      Role            `bun:"role" json:"role"`
	Switches  map[string]bool `bun:"switches" json:"switches,omitempty"` // PM-7, only those that differ from the default
	More      string          `bun:"more" json:"-"`
	Email     string          `bun:"email,scanonly" json:"email"`
	FirstName string          `bun:"first_name,scanonly" json:"first_name"`
	LastName  string          `bun:"last_name,scanonly" json:"last_name"`
}

func (*Membership) join(q *bun.SelectQuery) *bun.SelectQuery {
	return q.ColumnExpr("membership.*, person.email, person.first_name, person.last_name").
		Join("JOIN users AS person ON person.id = membership.user_id")
}

// Membership is what the user is in the context's organisation, or ErrNotFound.
func (db *DB) Membership(ctx context.Context, user id.User) (*Membership, error) {
	query, err := within[Membership](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	row := new(Membership)
	if err := query.Model(row).Where("membership.user_id = ?", user).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	return row, nil
}

// Memberships lists the users of the organisation with their roles, newest first.
func (db *DB) Memberships(ctx context.Context, r Range) (Page[Membership], error) {
	return list[Membership](ctx, db, r)
}

// SetMembership gives the user this role and these switches, whether a member or not.
func (db *DB) SetMembership(ctx context.Context, user id.User, role Role, switches map[string]bool) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		query, err := within[Membership](ctx, tx)
		if err != nil {
			return err
		}
		row := new(Membership)
		err = translate(query.Model(row).Where("membership.user_id = ?", user).Scan(ctx))
		row.User, row.Role, row.Switches = user, role, switches
		if errors.Is(err, ErrNotFound) {
			return insert(ctx, tx, row)
		}
		if err != nil {
			return err
		}
		return change(ctx, tx, row)
	})
}
