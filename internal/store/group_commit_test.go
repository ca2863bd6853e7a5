package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/internal/id"
)

// stall holds the database so that no other transaction can write, until release.
func stall(t *testing.T, db *DB) (release func()) {
	t.Helper()
	tx, err := db.bun.BeginTx(context.Background(), nil)
	check(t, err)
	if !db.IsSQLite() { // SQLite's BEGIN IMMEDIATE holds the whole database
		_, err = tx.ExecContext(t.Context(), "LOCK TABLE journal, calls, call_events IN ACCESS EXCLUSIVE MODE")
		check(t, err)
	}
	release = sync.OnceFunc(func() { check(t, tx.Rollback()) })
	t.Cleanup(release)
	return release
}

// heard collects what a GroupCommit reports.
type heard struct {
	mu     sync.Mutex
	errors []error
	first  chan struct{}
}

func listen() *heard { return &heard{first: make(chan struct{})} }

func (h *heard) failed(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.errors) == 0 {
		close(h.first)
	}
	h.errors = append(h.errors, err)
}

func (h *heard) lost() (all []LostError) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, err := range h.errors {
		if lost := new(LostError); errors.As(err, &lost) {
			all = append(all, *lost)
		}
	}
	return all
}

func start(t *testing.T, db *DB, cfg GroupCommitConfig) *GroupCommit {
	t.Helper()
	group := db.StartGroupCommit(cfg)
	t.Cleanup(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_ = group.Close(ctx) // the test has flushed what it wanted stored
	})
	return group
}

func journalOf(t *testing.T, db *DB, w *world) map[string]string {
	t.Helper()
	entries, err := db.Journal(w.ctx)
	check(t, err)
	states := map[string]string{}
	for _, entry := range entries {
		states[entry.Address] = string(entry.State)
	}
	return states
}

// This goroutine holds the database while it calls the writer: if the writer waited for it, the test would never end.
func TestWriterNeverWaitsAndKeepsTheLatestState(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		group := start(t, db, GroupCommitConfig{})
		writer := group.Writer(w.org)
		release := stall(t, db)
		var callers sync.WaitGroup
		for n := range 10 {
			callers.Go(func() {
				for i := range 1000 {
					writer.Save(fmt.Sprint("call/", n), "call", 1, fmt.Appendf(nil, `{"i":%d}`, i))
					writer.Record(CallRow{Record: Record[id.Call]{ID: id.Call(fmt.Sprint(n))}, ArrivedAt: now(), TalkTimeSeconds: i})
				}
			})
		}
		callers.Wait()
		same(t, "transactions while the database was held", group.Stats().Commits, 0)
		release()
		check(t, writer.Flush(t.Context()))
		states := journalOf(t, db, w)
		same(t, "entries", len(states), 10)
		for address, state := range states {
			same(t, address, state, `{"i":999}`)
		}
		page, err := db.Calls(w.ctx, CallFilter{}, Scope{All: true}, Range{})
		check(t, err)
		same(t, "calls", page.Total, 10)
		for _, call := range page.Rows {
			same(t, "talk time", call.TalkTimeSeconds, 999)
		}
		if stats := group.Stats(); stats.Rows > 40 || stats.Commits > 3 { // those of the first transaction, and the latest of each
			t.Fatalf("20,000 states of 20 things were written as %d rows in %d transactions", stats.Rows, stats.Commits)
		}
	})
}

func TestEventsKeepTheirOrderAndAreThereAfterFlush(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		writer := start(t, db, GroupCommitConfig{Every: time.Millisecond}).Writer(w.org)
		var callers sync.WaitGroup
		for n := range 4 {
			callers.Go(func() {
				for seq := 1; seq <= 1200; seq++ { // more than one statement takes
					event(writer, id.Call(fmt.Sprint(n)), seq, now(), fmt.Sprint("kind", seq), fmt.Appendf(nil, `{"call":%d}`, n))
				}
			})
		}
		callers.Wait()
		event(writer, "0", 7, now(), "said twice", nil)
		check(t, writer.Flush(t.Context()))
		for n := range 4 {
			events, err := db.CallEvents(w.ctx, id.Call(fmt.Sprint(n)))
			check(t, err)
			same(t, "events", len(events), 1200)
			for i, event := range events {
				same(t, "event", fmt.Sprint(event.Seq, event.Kind, string(event.Content)), fmt.Sprint(i+1, "kind", i+1, `{"call":`, n, `}`))
			}
		}
	})
}

func TestFailedTransactionIsTriedAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		hears := listen()
		group := start(t, db, GroupCommitConfig{Every: time.Millisecond, Failed: hears.failed})
		writer := group.Writer(w.org)
		rename := func(from, to string) {
			_, err := db.bun.ExecContext(t.Context(), "ALTER TABLE "+from+" RENAME TO "+to)
			check(t, err)
		}
		rename("call_events", "elsewhere")
		event(writer, "1", 1, now(), "arrived", nil) // first, as the next transaction may begin at any time
		writer.Save("call/1", "call", 1, []byte(`1`))
		<-hears.first
		same(t, "nothing of a failed transaction stays", len(journalOf(t, db, w)), 0)
		writer.Save("call/1", "call", 1, []byte(`2`))
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		err := writer.Flush(ended)
		refused(t, "flush that gives up", err, context.Canceled)
		if !contains(err.Error(), "call_events") {
			t.Fatalf("the reason is not told: %v", err)
		}
		rename("elsewhere", "call_events")
		check(t, writer.Flush(t.Context()))
		same(t, "journal", journalOf(t, db, w), map[string]string{"call/1": "2"})
		events, err := db.CallEvents(w.ctx, "1")
		check(t, err)
		same(t, "events", len(events), 1)
		same(t, "lost", len(hears.lost()), 0)
	})
}

func TestOneBadRowDoesNotSpoilTheOthers(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		hears := listen()
		group := start(t, db, GroupCommitConfig{Failed: hears.failed})
		good, bad := group.Writer(w.org), group.Writer("no such organisation")
		release := stall(t, db) // so that all of these come into one transaction, or two
		good.Save("call/1", "call", 1, []byte(`{"from":"\u0000"}`))
		bad.Save("call/2", "call", 1, []byte(`{}`))
		bad.Record(CallRow{Record: Record[id.Call]{ID: "2"}, ArrivedAt: now()})
		event(good, "1", 1, now(), "arrived\x00\xff", []byte(`{"name":"\u0000'"}`)) // as a stranger may send it
		good.Record(CallRow{Record: Record[id.Call]{ID: "1"}, ArrivedAt: now(), CustomerName: "\x00'\xc3("})
		release()
		check(t, good.Flush(t.Context()))
		same(t, "journal", journalOf(t, db, w), map[string]string{"call/1": `{"from":"\u0000"}`})
		events, err := db.CallEvents(w.ctx, "1")
		check(t, err)
		same(t, "events", len(events), 1)
		_, err = db.Call(w.ctx, "1", Scope{All: true})
		check(t, err)
		lost := hears.lost()
		same(t, "lost", len(lost), 2)
		refused(t, "cause", lost[0].Cause, ErrUnknownRef)
		same(t, "counted", group.Stats().Lost, 2)
	})
}

func TestBacklogIsBounded(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		hears := listen()
		group := start(t, db, GroupCommitConfig{MaxBytes: 200 * rowCost, Failed: hears.failed})
		writer := group.Writer(w.org)
		release := stall(t, db)
		for seq := range 1000 {
			event(writer, "1", seq, now(), "tick", nil)
		}
		if waiting := group.Stats().Waiting; waiting > 200 {
			t.Fatalf("%d rows wait", waiting)
		}
		release()
		check(t, writer.Flush(t.Context()))
		check(t, group.Close(t.Context()))
		events, err := db.CallEvents(w.ctx, "1")
		check(t, err)
		reported := 0
		for _, lost := range hears.lost() {
			reported += lost.Rows
		}
		same(t, "stored and reported as lost", len(events)+reported, 1000)
		if len(events) < 100 {
			t.Fatalf("only %d events", len(events))
		}
	})
}

