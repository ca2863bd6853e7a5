package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// CallOutcome is what came of a call, as the agent chose it who took it from a queue (QU-9, SP-36). Writer.Outcome stores it.
type CallOutcome struct {
	bun.BaseModel `bun:"table:call_outcomes,alias:call_outcome"`
	Org           id.Org    `bun:"organisation" json:"-"`
	Call          id.Call   `bun:"call_id" json:"call"`
	Agent         id.Agent  `bun:"agent_id" json:"agent"`
	Queue         id.Queue  `bun:"queue_id" json:"queue"`
	Outcome       string    `bun:"outcome" json:"outcome"`
	Name          string    `bun:"name" json:"name"` // at that time
	Auto          bool      `bun:"auto" json:"auto"` // applied as none was chosen
	Actor         id.User   `bun:"actor" json:"actor,omitempty"`
	At            time.Time `bun:"at" json:"at"`
}

// CallOutcomes is what came of these calls, in the order in which it was said. Ask for the calls first: that checks who may
// see them.
func (db *DB) CallOutcomes(ctx context.Context, calls []id.Call) (map[id.Call][]CallOutcome, error) {
	found := map[id.Call][]CallOutcome{}
	if _, err := OrgOf(ctx); err != nil || len(calls) == 0 {
		return found, err
	}
	rows, err := all[CallOutcome](ctx, db, "at, agent_id", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("call_id IN (?)", bun.List(calls))
	})
	for _, row := range rows {
		found[row.Call] = append(found[row.Call], row)
	}
	return found, err
}

type outcomeKey struct {
	org   id.Org
	call  id.Call
	agent id.Agent
}

var upsertOutcomes = &statement[CallOutcome]{
	name:    "upsert outcomes",
	head:    "INSERT INTO call_outcomes (organisation, call_id, agent_id, queue_id, outcome, name, auto, actor, at) VALUES",
	columns: 9,
	tail: " ON CONFLICT (organisation, call_id, agent_id) DO UPDATE SET queue_id = EXCLUDED.queue_id, outcome = EXCLUDED.outcome," +
		" name = EXCLUDED.name, auto = EXCLUDED.auto, actor = EXCLUDED.actor, at = EXCLUDED.at",
	bind: func(v *values, row *CallOutcome) {
		v.texts(string(row.Org), string(row.Call), string(row.Agent), string(row.Queue), row.Outcome, row.Name)
		v.add(row.Auto)
		v.texts(string(row.Actor))
		v.time(row.At)
	},
}
