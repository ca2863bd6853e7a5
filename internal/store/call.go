package store

import (
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
	HasSamples           bool            `bun:"has_samples" json:"-"`           // made from the whole record
	Whole                json.RawMessage `bun:"record" json:"record,omitempty"` // the whole record; not in lists
	tags                 []string        // what queues put on it; made from the whole record
}

// CallQueue is a stay of a call in a queue.
type CallQueue struct {
	ID        id.Queue  `json:"id"`
	Name      string    `json:"name"`
	EnteredAt time.Time `json:"entered_at,omitzero"`
	LeftAt    time.Time `json:"left_at,omitzero"`
	Result    string    `json:"result,omitempty"` // QU-23
}

// CallAgent is an agent who took part in a call or was offered it.
type CallAgent struct {
	ID       id.Agent `json:"id"`
	Name     string   `json:"name"`
	Answered bool     `json:"answered"`
	// JoinedAt is when the agent could talk first; Missed counts the offers that rang out, the last one at MissedAt.
	JoinedAt time.Time `json:"joined_at,omitzero"`
	LeftAt   time.Time `json:"left_at,omitzero"`
	Missed   int       `json:"missed,omitempty"`
	MissedAt time.Time `json:"missed_at,omitzero"`
}

func (c *CallRow) searchable() string {
	return strings.ToLower(strings.Join([]string{string(c.ID), string(c.From), string(c.To), c.CustomerName}, "\n"))
}

// upsertCalls stores the records as they are now; one of another organisation is left alone.
var upsertCalls = &statement[CallRow]{
	name:    "upsert calls",
	head:    "INSERT INTO calls AS call_row (" + recordColumns + ", " + strings.Join(callColumns, ", ") + ") VALUES",
	columns: 6 + len(callColumns),
	tail: " ON CONFLICT (id) DO UPDATE SET version = call_row.version + 1, updated_at = EXCLUDED.updated_at, " +
		replacing(callColumns...) + " WHERE call_row.organisation = EXCLUDED.organisation",
	bind: bindCall,
}

var callColumns = []string{"direction", "call_type", "status", "disposition", "reason", "from_number", "to_number", "customer_id",
	"customer_name", "queues", "agents", "arrived_at", "answered_at", "ended_at", "queue_wait_seconds", "talk_time_seconds",
	"total_duration_seconds", "has_recording", "search_text", "has_samples", "record"}

func bindCall(v *values, row *CallRow) {
	row.bind(v)
	v.texts(row.Direction, row.CallType, row.Status, row.Disposition, row.Reason, string(row.From), string(row.To))
	v.textOrNull(string(row.Customer))
	v.texts(row.CustomerName)
	v.json(jsonOf(row.Queues))
	v.json(jsonOf(row.Agents))
	v.time(row.ArrivedAt)
	v.timeOrNull(row.AnsweredAt)
	v.timeOrNull(row.EndedAt)
	v.add(row.QueueWaitSeconds)
	v.add(row.TalkTimeSeconds)
	v.add(row.TotalDurationSeconds)
	v.add(row.HasRecording)
	v.texts(row.SearchText)
	v.add(row.HasSamples)
	v.json(row.Whole)
}

// callPart is a queue or an agent of a call, by which calls are filtered.
type callPart struct {
	org  id.Org
	call id.Call
	part string
}

func bindPart(v *values, row *callPart) { v.texts(string(row.org), string(row.call), row.part) }

var insertCallQueues = &statement[callPart]{
	name: "insert call queues", columns: 3, bind: bindPart,
	head: "INSERT INTO call_queues (organisation, call_id, queue_id) VALUES", tail: " ON CONFLICT DO NOTHING",
}

var insertCallAgents = &statement[callPart]{
	name: "insert call agents", columns: 3, bind: bindPart,
	head: "INSERT INTO call_agents (organisation, call_id, agent_id) VALUES", tail: " ON CONFLICT DO NOTHING",
}
