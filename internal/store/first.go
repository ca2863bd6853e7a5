package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// First is what a new installation begins with: an organisation and its administrator, who is an agent with a desk phone and a mailbox.
type First struct {
	Organisation  Organisation
	Administrator User
	Agent         Agent // its user is the administrator
	Phone         SIPDevice
}

// CreateFirst stores all of first, with the initial list of reasons, or nothing. When there is an organisation already it
// gives a TakenError for "organisation". The context needs none.
func (db *DB) CreateFirst(ctx context.Context, first *First) error {
	if err := first.Agent.Phone.complete(); err != nil {
		return err
	}
	org := &first.Organisation
	if org.ID == "" {
		org.ID = id.New[id.Org]()
	}
	return db.write(WithOrg(ctx, org.ID), func(ctx context.Context, tx bun.Tx) error {
		if err := db.refuseSecond(ctx, tx); err != nil {
			return err
		}
		if err := insertOrganisation(ctx, tx, org); err != nil {
			return err
		}
		user, agent := &first.Administrator, &first.Agent
		if err := insertUser(ctx, tx, user, RoleAdmin); err != nil {
			return err
		}
		agent.User = user.ID
		db.equip(agent, first.Phone)
		return db.hire(ctx, tx, Actor{User: user.ID}, agent)
	})
}

// refuseSecond locks the table in PostgreSQL, where two transactions would each see it empty; in SQLite only one writes.
func (db *DB) refuseSecond(ctx context.Context, tx bun.Tx) error {
	if !db.IsSQLite() {
		if _, err := tx.Tx.ExecContext(ctx, "LOCK TABLE organisations IN SHARE ROW EXCLUSIVE MODE"); err != nil {
			return err
		}
	}
	exists, err := tx.NewSelect().Table("organisations").Exists(ctx)
	if err != nil {
		return err
	}
	if exists {
		return &TakenError{Field: "organisation"}
	}
	return nil
}
