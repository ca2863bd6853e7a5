package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/tel"
)

// Callback is the place in a queue of a customer who is to be called back (QU-11). Writer.Callback stores it.
type Callback struct {
	bun.BaseModel `bun:"table:callbacks,alias:callback"`
	Org           id.Org      `bun:"organisation" json:"-"`
	ID            id.Callback `bun:"id" json:"id"`
	Queue         id.Queue    `bun:"queue_id" json:"queue"`
	Number        tel.Number  `bun:"phone_number" json:"number"`
	Priority      int         `bun:"priority" json:"priority"`
	EnteredAt     time.Time   `bun:"entered_at" json:"entered_at"`
	AgeSeconds    int         `bun:"age_seconds" json:"age_seconds"`
	Steps         string      `bun:"steps" json:"steps"` // JSON, empty: none (BX-1)
	LastAgent     id.Agent    `bun:"last_agent" json:"last_agent"`
	Attempts      int         `bun:"attempts" json:"attempts"`
	RetryAt       time.Time   `bun:"retry_at,nullzero" json:"retry_at,omitzero"` // not tried again before
}

// Callbacks are those of the organisation that are not done yet, by id.
func (db *DB) Callbacks(ctx context.Context) ([]Callback, error) { return all[Callback](ctx, db, "id") }

// callbackKey names a callback.
type callbackKey struct {
	org id.Org
	id  id.Callback
}

var upsertCallbacks = &statement[Callback]{
	name: "upsert callbacks",
	head: "INSERT INTO callbacks (organisation, id, queue_id, phone_number, priority, entered_at, age_seconds, steps," +
		" last_agent, attempts, retry_at) VALUES",
	columns: 11,
	tail: " ON CONFLICT (organisation, id) DO UPDATE SET " +
		replacing("queue_id", "phone_number", "priority", "entered_at", "age_seconds", "steps", "last_agent", "attempts", "retry_at"),
	bind: func(v *values, row *Callback) {
		v.texts(string(row.Org), string(row.ID), string(row.Queue), string(row.Number))
		v.add(row.Priority)
		v.time(row.EnteredAt)
		v.add(row.AgeSeconds)
		v.texts(row.Steps, string(row.LastAgent))
		v.add(row.Attempts)
		v.timeOrNull(row.RetryAt)
	},
}

var deleteCallbacks = &statement[callbackKey]{
	name:    "delete callbacks",
	head:    "DELETE FROM callbacks WHERE (organisation, id) IN (VALUES",
	columns: 2,
	tail:    ")",
	bind:    func(v *values, row *callbackKey) { v.texts(string(row.org), string(row.id)) },
}

// setCallback keeps the latest state of a callback; nil removes it.
func (b *batch) setCallback(key callbackKey, row *Callback) {
	if b.callbacks == nil {
		b.callbacks = map[callbackKey]*Callback{}
	}
	if _, known := b.callbacks[key]; !known {
		b.bytes += rowCost
	}
	b.callbacks[key] = row
}

// splitCallbacks lists what is to be stored, and what to be removed.
func (b *batch) splitCallbacks() (kept []Callback, gone []callbackKey) {
	for key, row := range b.callbacks {
		if row == nil {
			gone = append(gone, key)
			continue
		}
		kept = append(kept, *row)
	}
	return kept, gone
}

// Callback stores a callback as it is now.
func (w *Writer) Callback(row Callback) {
	row.Org = w.org
	if b := w.group.lend(); b != nil {
		b.setCallback(callbackKey{row.Org, row.ID}, &row)
		w.group.given()
	}
}

// RemoveCallback forgets a callback that is over.
func (w *Writer) RemoveCallback(which id.Callback) {
	if b := w.group.lend(); b != nil {
		b.setCallback(callbackKey{w.org, which}, nil)
		w.group.given()
	}
}
