package store

import (
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// openSQLite opens the one file parley.db in dir. The write-ahead log lets readers go on while one writes; FULL makes
// every commit survive a power cut, as PostgreSQL does.
func openSQLite(dir string) (*bun.DB, error) {
	path, err := filepath.Abs(filepath.Join(dir, "parley.db"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	settings := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-8000)",
	}}
	file := url.URL{Scheme: "file", Path: path, RawQuery: settings.Encode()}
	pool, err := sql.Open("sqlite", file.String())
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	connections := runtime.GOMAXPROCS(0) + 3 // of which one is that of lookups
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections) // a new one would have to read the tables' form and prepare all statements again
	return bun.NewDB(pool, sqliteText{cleanText{sqlitedialect.New()}}), nil
}

// sqliteTime is how a time stands in SQLite, in UTC.
const sqliteTime = "2006-01-02T15:04:05.000000Z"

// sqliteText writes times as RFC 3339 with a fixed width, so that they sort as text and are read back as UTC.
type sqliteText struct{ cleanText }

func (sqliteText) AppendTime(b []byte, t time.Time) []byte {
	return t.UTC().AppendFormat(b, "'"+sqliteTime+"'")
}
