package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/settings"
)

// presenceShelf always holds the eleven presences of PR-2. Only what an administrator has changed is a row, whose name is the
// presence's id; the others have their defaults, at version 1. None can be added or taken away.
type presenceShelf struct{ rows sheet[settings.Presence] }

func (s presenceShelf) changed(ctx context.Context, from bun.IDB) (map[string]recordRow, error) {
	query, err := within[recordRow](ctx, from)
	if err != nil {
		return nil, err
	}
	var found []recordRow
	if err := query.Model(&found).Where("kind = ?", settings.KindPresence).Scan(ctx); err != nil {
		return nil, err
	}
	rows := map[string]recordRow{}
	for _, row := range found {
		if row.Name != nil {
			rows[*row.Name] = row
		}
	}
	return rows, nil
}

func (s presenceShelf) all(ctx context.Context, from bun.IDB) ([]Saved[settings.Presence], error) {
	rows, err := s.changed(ctx, from)
	if err != nil {
		return nil, err
	}
	var all []Saved[settings.Presence]
	for _, one := range settings.Presences() {
		saved := Saved[settings.Presence]{ID: one.ID, Version: 1, Title: one.Name, Fields: one.Presence}
		if row, ok := rows[one.ID]; ok {
			if saved, err = s.rows.saved(row); err != nil {
				return nil, err
			}
			saved.ID = one.ID
		}
		all = append(all, saved)
	}
	return all, nil
}

func (s presenceShelf) get(ctx context.Context, from bun.IDB, which string) (Saved[settings.Presence], error) {
	all, err := s.all(ctx, from)
	if err != nil {
		return Saved[settings.Presence]{}, err
	}
	for _, one := range all {
		if one.ID == which {
			return one, nil
		}
	}
	return Saved[settings.Presence]{}, ErrNotFound
}

// change stores a presence that was never changed before as version 1 first.
func (s presenceShelf) change(ctx context.Context, tx bun.Tx, which string, version int, fields settings.Presence) error {
	before, err := s.get(ctx, tx, which)
	if err != nil {
		return err
	}
	rows, err := s.changed(ctx, tx)
	if err != nil {
		return err
	}
	row, stored := rows[which]
	if !stored {
		s.rows.fill(&row, before.Fields)
		row.Name = &which
		if err := insert(ctx, tx, &row); err != nil {
			return err
		}
	}
	s.rows.fill(&row, fields)
	row.Name, row.Version = &which, version
	return change(ctx, tx, &row)
}

func (presenceShelf) insert(context.Context, bun.Tx, string, settings.Presence) (string, error) {
	return "", ErrProtected
}

func (presenceShelf) remove(context.Context, bun.Tx, string) error { return ErrProtected }
