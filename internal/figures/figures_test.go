package figures

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/testdb"
)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is an organisation in Brussels with one agent, at a time that the test sets.
type world struct {
	*Books
	t     testing.TB
	ctx   context.Context
	org   id.Org
	agent id.Agent
	now   time.Time
}

func newWorld(t testing.TB) *world {
	ctx := t.Context()
	db, err := store.Open(ctx, store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(ctx))
	org := store.NewOrganisation("Acme", "BE")
	org.Timezone = "Europe/Brussels"
	check(t, db.CreateOrganisation(ctx, &org))
	w := &world{t: t, ctx: store.WithOrg(ctx, org.ID), org: org.ID}
	u := store.User{Email: "ann@example.com", FirstName: "Ann", LastName: "Ash"}
	check(t, db.CreateUser(w.ctx, &u, store.RoleAgent))
	a := store.NewAgent(u.ID, "200")
	check(t, db.CreateAgent(w.ctx, &a))
	w.agent = a.ID
	w.Books = &Books{DB: db, Sites: &site.Sites{DB: db}, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return w.now }}
	_, err = w.Sites.Reload(ctx, org.ID)
	check(t, err)
	return w
}

func (w *world) turns(events ...store.StatusEvent) {
	w.t.Helper()
	group := w.DB.StartGroupCommit(store.GroupCommitConfig{})
	for _, e := range events {
		group.Writer(w.org).StatusEvent(e)
	}
	check(w.t, group.Close(w.ctx))
}

func (w *world) turn(at time.Time, from, to string, seconds int) store.StatusEvent {
	effects := map[string]string{"available": "available", "offline": "unavailable", "unavailable": "unavailable"}
	return store.StatusEvent{
		ID: id.New[string](), Agent: w.agent, AgentKind: "human", Channel: "voice", PreviousStatus: from, NewStatus: to,
		PreviousEffect: effects[from], NewEffect: effects[to], Seconds: seconds, Trigger: "manual", At: at,
	}
}

// TestDaysAreKept: a day that is over is kept and read again as it was, until the organisation's days begin elsewhere.
func TestDaysAreKept(t *testing.T) {
	w := newWorld(t)
	noon := time.Date(2026, 11, 16, 11, 0, 0, 0, time.UTC)
	w.turns(w.turn(noon, "offline", "available", 0))
	w.now = noon.Add(time.Hour)
	monday := report.Day{Year: 2026, Month: 11, Date: 16}
	tracked := func(day report.Day) int {
		t.Helper()
		days, err := w.Agents(w.ctx, day, day)
		check(t, err)
		if len(days) != 1 {
			t.Fatalf("%+v", days)
		}
		return days[0].Tracked
	}
	if got := tracked(monday); got != 3600 {
		t.Fatalf("an hour after noon: %d s", got)
	}
	w.now = noon.Add(24 * time.Hour)
	check(t, w.Nightly(w.ctx, w.now))
	kept, err := w.DB.DayFigures(w.ctx, "agent", "2026-11-01", "2026-12-01")
	check(t, err)
	if len(kept) != 7+1 { // seven nights, and Ann's Monday
		t.Fatalf("%d rows are kept: %+v", len(kept), kept)
	}
	w.turns(w.turn(noon.Add(30*time.Minute), "available", "offline", 1800)) // nothing that comes so late is looked for
	if got := tracked(monday); got != 12*3600 {
		t.Errorf("kept: %d s", got)
	}
	org, err := w.DB.Organisation(w.ctx)
	check(t, err)
	org.Timezone = "Europe/London"
	check(t, w.DB.UpdateOrganisation(w.ctx, org))
	_, err = w.Sites.Reload(w.ctx, w.org)
	check(t, err)
	if got := tracked(monday); got != 1800 {
		t.Errorf("in London: %d s", got)
	}
	if days, err := w.Agents(w.ctx, monday.Plus(2), monday.Plus(9)); err != nil || len(days) != 0 {
		t.Errorf("days to come: %+v, %v", days, err)
	}
	if _, err := w.Agents(w.ctx, monday, monday.Plus(MostDays)); err == nil {
		t.Error("a range of more than a year was taken")
	}
}

// TestKeptIsWhatWasComputed compares a range read twice.
func TestKeptIsWhatWasComputed(t *testing.T) {
	w := newWorld(t)
	first := report.Day{Year: 2026, Month: 10, Date: 20}
	at := time.Date(2026, 10, 20, 5, 0, 0, 0, time.UTC)
	for n := range 40 {
		from, to := "offline", "available"
		if n%2 == 1 {
			from, to = to, from
		}
		w.turns(w.turn(at, from, to, 25200))
		at = at.Add(7 * time.Hour)
	}
	w.now = at.Add(48 * time.Hour)
	computed, err := w.Agents(w.ctx, first, first.Plus(14))
	check(t, err)
	kept, err := w.Agents(w.ctx, first, first.Plus(14))
	check(t, err)
	if len(computed) < 12 || !reflect.DeepEqual(computed, kept) {
		t.Errorf("\ncomputed %+v\nkept     %+v", computed, kept)
	}
}

// BenchmarkDays reads 30 days of 200 agents among 10⁶ changes of status: computed, and kept.
func BenchmarkDays(b *testing.B) {
	w := newWorld(b)
	start := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	group := w.DB.StartGroupCommit(store.GroupCommitConfig{})
	const events, agents = 1_000_000, 200
	for n := range events {
		e := w.turn(start.Add(time.Duration(n)*(80*24*time.Hour/events)), "offline", "available", 1000)
		if n/agents%2 == 1 {
			e = w.turn(e.At, "available", "offline", 1000)
		}
		e.Agent = id.Agent(fmt.Sprint("agent", n%agents))
		group.Writer(w.org).StatusEvent(e)
		if n%20_000 == 0 {
			check(b, group.Flush(w.ctx))
		}
	}
	check(b, group.Close(w.ctx))
	w.now = start.AddDate(0, 0, 80)
	first := report.Day{Year: 2026, Month: 10, Date: 1}
	b.Run("one day computed", func(b *testing.B) {
		s, err := w.place(w.ctx)
		check(b, err)
		for b.Loop() {
			_, err := w.agents(w.ctx, s, first, w.now)
			check(b, err)
		}
	})
	_, err := w.Agents(w.ctx, first, first.Plus(29))
	check(b, err)
	b.Run("30 days kept", func(b *testing.B) {
		for b.Loop() {
			_, err := w.Agents(w.ctx, first, first.Plus(29))
			check(b, err)
		}
	})
	b.Run("search by agent", func(b *testing.B) {
		for b.Loop() {
			_, err := w.DB.StatusEvents(w.ctx, store.StatusFilter{Agents: []id.Agent{"agent7"}}, store.Range{})
			check(b, err)
		}
	})
}
