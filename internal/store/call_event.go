package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// CallEvent is one thing that happened in a call; the record is a fold over them. Writer.Event stores it.
type CallEvent struct {
	bun.BaseModel `bun:"table:call_events,alias:call_event"`
	Org           id.Org          `bun:"organisation" json:"-"`
	Call          id.Call         `bun:"call_id" json:"call"`
	Seq           int             `bun:"seq" json:"seq"` // given by the call, from 1
	At            time.Time       `bun:"at" json:"at"`
	Kind          string          `bun:"kind" json:"type"`
	Content       json.RawMessage `bun:"data" json:"data,omitempty"`
}

// CallEvents is everything that happened in a call, in order. Ask for the Call first: it checks who may see it.
func (db *DB) CallEvents(ctx context.Context, call id.Call) ([]CallEvent, error) {
	return all[CallEvent](ctx, db, "seq", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("call_id = ?", call) })
}

var insertCallEvents = &statement[CallEvent]{
	name:    "insert call events",
	head:    "INSERT INTO call_events (organisation, call_id, seq, at, kind, data) VALUES",
	columns: 6,
	tail:    " ON CONFLICT (organisation, call_id, seq) DO NOTHING",
	bind: func(v *values, row *CallEvent) {
		v.texts(string(row.Org), string(row.Call))
		v.add(row.Seq)
		v.time(row.At)
		v.texts(row.Kind)
		v.json(row.Content)
	},
}
