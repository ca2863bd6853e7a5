package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Record is what every record has besides its own fields (spec 00, common rules).
type Record[ID ~string] struct {
	ID        ID        `bun:"id,pk" json:"id"`
	Org       id.Org    `bun:"organisation" json:"organisation"`
	ChildOrg  id.Org    `bun:"child_organisation,nullzero" json:"child_organisation,omitempty"` // empty: shared by all children
	CreatedAt time.Time `bun:"created_at" json:"created_at"`
	UpdatedAt time.Time `bun:"updated_at" json:"updated_at"`
	Version   int       `bun:"version" json:"version"` // from 1; an update must name the version it was made on
}

// begin makes the record a new one of org; an id already chosen is kept.
func (r *Record[ID]) begin(org id.Org) {
	if r.ID == "" {
		r.ID = id.New[ID]()
	}
	r.Org, r.Version = org, 1
	r.CreatedAt = now()
	r.UpdatedAt = r.CreatedAt
}

// next moves the record to its next version and gives back how to undo that.
func (r *Record[ID]) next(org id.Org) (undo func()) {
	before := *r
	r.Org, r.UpdatedAt, r.Version = org, now(), r.Version+1
	return func() { *r = before }
}

// recordColumns are those that bind gives.
const recordColumns = "id, organisation, child_organisation, created_at, updated_at, version"

func (r *Record[ID]) bind(v *values) {
	v.texts(string(r.ID), string(r.Org))
	v.textOrNull(string(r.ChildOrg))
	v.time(r.CreatedAt)
	v.time(r.UpdatedAt)
	v.add(r.Version)
}

func (r *Record[ID]) key() (recordID string, version int) { return string(r.ID), r.Version }

// recorded is a pointer to a struct that embeds Record.
type recorded[T any] interface {
	*T
	begin(id.Org)
	next(id.Org) func()
	key() (string, int)
}

// create stores row as a new record of the context's organisation.
func create[T any, P recorded[T]](ctx context.Context, db *DB, row P) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return insert(ctx, tx, row) })
}

func insert[T any, P recorded[T]](ctx context.Context, tx bun.IDB, row P) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	row.begin(org)
	_, err = tx.NewInsert().Model(row).Exec(ctx)
	return err
}

// update stores row if nobody stored it since it was read; keep names columns that stay as they are.
func update[T any, P recorded[T]](ctx context.Context, db *DB, row P, keep ...string) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return change(ctx, tx, row, keep...) })
}

func change[T any, P recorded[T]](ctx context.Context, tx bun.IDB, row P, keep ...string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	recordID, version := row.key()
	undo := row.next(org)
	result, err := tx.NewUpdate().Model(row).ExcludeColumn(append(keep, "id", "organisation", "created_at")...).
		Where("id = ?", recordID).Where("organisation = ?", org).Where("version = ?", version).Exec(ctx)
	if err == nil {
		err = refuseNone(result, func() error { return stale[T](ctx, tx, recordID) })
	}
	if err != nil {
		undo()
	}
	return err
}

// stale says why an update met no row: the record is not there, or it has another version.
func stale[T any](ctx context.Context, tx bun.IDB, recordID string) error {
	current, err := find[T](ctx, tx, recordID)
	if err != nil {
		return err
	}
	return &StaleError{Current: current}
}

// refuseNone asks why when a statement met no row.
func refuseNone(result sql.Result, why func() error) error {
	count, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if count == 0 {
		return why()
	}
	return nil
}

func notFound() error { return ErrNotFound }

// find is the record of the context's organisation with this id, or ErrNotFound.
func find[T any](ctx context.Context, from bun.IDB, recordID string) (*T, error) {
	query, err := within[T](ctx, from)
	if err != nil {
		return nil, err
	}
	row := new(T)
	if err := query.Model(row).Where("?TableAlias.id = ?", recordID).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	return row, nil
}

// joined is a record whose columns come partly from other tables.
type joined interface {
	join(*bun.SelectQuery) *bun.SelectQuery
}

// within begins a query over the records of the context's organisation.
func within[T any](ctx context.Context, from bun.IDB) (*bun.SelectQuery, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	row := new(T)
	query := from.NewSelect().Model(row).Where("?TableAlias.organisation = ?", org)
	if j, ok := any(row).(joined); ok {
		query = j.join(query)
	}
	return query, nil
}

// remove deletes the record of the context's organisation with this id, or gives ErrNotFound.
func remove[T any](ctx context.Context, tx bun.IDB, recordID string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	result, err := tx.NewDelete().Model(new(T)).Where("id = ?", recordID).Where("organisation = ?", org).Exec(ctx)
	if err != nil {
		return err
	}
	return refuseNone(result, notFound)
}
