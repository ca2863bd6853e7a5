package store

import (
	"testing"
	"time"

	"parley/internal/id"
)

// TestExpired counts and deletes records of calls and entries of the audit log by their age, and finds recordings by theirs.
func TestExpired(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		group := start(t, db, GroupCommitConfig{})
		for n, which := range []id.Call{"a", "b", "c", "d"} {
			at := day.AddDate(0, 0, n)
			for _, one := range []*world{w, other} {
				call := id.Call(string(one.org) + string(which))
				group.Writer(one.org).Record(CallRow{Record: Record[id.Call]{ID: call}, Status: "ended", ArrivedAt: at,
					Queues: []CallQueue{{ID: one.queue.ID}}, Agents: []CallAgent{{ID: one.agents[0].ID}}})
				group.Writer(one.org).Events(call, []CallEvent{{Call: call, Seq: 1, At: at, Kind: "began", Content: []byte("{}")}})
			}
		}
		kept := Recording{Call: id.Call(string(w.org) + "b"), Status: "available", StorageKey: "k.live", StartedAt: day.AddDate(0, 0, 1)}
		kept.ID = "r"
		group.Writer(w.org).Recording(kept)
		check(t, group.Close(t.Context()))
		before := day.AddDate(0, 0, 3)
		due, err := db.ExpiredCalls(w.ctx, before)
		check(t, err)
		same(t, "due", due, Expired{2, day, day.AddDate(0, 0, 2)})
		aged, err := db.AgedRecordings(w.ctx, before, Aged{})
		check(t, err)
		same(t, "aged", len(aged), 1)
		same(t, "its queues", aged[0].Queues[0].ID, w.queue.ID)
		rest, err := db.AgedRecordings(w.ctx, before, aged[0])
		check(t, err)
		same(t, "after it", len(rest), 0)
		gone, err := db.DeleteExpiredCalls(w.ctx, before)
		check(t, err)
		same(t, "gone", gone, due)
		none, err := db.DeleteExpiredCalls(w.ctx, before)
		check(t, err)
		same(t, "gone again", none, Expired{})
		for _, one := range []struct {
			world *world
			calls int
		}{{w, 2}, {other, 4}} {
			page, err := db.Calls(one.world.ctx, CallFilter{Queues: []id.Queue{one.world.queue.ID}}, Scope{All: true}, Range{})
			check(t, err)
			same(t, "calls", page.Total, one.calls)
		}
		events, err := db.CallEvents(w.ctx, id.Call(string(w.org)+"a"))
		check(t, err)
		same(t, "events", len(events), 0)
		check(t, db.Audit(w.ctx, &AuditEntry{Action: "queue updated"}))
		entries, err := db.ExpiredAudit(w.ctx, now().Add(time.Minute))
		check(t, err)
		dropped, err := db.DeleteExpiredAudit(w.ctx, now().Add(time.Minute))
		check(t, err)
		same(t, "audit", dropped, entries)
		left, err := db.ExpiredAudit(w.ctx, now().Add(time.Minute))
		check(t, err)
		same(t, "audit left", left, Expired{})
	})
}
