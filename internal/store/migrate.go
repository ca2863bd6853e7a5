package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/uptrace/bun"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock is the PostgreSQL advisory lock that keeps two nodes from migrating at once; the number has no meaning.
const migrationLock = 7_270_115

const migrationsTable = `CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL)`

// Migrate brings the tables to the state that this program needs: every step that was not applied yet, in order, each in
// its own transaction. A database that a newer program has changed is refused.
func (db *DB) Migrate(ctx context.Context) error {
	if _, err := db.bun.DB.ExecContext(ctx, migrationsTable); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	steps, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	slices.Sort(steps)
	if err := db.refuseNewer(ctx, steps); err != nil {
		return err
	}
	for _, step := range steps {
		if err := db.migrateStep(ctx, step); err != nil {
			return fmt.Errorf("migrate %s: %w", step, err)
		}
	}
	return nil
}

func (db *DB) refuseNewer(ctx context.Context, known []string) error {
	var applied []string
	if err := db.bun.NewSelect().Table("migrations").Column("name").Scan(ctx, &applied); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	for _, step := range applied {
		if !slices.Contains(known, step) {
			return fmt.Errorf("migrate: the database was changed by a newer Parley (%s)", step)
		}
	}
	return nil
}

func (db *DB) migrateStep(ctx context.Context, step string) error {
	text, err := migrations.ReadFile(step)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if !db.IsSQLite() {
			if _, err := tx.Tx.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", migrationLock)); err != nil {
				return err
			}
		}
		done, err := tx.NewSelect().Table("migrations").Where("name = ?", step).Exists(ctx)
		if err != nil || done {
			return err
		}
		if _, err := tx.Tx.ExecContext(ctx, db.dialected(string(text))); err != nil {
			return err
		}
		_, err = tx.NewRaw("INSERT INTO migrations (name, applied_at) VALUES (?, ?)", step, now()).Exec(ctx)
		return err
	})
}

// dialected makes a step's text that of the database: what follows this mark is a comment for PostgreSQL.
func (db *DB) dialected(text string) string {
	if db.IsSQLite() {
		return strings.ReplaceAll(text, "-- SQLite: ", "")
	}
	return text
}
