package lab

import (
	"context"

	"parley/internal/demo"
	"parley/internal/store"
)

// Edit opens the data folder of a World that does not run, furnished, in the context of the demo's organisation.
func (w *World) Edit(change func(ctx context.Context, db *store.DB) error) error {
	ctx := context.Background()
	db, err := store.Open(ctx, store.Config{Dir: w.Data, URL: w.database})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	seeded, err := demo.Seed(ctx, db, "a password of the lab")
	if err != nil {
		return err
	}
	return change(store.WithOrg(ctx, seeded.Org), db)
}

// Look opens the data folder of a World that does not run, as it was left.
func (w *World) Look(see func(ctx context.Context, db *store.DB) error) error {
	ctx := context.Background()
	db, err := store.Open(ctx, store.Config{Dir: w.Data, URL: w.database})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	orgs, err := db.OrganisationIDs(ctx)
	if err != nil {
		return err
	}
	return see(store.WithOrg(ctx, orgs[0]), db)
}
