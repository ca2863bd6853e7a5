package store

import (
	"context"
	"database/sql"
	"errors"
)

// lookups are queries of every call. In SQLite they take microseconds, less than what a context that can end costs, and than
// preparing them; so they have a connection of their own, for which they wait as long as their context lets them.
type lookups struct {
	turn     chan struct{} // guards what follows
	conn     *sql.Conn
	prepared map[string]*sql.Stmt // by their text
}

func newLookups() lookups {
	return lookups{turn: make(chan struct{}, 1), prepared: map[string]*sql.Stmt{}}
}

// look runs a query and calls each for every row.
func (db *DB) look(ctx context.Context, query string, each func(*sql.Rows) error, args ...any) error {
	if !db.IsSQLite() {
		rows, err := db.bun.QueryContext(ctx, query, args...)
		return eachRow(rows, err, each)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case db.quick.turn <- struct{}{}:
		defer func() { <-db.quick.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	prepared, err := db.quick.prepare(ctx, db, query)
	if err != nil {
		return err
	}
	rows, err := prepared.QueryContext(context.WithoutCancel(ctx), args...)
	return eachRow(rows, err, each)
}

func (l *lookups) prepare(ctx context.Context, db *DB, query string) (*sql.Stmt, error) {
	if found := l.prepared[query]; found != nil {
		return found, nil
	}
	if l.conn == nil {
		conn, err := db.bun.DB.Conn(ctx)
		if err != nil {
			return nil, err
		}
		l.conn = conn
	}
	made, err := l.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	l.prepared[query] = made
	return made, nil
}

// close gives the connection back, when no lookup runs any more.
func (l *lookups) close() error {
	l.turn <- struct{}{}
	defer func() { <-l.turn }()
	if l.conn == nil {
		return nil
	}
	var failed []error
	for _, prepared := range l.prepared {
		failed = append(failed, prepared.Close())
	}
	failed = append(failed, l.conn.Close())
	l.conn, l.prepared = nil, map[string]*sql.Stmt{}
	return errors.Join(failed...)
}

func eachRow(rows *sql.Rows, err error, each func(*sql.Rows) error) error {
	if err != nil {
		return err
	}
	for err == nil && rows.Next() {
		err = each(rows)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}
