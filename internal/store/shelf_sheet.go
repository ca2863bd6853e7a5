package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/settings"
)

// recordRow is a record of a kind that has no table of its own.
type recordRow struct {
	bun.BaseModel `bun:"table:records,alias:record"`
	Record[string]
	Kind    settings.Kind `bun:"kind"`
	Name    *string       `bun:"name"` // what must be unique among the kind, in lower case; nil where nothing must
	Content string        `bun:"content"`
}

// sheet is the shelf of a kind that has no table of its own.
type sheet[T settings.Record] struct{}

func (sheet[T]) kind() settings.Kind {
	var record T
	return record.Kind()
}

func (s sheet[T]) saved(row recordRow) (Saved[T], error) {
	fields, err := settings.Decode[T]([]byte(row.Content))
	if err != nil {
		return Saved[T]{}, fmt.Errorf("%s %s: %w", s.kind(), row.ID, err)
	}
	return savedOf(row.Record, fields.Title(), fields), nil
}

func savedOf[ID ~string, T settings.Record](r Record[ID], title string, fields T) Saved[T] {
	return Saved[T]{
		ID: string(r.ID), Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Title: title, Fields: fields,
	}
}

func (s sheet[T]) all(ctx context.Context, from bun.IDB) ([]Saved[T], error) {
	query, err := within[recordRow](ctx, from)
	if err != nil {
		return nil, err
	}
	var found []recordRow
	if err := query.Model(&found).Where("kind = ?", s.kind()).OrderExpr("created_at, id").Scan(ctx); err != nil {
		return nil, err
	}
	all := make([]Saved[T], len(found))
	for i, row := range found {
		if all[i], err = s.saved(row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s sheet[T]) find(ctx context.Context, from bun.IDB, which string) (*recordRow, error) {
	row, err := find[recordRow](ctx, from, which)
	if err == nil && row.Kind != s.kind() {
		return nil, ErrNotFound
	}
	return row, err
}

func (s sheet[T]) get(ctx context.Context, from bun.IDB, which string) (Saved[T], error) {
	row, err := s.find(ctx, from, which)
	if err != nil {
		return Saved[T]{}, err
	}
	return s.saved(*row)
}

// nameless is a kind whose names need not be unique.
type nameless interface{ Nameless() bool }

func (sheet[T]) fill(row *recordRow, fields T) {
	row.Kind, row.Content = fields.Kind(), string(content(fields))
	row.Name = nil
	if n, ok := any(fields).(nameless); !ok || !n.Nameless() {
		name := strings.ToLower(strings.TrimSpace(fields.Title()))
		row.Name = &name
	}
}

func (s sheet[T]) insert(ctx context.Context, tx bun.Tx, which string, fields T) (string, error) {
	row := &recordRow{Record: Record[string]{ID: which}}
	s.fill(row, fields)
	err := insert(ctx, tx, row)
	return row.ID, err
}

func (s sheet[T]) change(ctx context.Context, tx bun.Tx, which string, version int, fields T) error {
	row, err := s.find(ctx, tx, which)
	if err != nil {
		return err
	}
	row.Version = version
	s.fill(row, fields)
	return change(ctx, tx, row)
}

func (s sheet[T]) remove(ctx context.Context, tx bun.Tx, which string) error {
	if _, err := s.find(ctx, tx, which); err != nil {
		return err
	}
	return remove[recordRow](ctx, tx, which)
}
