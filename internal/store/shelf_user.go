package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

// members is the shelf of users: a login and what it is in this organisation. The version is that of the membership.
type members struct{}

func (members) saved(m *Membership) (Saved[settings.User], error) {
	u, err := settings.Decode[settings.User]([]byte(m.More))
	if err != nil {
		return Saved[settings.User]{}, err
	}
	u.Email, u.FirstName, u.LastName, u.Role = m.Email, m.FirstName, m.LastName, string(m.Role)
	saved := savedOf(m.Record, User{FirstName: m.FirstName, LastName: m.LastName}.FullName(), u)
	saved.ID = string(m.User)
	return saved, nil
}

func (s members) all(ctx context.Context, from bun.IDB) ([]Saved[settings.User], error) {
	query, err := within[Membership](ctx, from)
	if err != nil {
		return nil, err
	}
	found := []Membership{}
	if err := query.Model(&found).OrderExpr("membership.created_at, membership.id").Scan(ctx); err != nil {
		return nil, err
	}
	all := make([]Saved[settings.User], len(found))
	for i := range found {
		if all[i], err = s.saved(&found[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (members) find(ctx context.Context, from bun.IDB, which string) (*Membership, error) {
	query, err := within[Membership](ctx, from)
	if err != nil {
		return nil, err
	}
	row := new(Membership)
	err = query.Model(row).Where("membership.user_id = ?", which).Scan(ctx)
	return row, translate(err)
}

func (s members) get(ctx context.Context, from bun.IDB, which string) (Saved[settings.User], error) {
	row, err := s.find(ctx, from, which)
	if err != nil {
		return Saved[settings.User]{}, err
	}
	return s.saved(row)
}

// insert gives a known e-mail access instead of making a second user (US-1).
func (s members) insert(ctx context.Context, tx bun.Tx, which string, u settings.User) (string, error) {
	user := new(User)
	err := translate(tx.NewSelect().Model(user).Where("email = ?", CleanEmail(u.Email)).Scan(ctx))
	switch {
	case errors.Is(err, ErrNotFound):
		user = &User{ID: id.User(which), Email: u.Email, FirstName: u.FirstName, LastName: u.LastName}
		if err := insertUser(ctx, tx, user, Role(u.Role)); err != nil {
			return "", err
		}
	case err != nil:
		return "", err
	default:
		err := translate(insert(ctx, tx, &Membership{User: user.ID, Role: Role(u.Role)}))
		if errors.Is(err, ErrTaken) { // who has access already is known by the address
			err = &TakenError{Field: "email"}
		}
		if err != nil {
			return "", err
		}
	}
	row, err := s.find(ctx, tx, string(user.ID))
	if err != nil {
		return "", err
	}
	row.More = string(content(u))
	_, err = tx.NewUpdate().Model(row).Column("more").Where("id = ?", row.ID).Where("organisation = ?", row.Org).Exec(ctx)
	return string(user.ID), err
}

func (s members) change(ctx context.Context, tx bun.Tx, which string, version int, u settings.User) error {
	row, err := s.find(ctx, tx, which)
	if err != nil {
		return err
	}
	row.Version, row.Role, row.More = version, Role(u.Role), string(content(u))
	if err := change(ctx, tx, row); err != nil {
		return err
	}
	_, err = tx.NewUpdate().Table("users").Set("email = ?", CleanEmail(u.Email)).Set("first_name = ?", u.FirstName).
		Set("last_name = ?", u.LastName).Set("version = version + 1").Set("updated_at = ?", now()).Where("id = ?", which).Exec(ctx)
	return err
}

func (s members) remove(ctx context.Context, tx bun.Tx, which string) error {
	row, err := s.find(ctx, tx, which)
	if err != nil {
		return err
	}
	if _, err := tx.NewDelete().Table("sessions").Where("organisation = ?", row.Org).Where("user_id = ?", which).Exec(ctx); err != nil {
		return err
	}
	return remove[Membership](ctx, tx, row.ID)
}
