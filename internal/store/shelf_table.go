package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/settings"
)

// table is the shelf of a kind whose records have a table of their own: R is its row.
type table[T settings.Record, R any, P recorded[R]] struct {
	// read makes the record of a row, write the row of a record; after stores what stands elsewhere, before refuses a deletion.
	read   func(ctx context.Context, from bun.IDB, row P) (Saved[T], error)
	write  func(ctx context.Context, tx bun.Tx, row P, fields T) error
	after  func(ctx context.Context, tx bun.Tx, row P, fields T) error
	before func(ctx context.Context, tx bun.Tx, row P) error
	start  func(which string) P
}

func (s table[T, R, P]) all(ctx context.Context, from bun.IDB) ([]Saved[T], error) {
	query, err := within[R](ctx, from)
	if err != nil {
		return nil, err
	}
	found := []R{}
	if err := query.Model(&found).OrderExpr("?TableAlias.created_at, ?TableAlias.id").Scan(ctx); err != nil {
		return nil, err
	}
	all := make([]Saved[T], len(found))
	for i := range found {
		if all[i], err = s.read(ctx, from, &found[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s table[T, R, P]) get(ctx context.Context, from bun.IDB, which string) (Saved[T], error) {
	row, err := find[R](ctx, from, which)
	if err != nil {
		return Saved[T]{}, err
	}
	return s.read(ctx, from, row)
}

func (s table[T, R, P]) insert(ctx context.Context, tx bun.Tx, which string, fields T) (string, error) {
	row := s.start(which)
	if err := s.write(ctx, tx, row, fields); err != nil {
		return "", err
	}
	if err := insert(ctx, tx, row); err != nil {
		return "", err
	}
	which, _ = row.key()
	return which, s.follow(ctx, tx, row, fields)
}

func (s table[T, R, P]) change(ctx context.Context, tx bun.Tx, which string, _ int, fields T) error {
	row, err := find[R](ctx, tx, which)
	if err != nil {
		return err
	}
	if err := s.write(ctx, tx, row, fields); err != nil {
		return err
	}
	if err := change(ctx, tx, P(row)); err != nil {
		return err
	}
	return s.follow(ctx, tx, row, fields)
}

func (s table[T, R, P]) follow(ctx context.Context, tx bun.Tx, row P, fields T) error {
	if s.after == nil {
		return nil
	}
	return s.after(ctx, tx, row, fields)
}

func (s table[T, R, P]) remove(ctx context.Context, tx bun.Tx, which string) error {
	row, err := find[R](ctx, tx, which)
	if err != nil {
		return err
	}
	if s.before != nil {
		if err := s.before(ctx, tx, row); err != nil {
			return err
		}
	}
	return remove[R](ctx, tx, which)
}
