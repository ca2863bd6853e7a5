package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

// Draft is a record as somebody is about to make it; calls do not know of it before it is published (BX-10).
type Draft[T settings.Record] struct {
	BaseVersion int       `json:"base_version"` // of the record that it was made from
	UpdatedAt   time.Time `json:"updated_at"`
	By          id.User   `json:"by"`
	Fields      T         `json:"fields"`
}

type draftRow struct {
	bun.BaseModel `bun:"table:record_drafts,alias:record_draft"`
	Org           id.Org        `bun:"organisation"`
	Kind          settings.Kind `bun:"kind"`
	RecordID      string        `bun:"record_id"`
	BaseVersion   int           `bun:"base_version"`
	Content       string        `bun:"content"`
	UpdatedAt     time.Time     `bun:"updated_at"`
	Actor         id.User       `bun:"actor"`
}

// SaveDraft keeps a draft made on a version of the record, or gives a StaleError. What is wrong with it is told when it is
// published, not before.
func (s Shelf[T]) SaveDraft(ctx context.Context, by Actor, which string, version int, fields T) error {
	return s.db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		current, err := s.rows.get(ctx, tx, which)
		if err != nil {
			return err
		}
		if current.Version != version {
			return &StaleError{Current: current}
		}
		org, err := OrgOf(ctx)
		if err != nil {
			return err
		}
		row := draftRow{
			Org: org, Kind: fields.Kind(), RecordID: which, BaseVersion: version, Content: string(content(fields)), UpdatedAt: now(), Actor: by.User,
		}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (organisation, kind, record_id) DO UPDATE").
			Set("base_version = EXCLUDED.base_version, content = EXCLUDED.content").
			Set("updated_at = EXCLUDED.updated_at, actor = EXCLUDED.actor").Exec(ctx)
		return err
	})
}

// Draft is the draft of a record, or ErrNotFound.
func (s Shelf[T]) Draft(ctx context.Context, which string) (Draft[T], error) {
	return s.draft(ctx, s.db.bun, which)
}

func (s Shelf[T]) draft(ctx context.Context, from bun.IDB, which string) (Draft[T], error) {
	var made Draft[T]
	query, err := s.draftsOf(ctx, from)
	if err != nil {
		return made, err
	}
	var row draftRow
	if err := query.Model(&row).Where("record_id = ?", which).Scan(ctx); err != nil {
		return made, translate(err)
	}
	return readDraft[T](row)
}

func readDraft[T settings.Record](row draftRow) (Draft[T], error) {
	fields, err := settings.Decode[T]([]byte(row.Content))
	return Draft[T]{BaseVersion: row.BaseVersion, UpdatedAt: row.UpdatedAt, By: row.Actor, Fields: fields}, err
}

func (s Shelf[T]) draftsOf(ctx context.Context, from bun.IDB) (*bun.SelectQuery, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	var kind T
	return from.NewSelect().Model((*draftRow)(nil)).Where("organisation = ?", org).Where("kind = ?", kind.Kind()), nil
}

// Drafts are the drafts of all records of the kind, by id.
func (s Shelf[T]) Drafts(ctx context.Context) (map[string]Draft[T], error) {
	query, err := s.draftsOf(ctx, s.db.bun)
	if err != nil {
		return nil, err
	}
	var rows []draftRow
	if err := query.Model(&rows).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	all := map[string]Draft[T]{}
	for _, row := range rows {
		if all[row.RecordID], err = readDraft[T](row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// DropDraft forgets the draft of a record.
func (s Shelf[T]) DropDraft(ctx context.Context, which string) error {
	return s.db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return s.dropDraft(ctx, tx, which) })
}

func (s Shelf[T]) dropDraft(ctx context.Context, tx bun.Tx, which string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	var kind T
	_, err = tx.NewDelete().Model((*draftRow)(nil)).Where("organisation = ?", org).Where("kind = ?", kind.Kind()).
		Where("record_id = ?", which).Exec(ctx)
	return err
}

// Publish makes the draft the record. When the record was stored since the draft was made it gives a StaleError.
func (s Shelf[T]) Publish(ctx context.Context, by Actor, which string) (made Saved[T], err error) {
	err = s.db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		draft, err := s.draft(ctx, tx, which)
		if err != nil {
			return err
		}
		if made, err = s.store(ctx, tx, by, "published", which, draft.BaseVersion, draft.Fields); err != nil {
			return err
		}
		return s.dropDraft(ctx, tx, which)
	})
	return made, err
}
