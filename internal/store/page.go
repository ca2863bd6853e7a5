package store

import (
	"context"

	"github.com/uptrace/bun"
)

// Most rows that one page of a list can have, and how many it has when nobody says.
const (
	MaxLimit     = 200
	DefaultLimit = 100
)

// Range asks for one page of a list: Limit rows (1 to 200, 0 means 100) after the first Offset.
type Range struct {
	Offset int `json:"offset"`
	Limit  int `json:"limit"`
}

func (r Range) bounded() (offset, limit int64) {
	if r.Limit <= 0 {
		r.Limit = DefaultLimit
	}
	return int64(max(r.Offset, 0)), int64(min(r.Limit, MaxLimit))
}

// Page is one page of a list and the number of rows on all pages.
type Page[T any] struct {
	Rows  []T `json:"rows"`
	Total int `json:"total"`
}

// narrow adds conditions to a query.
type narrow func(*bun.SelectQuery) *bun.SelectQuery

// list is one page, newest first.
func list[T any](ctx context.Context, db *DB, r Range, conditions ...narrow) (Page[T], error) {
	return listBy[T](ctx, db, r, "created_at", conditions...)
}

func listBy[T any](ctx context.Context, db *DB, r Range, newest string, conditions ...narrow) (Page[T], error) {
	page := Page[T]{Rows: []T{}}
	query, err := within[T](ctx, db.bun)
	if err != nil {
		return page, err
	}
	for _, condition := range conditions {
		query = condition(query)
	}
	offset, limit := r.bounded()
	query = query.Model(&page.Rows).OrderExpr("?TableAlias.? DESC, ?TableAlias.id DESC", bun.Ident(newest)).Offset(offset).Limit(limit)
	total, err := query.ScanAndCount(ctx)
	page.Total = int(total)
	return page, translate(err)
}

// all is every record of the organisation, oldest first; for configuration, never for history.
func all[T any](ctx context.Context, db *DB, order string, conditions ...narrow) ([]T, error) {
	query, err := within[T](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	for _, condition := range conditions {
		query = condition(query)
	}
	rows := []T{}
	err = query.Model(&rows).OrderExpr(order).Scan(ctx)
	return rows, translate(err)
}
