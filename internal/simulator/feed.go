package simulator

import (
	"cmp"
	"time"

	"parley/internal/acd"
)

// step is one signal that the ACD has handled.
type step struct {
	now     time.Time
	signal  acd.Signal
	out     acd.Outcome
	refused error
	broke   string // what a panic said
	came    int    // interactions until then
}

// batch is some steps after another.
type batch struct {
	state []byte // the ACD before the first of them, now and again
	steps []step
}

const (
	batchSize = 1_000
	// usualMarks is how many batches lie between two states from which a transcript can begin.
	usualMarks = 50
)

// feed brings steps from the world to the auditor, who works on the machine's other processor.
type feed struct {
	batches chan batch
	next    batch
	sent    int
	marks   int // batches between two states
}

func newFeed(marks int) *feed {
	return &feed{batches: make(chan batch, 8), marks: cmp.Or(marks, usualMarks)}
}

// note takes a step in; the machine has handled it and nothing after it.
func (f *feed) note(s step, machine Machine) {
	if f.next.steps == nil {
		f.next.steps = make([]step, 0, batchSize)
	}
	f.next.steps = append(f.next.steps, s)
	if len(f.next.steps) < batchSize {
		return
	}
	f.batches <- f.next
	f.next = batch{}
	if f.sent++; f.sent%f.marks == 0 && s.broke == "" {
		if state, err := machine.MarshalJSON(); err == nil {
			f.next.state = state
		}
	}
}

// close sends what is left.
func (f *feed) close() {
	f.batches <- f.next
	close(f.batches)
}
