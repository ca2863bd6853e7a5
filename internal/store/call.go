package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/tel"
)

// CallRow is the record of a call (CH-2): columns for the list, and the whole of it in Whole. Writer.Record stores it.
// A CallRow handed to the writer must not be changed afterwards.
type CallRow struct {
	bun.BaseModel `bun:"table:calls,alias:call_row"`
	Record[id.Call]
	Direction            string          `bun:"direction" json:"direction"`     // inbound, outbound or internal
	CallType             string          `bun:"call_type" json:"call_type"`     // CH-12
	Status               string          `bun:"status" json:"status"`           // new, routing, queued, ringing, active or ended
	Disposition          string          `bun:"disposition" json:"disposition"` // CH-3, empty until it ends
	Reason               string          `bun:"reason" json:"reason,omitempty"`
	From                 tel.Number      `bun:"from_number" json:"from"`
	To                   tel.Number      `bun:"to_number" json:"to"`
	Customer             id.Customer     `bun:"customer_id,nullzero" json:"customer,omitempty"`
	CustomerName         string          `bun:"customer_name" json:"customer_name,omitempty"`
	Queues               []CallQueue     `bun:"queues" json:"queues"`
	Agents               []CallAgent     `bun:"agents" json:"agents"`
	ArrivedAt            time.Time       `bun:"arrived_at" json:"arrived_at"` // CH-7 created
	AnsweredAt           time.Time       `bun:"answered_at,nullzero" json:"answered_at,omitzero"`
	EndedAt              time.Time       `bun:"ended_at,nullzero" json:"ended_at,omitzero"`
	QueueWaitSeconds     int             `bun:"queue_wait_seconds" json:"queue_wait_seconds"`
	TalkTimeSeconds      int             `bun:"talk_time_seconds" json:"talk_time_seconds"` // without hold and wait
	TotalDurationSeconds int             `bun:"total_duration_seconds" json:"total_duration_seconds"`
	HasRecording         bool            `bun:"has_recording" json:"has_recording"`
	SearchText           string          `bun:"search_text" json:"-"`           // made from numbers and name
	Whole                json.RawMessage `bun:"record" json:"record,omitempty"` // the whole record; not in lists
}

// CallQueue is a queue that a call waited in.
type CallQueue struct {
	ID   id.Queue `json:"id"`
	Name string   `json:"name"`
}

// CallAgent is an agent who took part in a call or was offered it.
type CallAgent struct {
	ID       id.Agent `json:"id"`
	Name     string   `json:"name"`
	Answered bool     `json:"answered"`
}

func (c *CallRow) searchable() string {
	return strings.ToLower(strings.Join([]string{string(c.ID), string(c.From), string(c.To), c.CustomerName}, "\n"))
}

// upsertCalls stores the records as they are now; their queues and agents only ever grow.
func upsertCalls(ctx context.Context, tx bun.IDB, rows []CallRow) error {
	insert := tx.NewInsert().Model(&rows).On("CONFLICT (id) DO UPDATE").Set("version = call_row.version + 1")
	for _, column := range []string{"updated_at", "direction", "call_type", "status", "disposition", "reason", "from_number",
		"to_number", "customer_id", "customer_name", "queues", "agents", "arrived_at", "answered_at", "ended_at",
		"queue_wait_seconds", "talk_time_seconds", "total_duration_seconds", "has_recording", "search_text", "record"} {
		insert = insert.Set("? = EXCLUDED.?", bun.Ident(column), bun.Ident(column))
	}
	if _, err := insert.Where("call_row.organisation = EXCLUDED.organisation").Exec(ctx); err != nil {
		return err
	}
	queues, agents := []callQueueRow{}, []callAgentRow{}
	for _, row := range rows {
		for _, queue := range row.Queues {
			queues = append(queues, callQueueRow{Org: row.Org, Call: row.ID, Queue: queue.ID})
		}
		for _, agent := range row.Agents {
			agents = append(agents, callAgentRow{Org: row.Org, Call: row.ID, Agent: agent.ID})
		}
	}
	if len(queues) > 0 {
		if _, err := tx.NewInsert().Model(&queues).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
			return err
		}
	}
	if len(agents) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&agents).On("CONFLICT DO NOTHING").Exec(ctx)
	return err
}

type callQueueRow struct {
	bun.BaseModel `bun:"table:call_queues"`
	Org           id.Org   `bun:"organisation"`
	Call          id.Call  `bun:"call_id"`
	Queue         id.Queue `bun:"queue_id"`
}

type callAgentRow struct {
	bun.BaseModel `bun:"table:call_agents"`
	Org           id.Org   `bun:"organisation"`
	Call          id.Call  `bun:"call_id"`
	Agent         id.Agent `bun:"agent_id"`
}
