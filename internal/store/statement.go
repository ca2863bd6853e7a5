package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"
)

// statement stores rows of T: head, a tuple of placeholders for each row, tail.
type statement[T any] struct {
	name       string // unique among all statements
	head, tail string
	columns    int
	bind       func(v *values, row *T) // gives one value per column
}

// chunk is how many rows one statement writes, so that a long backlog does not become one endless SQL text.
const chunk = 500

func (s *statement[T]) text(rows int) string {
	tuple := " (?" + strings.Repeat(", ?", s.columns-1) + ")"
	return s.head + tuple + strings.Repeat(","+tuple, rows-1) + s.tail
}

// run executes s for all rows in the transaction tx. SQLite runs inside the program, so that a row by itself costs no journey,
// and its driver finds each value by searching them all: it gets row after row through one prepared statement. PostgreSQL gets
// many rows at once as text.
func run[T any](ctx context.Context, db *DB, tx bun.Tx, s *statement[T], rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	if db.IsSQLite() {
		return runEach(ctx, db, tx, s, rows)
	}
	v := db.values(min(len(rows), chunk) * s.columns)
	for part := range slices.Chunk(rows, chunk) {
		v.all = v.all[:0]
		for i := range part {
			s.bind(v, &part[i])
		}
		if _, err := tx.ExecContext(ctx, s.text(len(part)), v.all...); err != nil {
			return err
		}
	}
	return nil
}

func runEach[T any](ctx context.Context, db *DB, tx bun.Tx, s *statement[T], rows []T) error {
	prepared, err := db.kept.get(ctx, db, s.name, s.text(1))
	if err != nil {
		return err
	}
	bound := tx.StmtContext(ctx, prepared)
	brief := context.WithoutCancel(ctx) // a context that can end costs a goroutine, and this takes microseconds
	v := db.values(s.columns)
	for i := range rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		v.all = v.all[:0]
		s.bind(v, &rows[i])
		if _, err := bound.ExecContext(brief, v.all...); err != nil {
			return err
		}
	}
	return nil
}

// kept holds the prepared statements of SQLite by name; they end with its connections.
type kept struct {
	mu  sync.Mutex
	all map[string]*sql.Stmt
}

// get gives the statement of that name, which is prepared when it is asked for first.
func (k *kept) get(ctx context.Context, db *DB, name, text string) (*sql.Stmt, error) {
	k.mu.Lock()
	found := k.all[name]
	k.mu.Unlock()
	if found != nil {
		return found, nil
	}
	made, err := db.bun.DB.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if found := k.all[name]; found != nil { // someone else was faster
		return found, made.Close()
	}
	if k.all == nil {
		k.all = map[string]*sql.Stmt{}
	}
	k.all[name] = made
	return made, nil
}

// values collects the values of one execution in the form that the database takes, the same that bun would write.
type values struct {
	all      []any
	sqlite   bool
	lastTime time.Time // and its text: many columns of a row hold the same time
	timeText any
	scratch  []byte
}

func (db *DB) values(room int) *values {
	return &values{all: make([]any, 0, room), sqlite: db.IsSQLite()}
}

func (v *values) add(value any) { v.all = append(v.all, value) }
func (v *values) texts(s ...string) { // in the order of the columns
	for _, one := range s {
		v.add(clean(one))
	}
}

// textOrNull is NULL when s is empty.
func (v *values) textOrNull(s string) {
	if s == "" {
		v.add(nil)
		return
	}
	v.add(clean(s))
}

// json is NULL when there is none.
func (v *values) json(raw []byte) {
	if raw == nil {
		v.add(nil)
		return
	}
	v.add(clean(string(raw)))
}

func (v *values) time(t time.Time) {
	if !v.sqlite {
		v.add(t.UTC())
		return
	}
	if v.timeText == nil || !t.Equal(v.lastTime) {
		v.scratch = appendTime(v.scratch[:0], t)
		v.lastTime, v.timeText = t, string(v.scratch)
	}
	v.add(v.timeText)
}

// timeOrNull is NULL when t is zero.
func (v *values) timeOrNull(t time.Time) {
	if t.IsZero() {
		v.add(nil)
		return
	}
	v.time(t)
}

// jsonOf is a list as JSON, or nil for none. Our lists hold texts and numbers, which always have a form in JSON.
func jsonOf[T any](list []T) []byte {
	if list == nil {
		return nil
	}
	text, err := json.Marshal(list)
	if err != nil {
		return nil
	}
	return text
}

// replacing sets each column to the value that was to be inserted.
func replacing(columns ...string) string {
	sets := make([]string, len(columns))
	for i, column := range columns {
		sets[i] = column + " = EXCLUDED." + column
	}
	return strings.Join(sets, ", ")
}

// clean does to a text what cleanText does, and makes it valid UTF-8, without which PostgreSQL refuses the row.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == 0 {
			return -1
		}
		return r
	}, s)
}
