package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

// Saved is a record of the console as it is stored.
type Saved[T settings.Record] struct {
	ID        string    `json:"id"`
	Version   int       `json:"version"` // from 1; an update names the version it was made on
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	Title     string    `json:"title"` // what people call it
	Fields    T         `json:"fields"`
}

// Shelf keeps the records of one kind: every change is checked against the other records, kept as a version, and audited, in one
// transaction.
type Shelf[T settings.Record] struct {
	db   *DB
	rows shelf[T]
}

// shelf is where the records of one kind are kept.
type shelf[T settings.Record] interface {
	all(ctx context.Context, from bun.IDB) ([]Saved[T], error)
	get(ctx context.Context, from bun.IDB, which string) (Saved[T], error)
	insert(ctx context.Context, tx bun.Tx, which string, fields T) (string, error)
	change(ctx context.Context, tx bun.Tx, which string, version int, fields T) error
	remove(ctx context.Context, tx bun.Tx, which string) error
}

// Actor is who changes something, and from where.
type Actor struct {
	User id.User
	IP   string
}

// Query narrows and orders a list: Text is looked for in titles and contents, Sort is "title", "created_at" or "updated_at",
// with a minus sign the other way round; empty is newest first.
type Query struct {
	Range
	Text string
	Sort string
}

// All is every record of the context's organisation, by title.
func (s Shelf[T]) All(ctx context.Context) ([]Saved[T], error) {
	all, err := s.rows.all(ctx, s.db.bun)
	if err != nil {
		return nil, translate(err)
	}
	slices.SortFunc(all, func(a, b Saved[T]) int { return strings.Compare(a.Title+a.ID, b.Title+b.ID) })
	return all, nil
}

// List is one page of the records. Settings are few, so they are searched where they are read.
func (s Shelf[T]) List(ctx context.Context, q Query) (Page[Saved[T]], error) {
	all, err := s.rows.all(ctx, s.db.bun)
	if err != nil {
		return Page[Saved[T]]{}, translate(err)
	}
	if text := strings.ToLower(strings.TrimSpace(q.Text)); text != "" {
		all = slices.DeleteFunc(all, func(r Saved[T]) bool { return !strings.Contains(r.searchable(), text) })
	}
	sortSaved(all, q.Sort)
	offset, limit := q.bounded()
	page := Page[Saved[T]]{Rows: []Saved[T]{}, Total: len(all)}
	from := min(int(offset), len(all))
	page.Rows = append(page.Rows, all[from:min(from+int(limit), len(all))]...)
	return page, nil
}

func (r Saved[T]) searchable() string {
	return strings.ToLower(r.Title + "\n" + string(content(r.Fields)))
}

func sortSaved[T settings.Record](all []Saved[T], by string) {
	field, down := strings.CutPrefix(by, "-")
	compare := func(a, b Saved[T]) int { return a.CreatedAt.Compare(b.CreatedAt) }
	switch field {
	case "title":
		compare = func(a, b Saved[T]) int { return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)) }
	case "updated_at":
		compare = func(a, b Saved[T]) int { return a.UpdatedAt.Compare(b.UpdatedAt) }
	case "created_at":
	default:
		down = true
	}
	slices.SortFunc(all, func(a, b Saved[T]) int {
		order := compare(a, b)
		if order == 0 {
			order = strings.Compare(a.ID, b.ID)
		}
		if down {
			return -order
		}
		return order
	})
}

// Get is the record with this id, or ErrNotFound.
func (s Shelf[T]) Get(ctx context.Context, which string) (Saved[T], error) {
	row, err := s.rows.get(ctx, s.db.bun, which)
	return row, translate(err)
}
