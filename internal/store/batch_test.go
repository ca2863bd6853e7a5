package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// hold stores what one batch would, without the goroutine of a GroupCommit, so that a test knows what is in one transaction.
func hold(t *testing.T, db *DB, put ...func(*batch)) (rows int) {
	t.Helper()
	b := newBatch()
	for _, one := range put {
		one(b)
	}
	saved, removed := b.splitJournal(&db.past)
	check(t, db.write(t.Context(), func(ctx context.Context, tx bun.Tx) error { return b.store(ctx, db, tx) }))
	db.past.stored(b)
	return len(saved) + len(removed)
}

func TestJournalEntryThatCameAndWentIsNotWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		save := func(address string) func(*batch) {
			entry := &JournalEntry{Org: w.org, Address: address, State: json.RawMessage(`{}`), UpdatedAt: now()}
			return func(b *batch) { b.setJournal(journalKey{w.org, address}, entry) }
		}
		remove := func(address string) func(*batch) {
			return func(b *batch) { b.setJournal(journalKey{w.org, address}, nil) }
		}
		same(t, "rows of a short call", hold(t, db, save("call/1"), remove("call/1")), 0)
		same(t, "saved", hold(t, db, save("call/2")), 1)
		same(t, "saved again and removed", hold(t, db, save("call/2"), remove("call/2"), save("call/2"), remove("call/2")), 1)
		same(t, "journal", journalOf(t, db, w), map[string]string{})
		same(t, "saved last", hold(t, db, save("call/3"), remove("call/3"), save("call/3")), 1)
		same(t, "journal", journalOf(t, db, w), map[string]string{"call/3": "{}"})
		db.past = past{} // as in the next program
		hold(t, db, save("call/4"), remove("call/4"))
		same(t, "left by an earlier program", hold(t, db, save("call/3"), remove("call/3")), 1)
		same(t, "journal", journalOf(t, db, w), map[string]string{})
	})
}

// The first batch of a program must know what an earlier one has left even when it is the one that removes it.
func TestFirstBatchRemovesWhatAnEarlierProgramLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		group := start(t, db, GroupCommitConfig{})
		group.Writer(w.org).Save("station/ann", "station", 1, []byte(`{}`))
		check(t, group.Close(t.Context()))
		db.past = past{}
		group = start(t, db, GroupCommitConfig{})
		release := stall(t, db)
		group.Writer(w.org).Save("call/first", "call", 1, []byte(`{}`)) // may be a batch alone
		group.Writer(w.org).Save("station/ann", "station", 1, []byte(`{}`))
		group.Writer(w.org).Remove("station/ann")
		release()
		check(t, group.Close(t.Context()))
		same(t, "journal", journalOf(t, db, w), map[string]string{"call/first": "{}"})
	})
}

func TestBacklogCountsTheLatestStateOnly(t *testing.T) {
	b := newBatch()
	buffer := []byte("a first, long state")
	for _, state := range []string{"a first, long state", "short", "a state that is longer than both before it"} {
		buffer = append(buffer[:0], state...)
		b.saveJournal(JournalEntry{Address: "call/1", State: buffer})
		copy(buffer, "garbage") // the caller may use its buffer again
		same(t, "state", string(b.journal[journalKey{"", "call/1"}].State), state)
		same(t, "bytes", b.bytes, rowCost+len(state))
	}
	b.setJournal(journalKey{"", "call/1"}, nil)
	same(t, "bytes when removed", b.bytes, rowCost)
	b.saveJournal(JournalEntry{Address: "call/1", State: buffer})
	same(t, "the mark of what came and went", len(passing.State), 0)
	same(t, "bytes when it came again", b.bytes, rowCost+len(buffer))
}

func TestPartsOfACallAreStoredWhenTheyChange(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		record := func(status string, agents ...CallAgent) CallRow {
			return CallRow{Record: Record[id.Call]{ID: "1", Org: w.org, CreatedAt: now(), UpdatedAt: now(), Version: 1}, Status: status,
				Queues: []CallQueue{{ID: w.queue.ID}}, Agents: agents, ArrivedAt: now()}
		}
		for _, step := range []struct {
			row            CallRow
			queues, agents int
		}{
			{record("new"), 1, 0},
			{record("ringing", CallAgent{ID: w.agents[0].ID}), 0, 1},
			{record("active", CallAgent{ID: w.agents[0].ID, Answered: true}), 0, 0},
			{record("active", CallAgent{ID: w.agents[0].ID}, CallAgent{ID: w.agents[1].ID}), 0, 2},
			{record("ended", CallAgent{ID: w.agents[0].ID}, CallAgent{ID: w.agents[1].ID}), 0, 0},
		} {
			queues, agents := db.past.newParts([]CallRow{step.row})
			same(t, step.row.Status, []int{len(queues), len(agents)}, []int{step.queues, step.agents})
			hold(t, db, func(b *batch) { b.setCall(&step.row) })
		}
		same(t, "remembered of calls that ended", len(db.past.parts), 0)
		for _, agent := range w.agents {
			page, err := db.Calls(w.ctx, CallFilter{Agents: []id.Agent{agent.ID}, Queues: []id.Queue{w.queue.ID}}, Scope{All: true}, Range{})
			check(t, err)
			same(t, "found by queue and agent", page.Total, 1)
			same(t, "version", page.Rows[0].Version, 5)
		}
	})
}

// BenchmarkCalls writes what calls of a fifth of a second write: twenty of them at once, in four transactions.
func BenchmarkCalls(b *testing.B) {
	for name, url := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return postgres.database(b) }} {
		b.Run(name, func(b *testing.B) {
			db := openTest(b, url())
			w := newWorld(b, db, 1)
			group := db.StartGroupCommit(GroupCommitConfig{Every: time.Nanosecond})
			used := processTime(b)
			b.ReportAllocs()
			b.ResetTimer()
			for first := 0; first < b.N; first += 20 {
				for stage := range 4 {
					for n := first; n < min(first+20, b.N); n++ {
						writeStage(group.Writer(w.org), w, n, stage)
					}
					check(b, group.Flush(b.Context()))
				}
			}
			b.ReportMetric(float64((processTime(b)-used).Microseconds())/float64(b.N), "cpu-µs/call")
			check(b, group.Close(b.Context()))
			same(b, "lost", group.Stats().Lost, 0)
		})
	}
}

func writeStage(writer *Writer, w *world, n, stage int) {
	state := bytes.Repeat([]byte(`{"party":"0194d7a2-4c1e"}`), 160)
	call := id.Call(fmt.Sprintf("0194d7a2-4c1e-7000-8000-%012d", n))
	row := CallRow{Record: Record[id.Call]{ID: call}, Status: "active", From: "+32470111222", To: "+3225550001", ArrivedAt: now(),
		Agents: []CallAgent{{ID: w.agents[0].ID, Name: "Ann Ash"}}, Whole: state}
	for i := range 5 {
		event(writer, call, 5*stage+i, now(), "joined", state[:200])
		writer.Save("call/"+string(call), "call", 1, state)
		writer.Record(row)
	}
	if stage == 3 {
		writer.Remove("call/" + string(call))
	}
}
