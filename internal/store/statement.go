package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"
)

// statement is a fixed SQL text that takes rows of T: head, a tuple of placeholders for each row, tail. Because the text
// never changes, a connection reads it once, and only values travel afterwards.
type statement[T any] struct {
	name       string // unique among all statements
	head, tail string
	columns    int
	bind       func(v *values, row *T) // gives one value per column
}

// sizes is how many rows one execution takes, largest first and ending in 1. SQLite runs inside the program, and its driver
// finds a value by searching them all, so single rows are fastest; PostgreSQL costs a journey each time.
func (db *DB) sizes() []int {
	if db.IsSQLite() {
		return []int{1}
	}
	return []int{64, 8, 1}
}

func (s *statement[T]) text(rows int, numbered bool) string {
	var b strings.Builder
	b.WriteString(s.head)
	for i := range rows * s.columns {
		switch {
		case i == 0:
			b.WriteString(" (")
		case i%s.columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if numbered {
			b.WriteString("$" + strconv.Itoa(i+1))
		} else {
			b.WriteString("?")
		}
	}
	b.WriteString(")")
	b.WriteString(s.tail)
	return b.String()
}

// run executes s for all rows in the transaction tx.
func run[T any](ctx context.Context, db *DB, tx bun.Tx, s *statement[T], rows []T) error {
	for _, size := range db.sizes() {
		if len(rows) < size {
			continue
		}
		kept, err := db.kept.get(ctx, db, s.name, size, func() string { return s.text(size, !db.IsSQLite()) })
		if err != nil {
			return err
		}
		bound := tx.StmtContext(ctx, kept)
		for v := db.values(size * s.columns); len(rows) >= size; rows = rows[size:] {
			v.all = v.all[:0]
			for i := range size {
				s.bind(v, &rows[i])
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, err := bound.ExecContext(db.brief(ctx), v.all...); err != nil {
				return err
			}
		}
	}
	return nil
}

// brief is the context of a statement that takes microseconds in SQLite, where a context that can end costs a goroutine.
func (db *DB) brief(ctx context.Context) context.Context {
	if db.IsSQLite() {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// kept holds the prepared statements of a DB; they end with its connections.
type kept struct {
	mu  sync.Mutex
	all map[keptKey]*sql.Stmt
}

type keptKey struct {
	name string
	rows int
}

// get gives the statement of that name and size, which is prepared when it is asked for first.
func (k *kept) get(ctx context.Context, db *DB, name string, rows int, text func() string) (*sql.Stmt, error) {
	key := keptKey{name, rows}
	k.mu.Lock()
	found := k.all[key]
	k.mu.Unlock()
	if found != nil {
		return found, nil
	}
	made, err := db.bun.DB.PrepareContext(ctx, text())
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if found := k.all[key]; found != nil { // someone else was faster
		return found, made.Close()
	}
	if k.all == nil {
		k.all = map[keptKey]*sql.Stmt{}
	}
	k.all[key] = made
	return made, nil
}

// values collects the values of one execution in the form that the database takes, the same that bun would write.
type values struct {
	all    []any
	sqlite bool
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
	if v.sqlite {
		v.add(t.UTC().Format(sqliteTime))
		return
	}
	v.add(t.UTC())
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
