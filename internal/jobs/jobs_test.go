package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/testdb"
)

// world is a runner with a clock of its own over a real database.
type world struct {
	*Runner
	t   *testing.T
	ctx context.Context
	at  time.Time
}

func newWorld(t *testing.T) *world {
	db, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	org := store.NewOrganisation("Acme", "BE")
	check(t, db.CreateOrganisation(t.Context(), &org))
	w := &world{t: t, ctx: store.WithOrg(t.Context(), org.ID), at: time.Now().Truncate(time.Second).Add(time.Hour)}
	w.Runner = New(Config{
		DB: db, Orgs: func() []id.Org { return []id.Org{org.ID} }, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return w.at },
	})
	return w
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// after sweeps when so much time has passed.
func (w *world) after(d time.Duration) time.Duration {
	w.at = w.at.Add(d)
	return w.sweep(w.ctx).Sub(w.at)
}

// TestRetry: a job that fails is done again, later each time, until it works; one that cannot work is given up, and so is one
// that never did.
func TestRetry(t *testing.T) {
	w := newWorld(t)
	fails := 3
	var done []string
	w.Handle("notice", func(ctx context.Context, job store.Job) error {
		if _, err := store.OrgOf(ctx); err != nil {
			return err
		}
		done = append(done, job.Subject)
		switch {
		case job.Subject == "hopeless":
			return fmt.Errorf("%w: no such address", ErrFinal)
		case job.Subject == "broken" && job.Attempts == 1:
			panic("broken")
		case job.Subject == "slow" && job.Attempts <= fails:
			return errors.New("nobody listens")
		}
		return nil
	})
	check(t, w.DB.AddJob(w.ctx, &store.Job{Kind: "notice", Subject: "slow"}))
	next := w.after(0)
	if next != firstRetry {
		t.Fatalf("tried again in %s", next)
	}
	w.after(firstRetry - time.Second)
	w.after(time.Second)
	w.after(2*firstRetry - time.Second)
	w.after(time.Second)
	w.after(4 * firstRetry)
	w.after(lastRetry)
	if want := []string{"slow", "slow", "slow", "slow"}; !slices.Equal(done, want) {
		t.Fatal(done)
	}
	done = nil
	for _, subject := range []string{"hopeless", "broken"} {
		check(t, w.DB.AddJob(w.ctx, &store.Job{Kind: "notice", Subject: subject}))
	}
	w.gate = make(chan struct{}, 1) // one after the other
	w.after(0)
	w.after(firstRetry)
	w.after(giveUp)
	if want := []string{"hopeless", "broken", "broken"}; !slices.Equal(done, want) {
		t.Fatal(done)
	}
	done, fails, w.at = nil, 1000, time.Now()
	check(t, w.DB.AddJob(w.ctx, &store.Job{Kind: "notice", Subject: "slow"}))
	for range 200 {
		w.after(lastRetry)
	}
	if len(done) < 40 || len(done) > 60 {
		t.Fatalf("tried %d times before it was given up", len(done))
	}
}

// TestDaily does it once at its time, catches up after a pause, and again after a failure.
func TestDaily(t *testing.T) {
	w := newWorld(t)
	w.at = time.Date(2099, 11, 21, 10, 0, 0, 0, time.UTC)
	var done []string
	var fault error
	w.Daily("clean", 3*time.Hour, func(_ context.Context, now time.Time) error {
		done = append(done, now.Format("2T15:04"))
		return fault
	})
	for range 60 {
		w.after(time.Hour)
	}
	if want := []string{"21T11:00", "22T03:00", "23T03:00"}; !slices.Equal(done, want) {
		t.Fatal(done)
	}
	done, fault = nil, errors.New("not today")
	w.at = time.Date(2099, 12, 1, 12, 0, 0, 0, time.UTC)
	w.after(0)
	fault = nil
	w.after(firstRetry)
	w.after(time.Hour)
	if want := []string{"1T12:00", "1T12:00"}; !slices.Equal(done, want) {
		t.Fatal(done)
	}
}

// TestRun does what it is woken for, after the database has it, and a job of a process that was killed in the middle.
func TestRun(t *testing.T) {
	w := newWorld(t)
	w.Now = time.Now
	group := w.DB.StartGroupCommit(store.GroupCommitConfig{Every: time.Millisecond})
	w.Settled = group.Flush
	org, _ := store.OrgOf(w.ctx)
	check(t, w.DB.AddJob(w.ctx, &store.Job{Kind: "notice", Subject: "left over", DueAt: time.Now().Add(-2 * lease)}))
	taken, err := w.DB.TakeJobs(w.ctx, []string{"notice"}, time.Now().Add(-2*lease), lease)
	if err != nil || len(taken) != 1 {
		t.Fatal(taken, err)
	}
	heard := make(chan store.Job)
	w.Handle("notice", func(_ context.Context, job store.Job) error { heard <- job; return nil })
	ctx, cancel := context.WithCancel(t.Context())
	var run sync.WaitGroup
	run.Go(func() { w.Run(ctx) })
	if job := <-heard; job.Subject != "left over" || job.Attempts != 2 {
		t.Errorf("%+v", job)
	}
	group.Writer(org).Job(store.Job{Kind: "notice", Subject: "new"})
	w.Wake()
	if job := <-heard; job.Subject != "new" {
		t.Errorf("%+v", job)
	}
	cancel()
	run.Wait()
	check(t, group.Close(t.Context()))
}

// TestNightsOfThePlace has what is daily done at night where the organisation is, on days of 23 and 25 hours too.
func TestNightsOfThePlace(t *testing.T) {
	brussels, err := time.LoadLocation("Europe/Brussels")
	check(t, err)
	for day, want := range map[string]string{
		"2026-11-21T12:00": "2026-11-22T02:00", "2026-11-21T00:59": "2026-11-21T02:00", "2026-11-21T02:00": "2026-11-22T02:00",
		"2026-03-28T12:00": "2026-03-29T01:00", "2026-10-24T12:00": "2026-10-25T02:00", "2026-10-25T23:00": "2026-10-26T02:00",
	} {
		now, err := time.Parse("2006-01-02T15:04", day)
		check(t, err)
		if got := nextAt(now.In(brussels), 3*time.Hour).Format("2006-01-02T15:04"); got != want {
			t.Errorf("after %s: %s, want %s", day, got, want)
		}
	}
}
