package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Scope says which calls a viewer may see (CH-10): all, or those of these agents or these queues. The zero Scope sees none.
type Scope struct {
	All    bool
	Agents []id.Agent
	Queues []id.Queue
}

// CallFilter narrows a list of calls (CH-5, CH-6); zero fields do not.
type CallFilter struct {
	Directions         []string
	Dispositions       []string
	Statuses           []string
	From               time.Time // arrived at or after
	To                 time.Time // arrived before
	Queues             []id.Queue
	Agents             []id.Agent
	Customer           id.Customer
	Text               string // part of a number, of the customer's name or of the call's id
	HasRecording       *bool
	Tag                string // key of a tag of the call or of a recording of it
	TagValue           string // empty: any
	MinDurationSeconds int
	MaxDurationSeconds int
}

// Calls lists the records that scope may see, the latest arrival first, without their Whole.
func (db *DB) Calls(ctx context.Context, filter CallFilter, scope Scope, r Range) (Page[CallRow], error) {
	return listBy[CallRow](ctx, db, r, "arrived_at", scope.narrow, filter.narrow,
		func(q *bun.SelectQuery) *bun.SelectQuery { return q.ExcludeColumn("record") })
}

// Call is one record with its Whole; ErrNotFound also when scope may not see it.
func (db *DB) Call(ctx context.Context, call id.Call, scope Scope) (*CallRow, error) {
	query, err := within[CallRow](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	row := new(CallRow)
	if err := scope.narrow(query.Model(row)).Where("call_row.id = ?", call).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	return row, nil
}

const (
	inQueues = "call_row.id IN (SELECT l.call_id FROM call_queues AS l WHERE l.organisation = call_row.organisation AND l.queue_id IN (?))"
	audible  = "EXISTS (SELECT 1 FROM recordings AS l WHERE l.organisation = call_row.organisation AND l.call_id = call_row.id" +
		" AND l.status <> 'deleted')"
	byAgents = "call_row.id IN (SELECT l.call_id FROM call_agents AS l WHERE l.organisation = call_row.organisation AND l.agent_id IN (?))"
)

func (s Scope) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if s.All {
		return q
	}
	return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		q = q.Where("1 = 0")
		if len(s.Agents) > 0 {
			q = q.WhereOr(byAgents, bun.List(s.Agents))
		}
		if len(s.Queues) > 0 {
			q = q.WhereOr(inQueues, bun.List(s.Queues))
		}
		return q
	})
}

func (f CallFilter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	q = oneOf(q, "direction", f.Directions)
	q = oneOf(q, "disposition", f.Dispositions)
	q = oneOf(q, "status", f.Statuses)
	q = between(q, "arrived_at", f.From, f.To)
	if len(f.Queues) > 0 {
		q = q.Where(inQueues, bun.List(f.Queues))
	}
	if len(f.Agents) > 0 {
		q = q.Where(byAgents, bun.List(f.Agents))
	}
	if f.Customer != "" {
		q = q.Where("customer_id = ?", f.Customer)
	}
	if f.HasRecording != nil {
		q = q.Where("(has_recording AND "+audible+") = ?", *f.HasRecording)
	}
	if f.MinDurationSeconds > 0 {
		q = q.Where("total_duration_seconds >= ?", f.MinDurationSeconds)
	}
	if f.MaxDurationSeconds > 0 {
		q = q.Where("total_duration_seconds <= ?", f.MaxDurationSeconds)
	}
	return holding(tagged(q, f.Tag, f.TagValue), f.Text)
}

func oneOf(q *bun.SelectQuery, column string, values []string) *bun.SelectQuery {
	if len(values) == 0 {
		return q
	}
	return q.Where("? IN (?)", bun.Ident(column), bun.List(values))
}
