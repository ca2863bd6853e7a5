package store

import "testing"

// TestQueueResets keeps when figures were zeroed last, who did it, and each organisation's by itself.
func TestQueueResets(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		check(t, db.ResetQueue(w.ctx, w.queue.ID, &AuditEntry{Action: "zeroed"}))
		between := now()
		check(t, db.ResetQueue(w.ctx, w.queue.ID, &AuditEntry{Action: "zeroed"}))
		kept, err := db.QueueResets(w.ctx)
		check(t, err)
		if at := kept[w.queue.ID]; len(kept) != 1 || at.Before(between) {
			t.Errorf("kept: %v, not after %s", kept, between)
		}
		said, err := db.AuditOf(w.ctx, AuditQuery{Text: "zeroed"})
		check(t, err)
		same(t, "entries", said.Total, 2)
		refused(t, "queue of another organisation", db.ResetQueue(other.ctx, w.queue.ID, &AuditEntry{Action: "zeroed"}), ErrNotFound)
		kept, err = db.QueueResets(other.ctx)
		check(t, err)
		same(t, "of the other organisation", len(kept), 0)
	})
}
