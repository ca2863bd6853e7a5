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
	Format          string    `bun:"format" json:"format"`           // wav or opus (in Ogg)
	Sealed          bool      `bun:"sealed" json:"-"`                // the file is encrypted
	Waveform        *Waveform `bun:"waveform" json:"-"`              // nil until it is compressed
}

// Waveform is how loud each stretch of a recording is, so that it is drawn without the sound.
type Waveform struct {
	Millis   int64    `json:"ms"`       // how long the recording lasts
	Channels [][]byte `json:"channels"` // the square root of each stretch's loudest sample, 255 for full scale
}

// Gap is a part of a recording without sound, such as a pause or a hold (RC-4). Times are from the recording's start.
type Gap struct {
	Cause          string `json:"cause"` // pause, hold, payment, lost
	FromMillis     int64  `json:"from_ms"`
	DurationMillis int64  `json:"duration_ms"`
}

// CreateRecording stores a recording that has begun; its id is the call's choice.
func (db *DB) CreateRecording(ctx context.Context, recording *Recording) error {
	if recording.Format == "" {
		recording.Format = "wav"
	}
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

// RecordingStates is the statuses of the recordings of these calls; messages in mailboxes are none of them. Ask for the calls
// first: that checks who may see them.
func (db *DB) RecordingStates(ctx context.Context, calls []id.Call) (map[id.Call][]string, error) {
	found := map[id.Call][]string{}
	if _, err := OrgOf(ctx); err != nil || len(calls) == 0 {
		return found, err
	}
	rows, err := all[Recording](ctx, db, "started_at, id", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Column("call_id", "status").Where("call_id IN (?)", bun.List(calls)).
			Where("NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.organisation = recording.organisation AND m.recording_id = recording.id)")
	})
	for _, row := range rows {
		found[row.Call] = append(found[row.Call], row.Status)
	}
	return found, err
}

// RecordingsIn is every recording with this status, oldest first: what a crash has left in recording or processing.
func (db *DB) RecordingsIn(ctx context.Context, status string) ([]Recording, error) {
	return all[Recording](ctx, db, "started_at, id", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("status = ?", status) })
}

// PlainRecordings is some recordings that are over and whose files are neither compressed nor encrypted yet, oldest first.
func (db *DB) PlainRecordings(ctx context.Context) ([]Recording, error) {
	return all[Recording](ctx, db, "started_at, id", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("NOT sealed").Where("status IN (?)", bun.List([]string{"available", "processing"})).Limit(MaxLimit)
	})
}

// SealRecording stores a recording whose file has taken the place of another, which is thereby to be removed: see
// BlobRemovals. It gives a StaleError like UpdateRecording.
func (db *DB) SealRecording(ctx context.Context, recording *Recording, instead string) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := change(ctx, tx, recording); err != nil {
			return err
		}
		_, err := tx.NewRaw("INSERT INTO blob_removals (organisation, storage_key) VALUES (?, ?) ON CONFLICT DO NOTHING",
			recording.Org, instead).Exec(ctx)
		return err
	})
}

// BlobRemovals names blobs that nothing refers to any more. Tell BlobRemoved when one is gone.
func (db *DB) BlobRemovals(ctx context.Context) ([]string, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	keys := []string{}
	err = db.bun.NewSelect().Table("blob_removals").Column("storage_key").Where("organisation = ?", org).
		OrderExpr("storage_key").Limit(MaxLimit).Scan(ctx, &keys)
	return keys, translate(err)
}

// BlobRemoved forgets a blob that is gone.
func (db *DB) BlobRemoved(ctx context.Context, key string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Table("blob_removals").Where("organisation = ?", org).Where("storage_key = ?", key).Exec(ctx)
		return err
	})
}

// upsertRecordings stores recordings as they are now; one of another organisation, or one that is sealed, is left alone.
var upsertRecordings = &statement[Recording]{
	name: "upsert recordings",
	head: "INSERT INTO recordings AS recording (" + recordColumns + ", call_id, status, storage_key, channels, started_at," +
		" duration_seconds, size, checksum, is_primary, gaps, reason) VALUES",
	columns: 17,
	tail: " ON CONFLICT (id) DO UPDATE SET version = recording.version + 1, " +
		replacing("updated_at", "status", "duration_seconds", "size", "checksum", "gaps", "reason") +
		" WHERE recording.organisation = EXCLUDED.organisation AND NOT recording.sealed",
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
