package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Recording is the sound of a part of a call (RC-5).
type Recording struct {
	bun.BaseModel `bun:"table:recordings,alias:recording"`
	Record[id.Recording]
	Call            id.Call   `bun:"call_id" json:"call"`
	Status          string    `bun:"status" json:"status"`     // recording, processing, available, failed or deleted
	StorageKey      string    `bun:"storage_key" json:"-"`     // of Blobs
	Channels        int       `bun:"channels" json:"channels"` // 1 or 2; channel 0 is the customer
	StartedAt       time.Time `bun:"started_at" json:"started_at"`
	DurationSeconds int       `bun:"duration_seconds" json:"duration_seconds"`
	Size            int64     `bun:"size" json:"size"`         // bytes
	Checksum        string    `bun:"checksum" json:"checksum"` // SHA-256 in hexadecimal
	IsPrimary       bool      `bun:"is_primary" json:"is_primary"`
	Gaps            []Gap     `bun:"gaps" json:"gaps"`
	Reason          string    `bun:"reason" json:"reason,omitempty"` // why it failed, in words
}

// Gap is a part of a recording without sound, such as a pause or a hold (RC-4). Times are from the recording's start.
type Gap struct {
	Cause          string `json:"cause"` // pause, hold, payment, lost
	FromMillis     int64  `json:"from_ms"`
	DurationMillis int64  `json:"duration_ms"`
}

// CreateRecording stores a recording that has begun; its id is the call's choice.
func (db *DB) CreateRecording(ctx context.Context, recording *Recording) error {
	return create(ctx, db, recording)
}

// UpdateRecording stores a recording, or gives a StaleError.
func (db *DB) UpdateRecording(ctx context.Context, recording *Recording) error {
	return update(ctx, db, recording)
}

// Recording is the recording with this id, or ErrNotFound. Ask for its Call first: it checks who may see it.
func (db *DB) Recording(ctx context.Context, recording id.Recording) (*Recording, error) {
	return find[Recording](ctx, db.bun, string(recording))
}

// RecordingsOf is every recording of a call, in order.
func (db *DB) RecordingsOf(ctx context.Context, call id.Call) ([]Recording, error) {
	return all[Recording](ctx, db, "started_at, id", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("call_id = ?", call) })
}

// RecordingsIn is every recording with this status, oldest first: what a crash has left in recording or processing.
func (db *DB) RecordingsIn(ctx context.Context, status string) ([]Recording, error) {
	return all[Recording](ctx, db, "started_at, id", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("status = ?", status) })
}

// upsertRecordings stores recordings as they are now; one of another organisation is left alone.
var upsertRecordings = &statement[Recording]{
	name: "upsert recordings",
	head: "INSERT INTO recordings AS recording (" + recordColumns + ", call_id, status, storage_key, channels, started_at," +
		" duration_seconds, size, checksum, is_primary, gaps, reason) VALUES",
	columns: 17,
	tail: " ON CONFLICT (id) DO UPDATE SET version = recording.version + 1, " +
		replacing("updated_at", "status", "duration_seconds", "size", "checksum", "gaps", "reason") +
		" WHERE recording.organisation = EXCLUDED.organisation",
	bind: func(v *values, row *Recording) {
		row.bind(v)
		v.texts(string(row.Call), row.Status, row.StorageKey)
		v.add(row.Channels)
		v.time(row.StartedAt)
		v.add(row.DurationSeconds)
		v.add(row.Size)
		v.texts(row.Checksum)
		v.add(row.IsPrimary)
		v.json(jsonOf(row.Gaps))
		v.texts(row.Reason)
	},
}
