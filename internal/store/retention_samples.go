package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// chartMark stands in the whole of a record that holds samples of sound quality.
var chartMark = []byte(`"chart":`)

func (c *CallRow) sampled() bool { return bytes.Contains(c.Whole, chartMark) }

// Unsampled says what remains of a call when the samples of its sound go: of its record, and which kind of event is one.
type Unsampled struct {
	Record func(whole json.RawMessage) (json.RawMessage, error)
	Event  string
}

// sampledCalls are records of calls that are over and hold samples of sound quality.
func sampledCalls(q *bun.SelectQuery) *bun.SelectQuery {
	return q.TableExpr("calls AS c").ColumnExpr("c.id, c.arrived_at AS at").Where("c.has_samples").Where("c.status = ?", "ended")
}

// ExpiredSamples says which calls began before a time and hold samples of sound quality still.
func (db *DB) ExpiredSamples(ctx context.Context, before time.Time) (Expired, error) {
	return db.expired(ctx, before, "c.arrived_at", "c", sampledCalls)
}

// DeleteExpiredSamples takes the samples out of some of the calls of ExpiredSamples, and says which; none hold any when it finds none.
// Between two of its transactions calls are stored.
func (db *DB) DeleteExpiredSamples(ctx context.Context, before time.Time, less Unsampled) (gone Expired, err error) {
	err = db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		gone = Expired{}
		rows, err := db.aged(ctx, tx, before, "c.arrived_at", "c", sampledCalls, dated{})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := unsample(ctx, tx, id.Call(row.ID), less); err != nil {
				return err
			}
			gone.Include(row.At)
		}
		return nil
	})
	return gone, err
}

func unsample(ctx context.Context, tx bun.Tx, call id.Call, less Unsampled) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	row := CallRow{}
	if err := tx.NewSelect().Model(&row).Column("record").Where("id = ?", call).Where("organisation = ?", org).Scan(ctx); err != nil {
		return translate(err)
	}
	whole, err := less.Record(row.Whole)
	if err != nil {
		return fmt.Errorf("record of call %s: %w", call, err)
	}
	_, err = tx.NewUpdate().Table("calls").Set("record = ?", string(whole)).Set("has_samples = FALSE").
		Where("id = ?", call).Where("organisation = ?", org).Exec(ctx)
	if err != nil {
		return translate(err)
	}
	return unsampleEvents(ctx, tx, org, call, less.Event)
}

// unsampleEvents writes the events of a call again without those of a kind.
func unsampleEvents(ctx context.Context, tx bun.Tx, org id.Org, call id.Call, kind string) error {
	rows := []CallEvent{}
	of := func(q bun.QueryBuilder) bun.QueryBuilder {
		return q.Where("organisation = ?", org).Where("call_id = ?", call)
	}
	if err := tx.NewSelect().Model(&rows).ApplyQueryBuilder(of).Order("seq").Scan(ctx); err != nil {
		return translate(err)
	}
	all, err := singleEvents(rows)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(all), func(e CallEvent) bool { return e.Kind == kind })
	if len(left) == len(all) {
		return nil
	}
	if _, err := tx.NewDelete().Table("call_events").ApplyQueryBuilder(of).Exec(ctx); err != nil || len(left) == 0 {
		return translate(err)
	}
	one := severalRow(org, call, left)
	again := &CallEvent{Org: org, Call: call, Seq: one.seq, At: left[len(left)-1].At, Kind: one.kind, Content: json.RawMessage(one.content)}
	_, err = tx.NewInsert().Model(again).Exec(ctx)
	return translate(err)
}
