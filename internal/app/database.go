package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"parley/internal/store"
)

// ensureData makes the data folder, and says which flag names it when that is not possible.
func ensureData(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("--data %s: %w", dir, err)
	}
	return nil
}

// openDB opens the database and brings it to the form that this program needs. Errors name the flag that may be wrong.
func openDB(ctx context.Context, s Settings) (*store.DB, error) {
	if err := ensureData(s.Data); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Config{URL: s.Database, Dir: s.Data, Key: s.Master})
	switch {
	case errors.Is(err, store.ErrMasterKey) && s.Master != "":
		return nil, fmt.Errorf("--master-key %s: %w", s.Master, err)
	case errors.Is(err, store.ErrMasterKey):
		return nil, fmt.Errorf("--data %s: %w", s.Data, err)
	case err != nil:
		return nil, fmt.Errorf("open the database %s: %w", secretless(s.Database), err)
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// warnOfOpenKey tells when others on the machine may read the master key.
func (a *App) warnOfOpenKey() {
	path := a.Master
	if path == "" {
		path = filepath.Join(a.Data, "installation.key")
	}
	stat, err := os.Stat(path)
	if err == nil && stat.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		a.log.Warn("others on this machine may read the master key: chmod 600 it", "file", path, "mode", stat.Mode().Perm())
	}
}

// Migrate brings the database to the form that this program needs.
func Migrate(ctx context.Context, s Settings) error {
	db, err := openDB(ctx, s)
	if err != nil {
		return err
	}
	return db.Close()
}

// RotateKeys gives every organisation a new media key, and seals the older ones with the first master key. A program that
// runs takes the new ones up within minutes. It gives the number of organisations.
func RotateKeys(ctx context.Context, s Settings) (int, error) {
	db, err := openDB(ctx, s)
	if err != nil {
		return 0, err
	}
	orgs, err := db.OrganisationIDs(ctx)
	for _, org := range orgs {
		if err == nil {
			err = db.RotateMediaKey(store.WithOrg(ctx, org))
		}
	}
	return len(orgs), errors.Join(err, db.Close())
}
