// Package jobs does background work that must be done even after a restart, and what is due once a day. The store keeps what is to
// be done; this package does it, and again when it fails.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"parley/internal/id"
	"parley/internal/store"
)

// ErrFinal is an error after which a job is not tried again: wrap what a second attempt cannot mend.
var ErrFinal = errors.New("not tried again")

const (
	lease      = 5 * time.Minute // one attempt takes less
	firstRetry = 30 * time.Second
	lastRetry  = time.Hour
	giveUp     = 48 * time.Hour // after a job was asked for
	idle       = time.Minute    // how long jobs that nobody told of wait at most
	most       = 4              // jobs that are done at once
)

// Do does one job of a kind. The context names the organisation of the job.
type Do func(ctx context.Context, job store.Job) error

// Daily does what is due once a day for the context's organisation. It may be done twice after a crash.
type Daily func(ctx context.Context, now time.Time) error

// Config is what a Runner is made of.
type Config struct {
	DB   *store.DB
	Orgs func() []id.Org
	// Settled waits until what was given to the database before is stored.
	Settled func(ctx context.Context) error
	Log     *slog.Logger
	Now     func() time.Time
	// Place is where an organisation's days begin; nil: at UTC.
	Place func(org id.Org) *time.Location
}

// Runner does the jobs of every organisation of this machine. Every kind is named before Run.
type Runner struct {
	Config
	kinds []string
	daily []string // kinds that are due once a day
	do    map[string]Do
	wake  chan struct{}
	gate  chan struct{}
}

// New gives a runner that knows no kind of job yet.
func New(c Config) *Runner {
	return &Runner{Config: c, do: map[string]Do{}, wake: make(chan struct{}, 1), gate: make(chan struct{}, most)}
}

// Handle says how jobs of a kind are done.
func (r *Runner) Handle(kind string, do Do) {
	r.kinds, r.do[kind] = append(r.kinds, kind), do
}

// dailySubject is that of what is due once a day.
const dailySubject = "daily"

// Daily has something done once a day, at so much time after midnight at the organisation; when the program did not run then, as soon as it does.
func (r *Runner) Daily(name string, at time.Duration, do Daily) {
	r.daily = append(r.daily, name)
	r.Handle(name, func(ctx context.Context, job store.Job) error {
		now := r.Now()
		if err := do(ctx, now); err != nil {
			return err
		}
		return again{nextAt(now.In(r.place(job.Org)), at)}
	})
}

// again puts a job that was done off to its next time.
type again struct{ at time.Time }

func (again) Error() string { return "done, and due again" }

func (r *Runner) place(org id.Org) *time.Location {
	if r.Place == nil {
		return time.UTC
	}
	return r.Place(org)
}

// nextAt is the next time that the clock of now shows so much after midnight, also on days on which clocks are changed.
func nextAt(now time.Time, at time.Duration) time.Time {
	year, month, day := now.Date()
	for ; ; day++ {
		if next := time.Date(year, month, day, 0, 0, 0, int(at), now.Location()); next.After(now) {
			return next.UTC()
		}
	}
}

// Wake has jobs looked for that were just stored or given to the database. It never waits.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run does jobs until ctx ends, and returns when the last one has.
func (r *Runner) Run(ctx context.Context) {
	for ctx.Err() == nil {
		next := r.sweep(ctx)
		timer := time.NewTimer(min(max(next.Sub(r.Now()), time.Second), idle))
		select {
		case <-r.wake:
			r.settle(ctx)
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

func (r *Runner) settle(ctx context.Context) {
	if r.Settled == nil {
		return
	}
	if err := r.Settled(ctx); err != nil && ctx.Err() == nil {
		r.Log.Error("jobs wait, since the database takes nothing", "err", err)
	}
}

// sweep does everything that is due and tells when the next is.
func (r *Runner) sweep(ctx context.Context) (next time.Time) {
	var work sync.WaitGroup
	next = r.Now().Add(idle)
	for _, org := range r.Orgs() {
		inside := store.WithOrg(ctx, org)
		if err := r.plan(inside); err != nil {
			r.complain(ctx, org, err)
			continue
		}
		jobs, err := r.DB.TakeJobs(inside, r.kinds, r.Now(), lease)
		if err != nil {
			r.complain(ctx, org, err)
			continue
		}
		for _, job := range jobs {
			r.gate <- struct{}{}
			work.Go(func() {
				defer func() { <-r.gate }()
				r.one(inside, job)
			})
		}
	}
	work.Wait()
	for _, org := range r.Orgs() {
		at, err := r.DB.NextJob(store.WithOrg(ctx, org), r.kinds)
		if err == nil && at.Before(next) {
			next = at
		}
	}
	return next
}

// plan makes sure that what is done daily is in the table.
func (r *Runner) plan(ctx context.Context) error {
	for _, kind := range r.daily {
		if err := r.DB.AddJob(ctx, &store.Job{Kind: kind, Subject: dailySubject, DueAt: r.Now()}); err != nil {
			return err
		}
	}
	return nil
}

func (r *Runner) complain(ctx context.Context, org id.Org, err error) {
	if ctx.Err() == nil {
		r.Log.Error("jobs not looked for", "org", org, "err", err)
	}
}

// one does one job and notes what came of it.
func (r *Runner) one(ctx context.Context, job store.Job) {
	err := r.attempt(ctx, job)
	if ctx.Err() != nil {
		return // the next process takes it when its lease is over
	}
	if next := (again{}); errors.As(err, &next) {
		r.note(job, r.DB.JobPutOff(ctx, job.ID, next.at, ""))
		return
	}
	wait := min(firstRetry<<min(job.Attempts-1, 10), lastRetry)
	switch {
	case err == nil:
		r.note(job, r.DB.JobDone(ctx, job.ID))
	case errors.Is(err, ErrFinal), r.Now().Sub(job.CreatedAt) > giveUp && job.Subject != dailySubject:
		r.Log.Error("job given up", "kind", job.Kind, "subject", job.Subject, "attempts", job.Attempts, "err", err)
		r.note(job, r.DB.JobDone(ctx, job.ID))
	default:
		r.Log.Warn("job failed and is tried again", "kind", job.Kind, "subject", job.Subject, "again_in", wait, "err", err)
		r.note(job, r.DB.JobPutOff(ctx, job.ID, r.Now().Add(wait), err.Error()))
	}
}

func (r *Runner) note(job store.Job, err error) {
	if err != nil {
		r.Log.Error("outcome of a job not stored: it is done again", "kind", job.Kind, "subject", job.Subject, "err", err)
	}
}

// attempt survives a panic of the job.
func (r *Runner) attempt(ctx context.Context, job store.Job) (err error) {
	ctx, cancel := context.WithTimeout(ctx, lease-time.Minute)
	defer cancel()
	defer func() {
		if broken := recover(); broken != nil {
			r.Log.Error("job broke", "kind", job.Kind, "subject", job.Subject, "err", broken, "stack", string(debug.Stack()))
			err = fmt.Errorf("job broke: %v", broken)
		}
	}()
	return r.do[job.Kind](ctx, job)
}
