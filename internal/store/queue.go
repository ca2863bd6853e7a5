package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/prompt"
)

// Queue is a waiting line (QU-1), with the fields that are in use so far. Its members are stored apart.
type Queue struct {
	bun.BaseModel `bun:"table:queues,alias:queue"`
	Record[id.Queue]
	Name                string        `bun:"name" json:"name"`         // unique in the organisation
	Strategy            string        `bun:"strategy" json:"strategy"` // QU-5
	RingSeconds         int           `bun:"ring_seconds" json:"ring_seconds"`
	AutoPause           bool          `bun:"auto_pause" json:"auto_pause"`
	EntryGreeting       prompt.Prompt `bun:"entry_greeting" json:"entry_greeting"`
	HoldAudio           string        `bun:"hold_audio" json:"hold_audio"`             // empty: the organisation's
	MaxHoldSeconds      int           `bun:"max_hold_seconds" json:"max_hold_seconds"` // 0: no limit
	WrapUpSeconds       int           `bun:"wrap_up_seconds" json:"wrap_up_seconds"`
	ExtendedWrapSeconds *int          `bun:"extended_wrap_seconds" json:"extended_wrap_seconds,omitempty"` // nil: WrapUpSeconds
	MaxExtensions       int           `bun:"max_extensions" json:"max_extensions"`
	RecordCall          bool          `bun:"record_call" json:"record_call"`
	RecordingNotice     prompt.Prompt `bun:"recording_notice" json:"recording_notice"`
	WaitWarningSeconds  int           `bun:"wait_warning_seconds" json:"wait_warning_seconds"`
	WaitCriticalSeconds int           `bun:"wait_critical_seconds" json:"wait_critical_seconds"`
	SLPercent           int           `bun:"sl_percent" json:"sl_percent"`
	SLSeconds           int           `bun:"sl_seconds" json:"sl_seconds"`
	ShortAbandonSeconds int           `bun:"short_abandon_seconds" json:"short_abandon_seconds"`
	More                string        `bun:"more" json:"-"` // the rest, by Settings
}

// NewQueue has the defaults of table Queue.
func NewQueue(name string) Queue {
	return Queue{Name: name, Strategy: "longest_idle", RingSeconds: 20, AutoPause: true, MaxHoldSeconds: 600, WrapUpSeconds: 30,
		MaxExtensions: 2, WaitWarningSeconds: 60, WaitCriticalSeconds: 180, SLPercent: 80, SLSeconds: 20, ShortAbandonSeconds: 5}
}

// CreateQueue stores a new queue; a taken name gives a TakenError.
func (db *DB) CreateQueue(ctx context.Context, queue *Queue) error { return create(ctx, db, queue) }

// UpdateQueue stores a queue, or gives a StaleError or TakenError.
func (db *DB) UpdateQueue(ctx context.Context, queue *Queue) error { return update(ctx, db, queue) }

// Queue is the queue with this id, or ErrNotFound.
func (db *DB) Queue(ctx context.Context, queue id.Queue) (*Queue, error) {
	return find[Queue](ctx, db.bun, string(queue))
}

// Queues lists the queues, newest first.
func (db *DB) Queues(ctx context.Context, r Range) (Page[Queue], error) {
	return list[Queue](ctx, db, r)
}

// AllQueues is every queue by name, for the ACD.
func (db *DB) AllQueues(ctx context.Context) ([]Queue, error) {
	return all[Queue](ctx, db, "queue.name")
}

// DeleteQueue deletes a queue and its memberships; while a number leads to it, it gives an InUseError.
func (db *DB) DeleteQueue(ctx context.Context, queue id.Queue) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := refuseInUse(ctx, tx, numbersWhere("destination_kind = 'queue' AND destination_target = ?", queue)); err != nil {
			return err
		}
		return remove[Queue](ctx, tx, string(queue))
	})
}
