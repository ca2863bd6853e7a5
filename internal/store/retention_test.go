package store

import (
	"encoding/json"
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
				group.Writer(one.org).Outcome(CallOutcome{Call: call, Agent: one.agents[0].ID, Queue: one.queue.ID, Outcome: "sold", At: at})
			}
		}
		kept := Recording{Call: id.Call(string(w.org) + "b"), Status: "available", StorageKey: "k.live", StartedAt: day.AddDate(0, 0, 1)}
		kept.ID = "r"
		check(t, db.SetTag(w.ctx, &Tag{Call: id.Call(string(w.org) + "a"), Key: "vip"}))
		check(t, db.SetTag(w.ctx, &Tag{Call: kept.Call, Recording: kept.ID, Key: "vip"}))
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
		note := CallNote{Call: id.Call(string(w.org) + "a"), Author: "ann", Text: "Wants a refund"}
		check(t, db.WriteCallNote(w.ctx, &note, false))
		note.Text = "Had it"
		check(t, db.WriteCallNote(w.ctx, &note, false))
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
		outcomes, err := db.bun.NewSelect().Table("call_outcomes").Where("organisation = ?", w.org).Count(w.ctx)
		check(t, err)
		same(t, "outcomes", outcomes, 2)
		wiped, err := db.CallNote(w.ctx, note.Call)
		check(t, err)
		same(t, "notes", wiped.Version, 0)
		edits, err := db.CallNoteEdits(w.ctx, note.Call)
		check(t, err)
		same(t, "edits of notes", len(edits), 0)
		tags, err := db.bun.NewSelect().Table("tags").Where("organisation = ?", w.org).Count(w.ctx)
		check(t, err)
		same(t, "tags", tags, 1)
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

// TestExpiredSamples takes the samples of sound quality out of old records and their events, of this organisation alone, and leaves the rest.
func TestExpiredSamples(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		group := start(t, db, GroupCommitConfig{})
		for n, status := range []string{"ended", "active", "ended", "ended"} {
			at := day.AddDate(0, 0, n)
			for _, one := range []*world{w, other} {
				call := id.Call(string(one.org) + status + at.Format("2"))
				whole := `{"legs":[{"from":{"chart":{"at":[5]}}}]}`
				if n == 2 {
					whole = `{"legs":[{"from":null}]}`
				}
				group.Writer(one.org).Record(CallRow{Record: Record[id.Call]{ID: call}, Status: status, ArrivedAt: at,
					Queues: []CallQueue{}, Agents: []CallAgent{}, Whole: []byte(whole)})
				group.Writer(one.org).Events(call, []CallEvent{{Seq: 1, At: at, Kind: "began", Content: []byte("{}")}, {Seq: 2, At: at, Kind: "sampled"}})
				group.Writer(one.org).Events(call, []CallEvent{{Seq: 3, At: at, Kind: "sampled"}})
				group.Writer(one.org).Events(call, []CallEvent{{Seq: 4, At: at.Add(time.Microsecond), Kind: "finished"}})
			}
		}
		check(t, group.Close(t.Context()))
		before := day.AddDate(0, 0, 3)
		due, err := db.ExpiredSamples(w.ctx, before)
		check(t, err)
		same(t, "due", due, Expired{1, day, day})
		less := Unsampled{Event: "sampled", Record: func(json.RawMessage) (json.RawMessage, error) { return json.RawMessage(`{"less":true}`), nil }}
		gone, err := db.DeleteExpiredSamples(w.ctx, before, less)
		check(t, err)
		same(t, "gone", gone, due)
		again, err := db.DeleteExpiredSamples(w.ctx, before, less)
		check(t, err)
		same(t, "gone again", again, Expired{})
		for _, one := range []struct {
			world  *world
			whole  string
			events []string
		}{
			{w, `{"less":true}`, []string{"1 00.000000 began {}", "4 00.000001 finished "}},
			{other, `{"legs":[{"from":{"chart":{"at":[5]}}}]}`, []string{"1 00.000000 began {}", "2 00.000000 sampled ", "3 00.000000 sampled ", "4 00.000001 finished "}},
		} {
			call := id.Call(string(one.world.org) + "ended1")
			row, err := db.Call(one.world.ctx, call, Scope{All: true})
			check(t, err)
			same(t, "record", string(row.Whole), one.whole)
			same(t, "events", eventsOf(t, db, one.world, call), one.events)
		}
	})
}

// TestAgedMessages lists messages by their age, the oldest first, of this organisation alone.
func TestAgedMessages(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		w.left(t, db, "sales", "a", "b", "c")
		w.left(t, db, "ann", "d")
		other.left(t, db, "sales", "x")
		first := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
		aged, err := db.AgedMessages(w.ctx, first.Add(2*time.Minute), AgedMessage{})
		check(t, err)
		same(t, "aged", aged, []AgedMessage{{"a", "sales", first}, {"d", "ann", first}, {"b", "sales", first.Add(time.Minute)}})
		aged, err = db.AgedMessages(w.ctx, first.Add(2*time.Minute), aged[0])
		check(t, err)
		same(t, "after the first", len(aged), 2)
	})
}
