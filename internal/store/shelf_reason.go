package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/settings"
)

func reasonTable() shelf[settings.Reason] {
	return table[settings.Reason, Reason, *Reason]{
		start: func(which string) *Reason { return &Reason{Record: Record[string]{ID: which}} },
		read: func(_ context.Context, _ bun.IDB, row *Reason) (Saved[settings.Reason], error) {
			r := settings.Reason{Name: row.Name, Order: row.Position, Active: row.Active}
			return savedOf(row.Record, r.Name, r), nil
		},
		write: func(_ context.Context, _ bun.Tx, row *Reason, r settings.Reason) error {
			row.Name, row.Position, row.Active = r.Name, r.Order, r.Active
			return nil
		},
	}
}
