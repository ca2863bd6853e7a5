package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

// RecordVersion is a record as it was from a time on.
type RecordVersion[T settings.Record] struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	By      id.User   `json:"by"`
	Fields  T         `json:"fields"`
}

type versionRow struct {
	bun.BaseModel `bun:"table:record_versions"`
	Org           id.Org        `bun:"organisation"`
	Kind          settings.Kind `bun:"kind"`
	RecordID      string        `bun:"record_id"`
	Version       int           `bun:"version"`
	Content       string        `bun:"content"`
	At            time.Time     `bun:"at"`
	Actor         id.User       `bun:"actor"`
}

func keepVersion[T settings.Record](ctx context.Context, tx bun.Tx, by Actor, row *Saved[T]) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	kept := versionRow{
		Org: org, Kind: row.Fields.Kind(), RecordID: row.ID, Version: row.Version, Content: string(content(row.Fields)), At: now(), Actor: by.User,
	}
	_, err = tx.NewInsert().Model(&kept).On("CONFLICT DO NOTHING").Exec(ctx)
	return err
}

// Versions lists how the record was, newest first.
func (s Shelf[T]) Versions(ctx context.Context, which string) ([]RecordVersion[T], error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	var kind T
	var rows []versionRow
	err = s.db.bun.NewSelect().Model(&rows).Where("organisation = ?", org).Where("kind = ?", kind.Kind()).Where("record_id = ?", which).
		OrderExpr("version DESC").Limit(MaxLimit).Scan(ctx)
	if err != nil {
		return nil, translate(err)
	}
	all := []RecordVersion[T]{}
	for _, r := range rows {
		fields, err := settings.Decode[T]([]byte(r.Content))
		if err != nil {
			return nil, fmt.Errorf("version %d of %s: %w", r.Version, which, err)
		}
		all = append(all, RecordVersion[T]{Version: r.Version, At: r.At, By: r.Actor, Fields: fields})
	}
	return all, nil
}

// Rollback stores the record as an earlier version had it, as a new version.
func (s Shelf[T]) Rollback(ctx context.Context, by Actor, which string, version, to int) (made Saved[T], err error) {
	versions, err := s.Versions(ctx, which)
	if err != nil {
		return made, err
	}
	for _, v := range versions {
		if v.Version == to {
			err = s.db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
				made, err = s.store(ctx, tx, by, fmt.Sprintf("rolled back to version %d", to), which, version, v.Fields)
				return err
			})
			return made, err
		}
	}
	return made, ErrNotFound
}
