package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// DayFigures are the figures of an agent or a queue on a day that is over.
type DayFigures struct {
	bun.BaseModel `bun:"table:day_figures,alias:day_figures"`
	Org           id.Org          `bun:"organisation" json:"-"`
	Kind          string          `bun:"kind" json:"kind"`
	Day           string          `bun:"day" json:"day"`         // such as 2026-11-21
	Subject       string          `bun:"subject" json:"subject"` // an id; empty: how the figures of the day were computed
	Channel       string          `bun:"channel" json:"channel"`
	Content       json.RawMessage `bun:"content" json:"content"`
}

// DayFigures are those of a kind that are kept of the days from first to last, in order.
func (db *DB) DayFigures(ctx context.Context, kind, first, last string) ([]DayFigures, error) {
	return all[DayFigures](ctx, db, "day, subject, channel", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("kind = ?", kind).Where("day >= ?", first).Where("day <= ?", last)
	})
}

// KeepDayFigures keeps the figures of a kind of a day in the place of those that there are.
func (db *DB) KeepDayFigures(ctx context.Context, kind, day string, rows []DayFigures) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Org, rows[i].Kind, rows[i].Day = org, kind, day
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*DayFigures)(nil)).
			Where("organisation = ?", org).Where("kind = ?", kind).Where("day = ?", day).Exec(ctx)
		if err != nil {
			return err
		}
		return run(ctx, db, tx, insertDayFigures, rows)
	})
}

var insertDayFigures = &statement[DayFigures]{
	name:    "insert day figures",
	head:    "INSERT INTO day_figures (organisation, kind, day, subject, channel, content) VALUES",
	columns: 6,
	bind: func(v *values, row *DayFigures) {
		v.texts(string(row.Org), row.Kind, row.Day, row.Subject, row.Channel)
		v.json(row.Content)
	},
}

// CallParts lists the calls that arrived in a span with their queues and agents and without what figures do not need, the oldest first.
func (db *DB) CallParts(ctx context.Context, from, to time.Time) ([]CallRow, error) {
	return all[CallRow](ctx, db, "arrived_at, id", func(q *bun.SelectQuery) *bun.SelectQuery {
		return between(q.Column("id", "direction", "arrived_at", "answered_at", "queues", "agents"), "arrived_at", from, to)
	})
}

// CallsOfAgent lists the calls that arrived in a span and that an agent had to do with, without their Whole, the oldest first.
func (db *DB) CallsOfAgent(ctx context.Context, agent id.Agent, from, to time.Time) ([]CallRow, error) {
	return all[CallRow](ctx, db, "arrived_at, id", func(q *bun.SelectQuery) *bun.SelectQuery {
		return between(q.ExcludeColumn("record").Where(byAgents, bun.List([]id.Agent{agent})), "arrived_at", from, to)
	})
}