func TestRemoveAndRestoreByAnotherProgram(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		group := start(t, db, GroupCommitConfig{})
		writer := group.Writer(w.org)
		state := []byte(`{"n":1}`)
		for _, address := range []string{"call/ended", "call/again", "call/live", "station/ann"} {
			writer.Save(address, "call", 3, state)
		}
		copy(state, "garbage") // the caller may use its buffer again
		check(t, writer.Flush(t.Context()))
		writer.Remove("call/ended")
		writer.Remove("call/never was")
		writer.Remove("call/again")
		writer.Save("call/again", "call", 3, []byte(`{"n":2}`))
		check(t, writer.Flush(t.Context()))
		want := map[string]string{"call/again": `{"n":2}`, "call/live": `{"n":1}`, "station/ann": `{"n":1}`}
		same(t, "journal", journalOf(t, db, w), want)

		check(t, group.Close(t.Context()))
		check(t, group.Close(t.Context()))
		writer.Save("call/late", "call", 3, state) // must neither panic nor wait
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		refused(t, "flush after the end", writer.Flush(ctx), errClosed)
	})
}

// A second program opens what the first has flushed but never closed, as after a crash.
func TestFlushedIsThereForTheNextProgram(t *testing.T) {
	dir := t.TempDir()
	first := openIn(t, dir)
	check(t, first.Migrate(t.Context()))
	w := newWorld(t, first, 1)
	writer := start(t, first, GroupCommitConfig{}).Writer(w.org)
	writer.Save("call/1", "call", 7, []byte(`{"stage":"queued"}`))
	check(t, writer.Flush(t.Context()))
	second := openIn(t, dir)
	check(t, second.Migrate(t.Context()))
	entries, err := second.Journal(w.ctx)
	check(t, err)
	same(t, "state", string(entries[0].State), `{"stage":"queued"}`)
	same(t, "version", entries[0].Version, 7)
}

func TestCloseGivesUpOnAStalledDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		group := db.StartGroupCommit(GroupCommitConfig{})
		release := stall(t, db)
		group.Writer(w.org).Save("call/1", "call", 1, []byte(`{}`))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		refused(t, "close", group.Close(ctx), context.Canceled)
		release()
	})
}

// Both write at once; nobody hears "database is locked".
func TestPeopleAndJournalWriteAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		hears := listen()
		writer := start(t, db, GroupCommitConfig{Every: time.Millisecond, Failed: hears.failed}).Writer(w.org)
		var callers sync.WaitGroup
		for n := range 4 {
			callers.Go(func() {
				for i := range 25 {
					event(writer, id.Call(fmt.Sprint(n)), i, now(), "tick", nil)
					if err := db.SetSetting(w.ctx, fmt.Sprint("s", n), fmt.Sprint(i)); err != nil {
						t.Error(err)
					}
					if _, err := db.Queues(w.ctx, Range{}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		callers.Wait()
		check(t, writer.Flush(t.Context()))
		same(t, "failures", slices.Clone(hears.errors), nil)
	})
}

func BenchmarkEvents(b *testing.B) {
	for name, url := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return postgres.database(b) }} {
		b.Run(name, func(b *testing.B) {
			db := openTest(b, url())
			w := newWorld(b, db, 1)
			group := db.StartGroupCommit(GroupCommitConfig{})
			writer := group.Writer(w.org)
			content := []byte(`{"party":"0194d7a2-4c1e-7000-8000-000000000001.p1","stage":"active","cause":16}`)
			b.ResetTimer()
			for i := range b.N {
				event(writer, "0194d7a2-4c1e-7000-8000-000000000001", i, now(), "joined", content)
				writer.Save(fmt.Sprint("call/", i%300), "call", 1, content)
			}
			check(b, group.Close(b.Context()))
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
			same(b, "lost", group.Stats().Lost, 0)
		})
	}
}
