package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// AgentStatus is the status of an agent as last stored, from which the ACD is rebuilt. Writer.AgentStatus stores it.
type AgentStatus struct {
	bun.BaseModel `bun:"table:agent_statuses,alias:agent_status"`
	Org           id.Org    `bun:"organisation" json:"-"`
	Agent         id.Agent  `bun:"agent_id" json:"agent"`
	Channel       string    `bun:"channel" json:"channel"` // voice or chat
	Status        string    `bun:"status" json:"status"`
	Effect        string    `bun:"effect" json:"effect"` // available, busy or unavailable
	Reason        string    `bun:"reason" json:"reason,omitempty"`
	CustomStatus  string    `bun:"custom_status" json:"custom_status,omitempty"`
	Since         time.Time `bun:"since" json:"since"`
}

// AgentStatuses is the stored status of every agent of the organisation.
func (db *DB) AgentStatuses(ctx context.Context) ([]AgentStatus, error) {
	return all[AgentStatus](ctx, db, "agent_id, channel")
}

var upsertStatuses = &statement[AgentStatus]{
	name: "upsert statuses",
	head: "INSERT INTO agent_statuses" +
		" (organisation, agent_id, channel, status, effect, reason, custom_status, since) VALUES",
	columns: 8,
	tail: " ON CONFLICT (organisation, agent_id, channel) DO UPDATE SET" +
		" status = EXCLUDED.status, effect = EXCLUDED.effect, reason = EXCLUDED.reason," +
		" custom_status = EXCLUDED.custom_status, since = EXCLUDED.since",
	bind: func(v *values, row *AgentStatus) {
		v.texts(string(row.Org), string(row.Agent), row.Channel, row.Status, row.Effect, row.Reason, row.CustomStatus)
		v.time(row.Since)
	},
}

// StatusEvent is one change of an agent's status (MN-9). Writer.StatusEvent stores it.
type StatusEvent struct {
	bun.BaseModel  `bun:"table:status_events,alias:status_event"`
	ID             string    `bun:"id,pk" json:"id"`
	Org            id.Org    `bun:"organisation" json:"-"`
	Agent          id.Agent  `bun:"agent_id" json:"agent"`
	AgentKind      string    `bun:"agent_kind" json:"agent_kind"` // human or ai
	Channel        string    `bun:"channel" json:"channel"`       // voice or chat
	PreviousStatus string    `bun:"previous_status" json:"previous_status"`
	NewStatus      string    `bun:"new_status" json:"new_status"`
	PreviousEffect string    `bun:"previous_effect" json:"previous_effect"`
	NewEffect      string    `bun:"new_effect" json:"new_effect"`
	Reason         string    `bun:"reason" json:"reason,omitempty"`
	CustomStatus   string    `bun:"custom_status" json:"custom_status,omitempty"`
	CustomName     string    `bun:"custom_name" json:"custom_name,omitempty"` // of the custom status, as it was then
	Seconds        int       `bun:"seconds" json:"seconds"`                   // in the previous status
	Trigger        string    `bun:"cause" json:"trigger"`                     // manual, system or auto_disconnect
	Actor          id.User   `bun:"actor" json:"actor,omitempty"`
	At             time.Time `bun:"at" json:"at"`
}

// StatusFilter narrows a list of status events; zero fields do not.
type StatusFilter struct {
	Agents  []id.Agent
	Channel string
	Status  string // the new one
	Trigger string
	None    bool      // no agent is one of those who may be seen
	From    time.Time // inclusive
	To      time.Time // exclusive
}

// StatusEvents lists changes of status, newest first.
func (db *DB) StatusEvents(ctx context.Context, filter StatusFilter, r Range) (Page[StatusEvent], error) {
	return listBy[StatusEvent](ctx, db, r, "at", func(q *bun.SelectQuery) *bun.SelectQuery {
		if filter.None {
			q = q.Where("1 = 0")
		}
		if len(filter.Agents) > 0 {
			q = q.Where("agent_id IN (?)", bun.List(filter.Agents))
		}
		for column, want := range map[string]string{"channel": filter.Channel, "new_status": filter.Status, "cause": filter.Trigger} {
			if want != "" {
				q = q.Where("? = ?", bun.Ident(column), want)
			}
		}
		return between(q, "at", filter.From, filter.To)
	})
}

// Turns is every change of status in a span, and of each agent that there is the last before it, per
// channel: what a day is computed from. No agents means all.
func (db *DB) Turns(ctx context.Context, from, to time.Time, agents []id.Agent) ([]StatusEvent, error) {
	within := func(q *bun.SelectQuery) *bun.SelectQuery {
		if len(agents) > 0 {
			return q.Where("status_event.agent_id IN (?)", bun.List(agents))
		}
		return q
	}
	turns, err := all[StatusEvent](ctx, db, "at, id", within, func(q *bun.SelectQuery) *bun.SelectQuery { return between(q, "at", from, to) })
	if err != nil {
		return nil, err
	}
	for _, channel := range []string{"voice", "chat"} {
		before, err := all[StatusEvent](ctx, db, "status_event.agent_id, status_event.id", within, lastBefore(channel, from))
		if err != nil {
			return nil, err
		}
		turns = append(turns, before...)
	}
	return turns, nil
}

// lastBefore finds one row of each agent by the index, however long the history is: a cross join has SQLite begin with the agents, where
// it would otherwise look at every change of status (measured: 140 s instead of milliseconds among 10⁶).
func lastBefore(channel string, at time.Time) narrow {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ModelTableExpr("agents AS agent CROSS JOIN status_events AS status_event").
			Where("agent.organisation = status_event.organisation AND agent.id = status_event.agent_id").
			Where("status_event.channel = ?", channel).
			Where("status_event.at = (SELECT MAX(e.at) FROM status_events AS e WHERE e.organisation = agent.organisation"+
				" AND e.agent_id = agent.id AND e.channel = ? AND e.at < ?)", channel, at)
	}
}

// between keeps rows of the half-open time from..to; a zero end is open.
func between(q *bun.SelectQuery, column string, from, to time.Time) *bun.SelectQuery {
	if !from.IsZero() {
		q = q.Where("? >= ?", bun.Ident(column), from)
	}
	if !to.IsZero() {
		q = q.Where("? < ?", bun.Ident(column), to)
	}
	return q
}

var insertStatusEvents = &statement[StatusEvent]{
	name: "insert status events",
	head: "INSERT INTO status_events (id, organisation, agent_id, agent_kind, channel, previous_status, new_status," +
		" previous_effect, new_effect, reason, custom_status, custom_name, seconds, cause, actor, at) VALUES",
	columns: 16,
	tail:    " ON CONFLICT (organisation, at, id) DO NOTHING",
	bind: func(v *values, row *StatusEvent) {
		v.texts(row.ID, string(row.Org), string(row.Agent), row.AgentKind, row.Channel, row.PreviousStatus, row.NewStatus,
			row.PreviousEffect, row.NewEffect, row.Reason, row.CustomStatus, row.CustomName)
		v.add(row.Seconds)
		v.texts(row.Trigger, string(row.Actor))
		v.time(row.At)
	},
}
