// Package store keeps everything that must outlive the program: SQL in SQLite or PostgreSQL, the journal of open calls, and blobs on disk.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/clock"
)

// Config says where the data lives.
type Config struct {
	URL string // empty: SQLite in Dir; else postgres://user:password@host/database
	Dir string // data folder; holds the SQLite file, the master key and nothing else of ours
	Key string // file of the master key, which must be there; empty: installation.key in Dir
}

// DB is the database of one installation. All its methods may be called from any goroutine.
type DB struct {
	bun   *bun.DB
	lock  chan struct{} // SQLite has one writer; waiting here is fair, waiting inside SQLite is not
	seal  *sealer
	kept  kept
	quick lookups
	past  past
}

// Open connects to the database, which is made when it is SQLite and not there yet. Call Migrate next.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("open data folder: %w", err)
	}
	seal, err := loadSealer(cfg.Dir, cfg.Key)
	if err != nil {
		return nil, err
	}
	db := &DB{seal: seal, quick: newLookups()}
	switch {
	case cfg.URL == "":
		db.bun, err = openSQLite(cfg.Dir)
		db.lock = make(chan struct{}, 1)
	case strings.HasPrefix(cfg.URL, "postgres://"), strings.HasPrefix(cfg.URL, "postgresql://"):
		db.bun, err = openPostgres(cfg.URL)
	default:
		err = errors.New("open database: the address must be empty (SQLite) or begin with postgres://")
	}
	if err != nil {
		return nil, err
	}
	if err := db.Ping(ctx); err != nil {
		return nil, errors.Join(err, db.bun.Close())
	}
	return db, nil
}

// Close ends all connections. Close the GroupCommit first, or what it still holds is lost.
func (db *DB) Close() error { return errors.Join(db.quick.close(), db.bun.Close()) }

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.bun.PingContext(ctx); err != nil {
		return fmt.Errorf("reach database: %w", err)
	}
	return nil
}

// IsSQLite tells whether the embedded database is used.
func (db *DB) IsSQLite() bool { return db.lock != nil }

// write runs do in one transaction; an error of do undoes it all.
func (db *DB) write(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	if db.lock != nil {
		select {
		case db.lock <- struct{}{}:
			defer func() { <-db.lock }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return translate(db.bun.RunInTx(ctx, &sql.TxOptions{}, do))
}

// now is the time in the precision that both databases keep.
func now() time.Time { return clock.Now().UTC().Truncate(time.Microsecond) }
