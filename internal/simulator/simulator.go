// Package simulator runs the ACD through its owner in virtual time against callers, agents and their devices that act by
// chance, while an auditor checks the promises of BX-7 after every signal.
package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"parley/internal/acd"
	"parley/internal/owner"
)

// Machine is an ACD that can be simulated, as acd.Distributor is.
type Machine interface {
	owner.Machine[acd.Signal, acd.Outcome]
	json.Marshaler
	json.Unmarshaler
}

// Options says what to simulate. The same options give the same run.
type Options struct {
	Seed         uint64
	Interactions int            // calls that enter a queue, at least 1
	Agents       int            // at least 1
	Queues       int            // at least 1
	Transcripts  string         // folder for the transcript of a broken promise
	Machine      func() Machine // nil for the ACD; tests plant faults here

	marks int // batches of signals between two states from which a transcript can begin; 0 for the usual
}

// ErrInvalid says that options are out of range.
var ErrInvalid = errors.New("not valid")

func (o Options) check() error {
	if o.Interactions < 1 || o.Agents < 1 || o.Queues < 1 {
		return fmt.Errorf("simulate %d interactions, %d agents, %d queues: at least one of each: %w", o.Interactions, o.Agents, o.Queues, ErrInvalid)
	}
	return nil
}

func (o Options) machine() Machine {
	if o.Machine == nil {
		return acd.New()
	}
	return o.Machine()
}

// Result is how a run went.
type Result struct {
	Seed         uint64  `json:"seed"`
	Interactions int     `json:"interactions"` // that entered a queue
	Agents       int     `json:"agents"`
	Queues       int     `json:"queues"`
	Violations   int     `json:"violations"` // a run ends with the first
	Violation    string  `json:"violation,omitempty"`
	Transcript   string  `json:"transcript,omitempty"` // file that replays it
	Seconds      float64 `json:"seconds"`              // that the run took
	Days         float64 `json:"days"`                 // of virtual time
	Count
}

// Run simulates. A broken promise is no error but stands in the result.
func Run(ctx context.Context, o Options) (Result, error) {
	if err := o.check(); err != nil {
		return Result{}, err
	}
	began := time.Now()
	run, err := play(ctx, o, nil)
	if err != nil {
		return Result{}, err
	}
	r := Result{
		Seed: o.Seed, Interactions: run.audit.Count.Interactions, Agents: o.Agents, Queues: o.Queues, Count: run.audit.Count,
		Days: run.virtual.Hours() / 24,
	}
	if broken := run.audit.broken; broken != nil {
		r.Violations, r.Violation = 1, broken.Error()
		if r.Transcript, err = keep(ctx, o, run); err != nil {
			err = fmt.Errorf("keep the transcript of a broken promise (%w): %w", broken, err)
		}
	}
	r.Seconds = time.Since(began).Seconds()
	return r, err
}

// outcome is a run that is over.
type outcome struct {
	audit   *auditor
	notes   notes
	virtual time.Duration
}

// play runs a world to its end, or until a promise is broken; the auditor works beside it. With a record that holds every
// signal from the beginning.
func play(ctx context.Context, o Options, record func(owner.Line[acd.Signal]) error) (outcome, error) {
	w := newWorld(o)
	run := outcome{audit: newAuditor(), notes: notes{record: record}}
	audited := make(chan error, 1)
	stop := &atomic.Bool{}
	go func() { audited <- run.listen(w.feed, stop) }()
	err := w.run(ctx, stop)
	w.feed.close()
	err = errors.Join(err, <-audited)
	if run.audit.broken == nil {
		run.audit.rest()
	}
	run.virtual = w.clock.Now().Sub(beginning)
	return run, err
}

// listen audits what the feed brings, to its end; a broken promise stops the world.
func (r *outcome) listen(f *feed, stop *atomic.Bool) error {
	var failed error
	for b := range f.batches {
		if r.audit.broken != nil || failed != nil {
			continue
		}
		failed = r.take(b)
		if r.audit.broken != nil || failed != nil {
			stop.Store(true)
		}
	}
	return failed
}

func (r *outcome) take(b batch) error {
	if b.state != nil {
		if err := r.notes.mark(b.state, r.audit); err != nil {
			return err
		}
	}
	for _, s := range b.steps {
		if err := r.notes.line(owner.Line[acd.Signal]{At: s.now, Signal: s.signal}); err != nil {
			return err
		}
		if !r.audit.step(s) {
			break
		}
	}
	return nil
}
