package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// QueueReset says when somebody zeroed the live figures of a queue last (QU-22).
type QueueReset struct {
	bun.BaseModel `bun:"table:queue_resets,alias:queue_reset"`
	Org           id.Org    `bun:"organisation" json:"-"`
	Queue         id.Queue  `bun:"queue_id" json:"queue"`
	At            time.Time `bun:"reset_at" json:"reset_at"`
}

// ResetQueue keeps that the figures of a queue begin anew now, together with the entry of the audit log that says by whom.
// A queue of another organisation is refused.
func (db *DB) ResetQueue(ctx context.Context, queue id.Queue, entry *AuditEntry) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	row := QueueReset{Org: org, Queue: queue, At: now()}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := find[Queue](ctx, tx, string(queue)); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).On("CONFLICT (organisation, queue_id) DO UPDATE").Set("reset_at = EXCLUDED.reset_at").Exec(ctx)
		if err != nil {
			return err
		}
		return insertAudit(ctx, tx, entry)
	})
}

// QueueResets is when the figures of each queue were zeroed last; queues that never were are not in it.
func (db *DB) QueueResets(ctx context.Context) (map[id.Queue]time.Time, error) {
	rows, err := all[QueueReset](ctx, db, "queue_id")
	if err != nil {
		return nil, err
	}
	at := map[id.Queue]time.Time{}
	for _, row := range rows {
		at[row.Queue] = row.At
	}
	return at, nil
}
