package callcontrol_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/report"
	"parley/internal/station"
)

// ledger sees all that is kept and shown, and notes the first promise that is broken.
type ledger struct {
	settles  func() // hears that a call is being stored; nil: nobody does
	mu       sync.Mutex
	err      error
	forget   bool // a fault: nothing leaves the journal
	stale    bool // a fault: the journal keeps the first state
	journal  map[owner.Address][]byte
	records  map[id.Call]*report.Record
	finished map[id.Call]int
	calls    map[id.Call]*call.Call // that live, as they were shown last
	stations map[id.Agent]*station.Station
	agents   map[id.Agent]*seen
	waiting  map[id.Call]id.Queue // as the ACD knows it
	offers   map[id.Offer]acd.OfferResult
	pending  map[id.Callback]bool // as the ACD knows them
	// calledBack counts how callbacks ended.
	calledBack map[acd.Result]int
	asks       map[string]time.Time // questions that have no answer yet, since when
	free       map[beside]time.Time // since when
	ears       map[id.Call]ears
	saves      int
	broke      int
	brokeAt    time.Time
	talks      int
	answered   int
	merges     map[string]int // what came of merging two calls
	beside     int            // calls that were talked in beside another of the same agent
	repaired   []acd.Repaired // nothing here may need it
}

// beside is a call that waits while an agent is free.
type beside struct {
	call  id.Call
	agent id.Agent
}

// seen is what is shown of an agent by the ACD.
type seen struct {
	status acd.Status
	health string
}

func newLedger() *ledger {
	return &ledger{
		journal: map[owner.Address][]byte{}, records: map[id.Call]*report.Record{}, finished: map[id.Call]int{},
		calls: map[id.Call]*call.Call{}, stations: map[id.Agent]*station.Station{}, agents: map[id.Agent]*seen{},
		waiting: map[id.Call]id.Queue{}, offers: map[id.Offer]acd.OfferResult{},
		pending: map[id.Callback]bool{}, calledBack: map[acd.Result]int{},
		merges: map[string]int{},
		asks:   map[string]time.Time{}, free: map[beside]time.Time{}, ears: map[id.Call]ears{},
	}
}

// fail notes the first broken promise.
func (l *ledger) fail(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failed(format, args...)
}

func (l *ledger) failed(format string, args ...any) {
	if l.err == nil {
		at := time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
		l.err = fmt.Errorf("at %s: %w", at, fmt.Errorf(format, args...))
	}
}

func (l *ledger) broken() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// Save is part of Journal. The state must be the machine as it was shown just before, and survive the journal.
func (l *ledger) Save(_ id.Org, at owner.Address, state []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stale && l.journal[at] != nil {
		state = l.journal[at]
	}
	l.journal[at] = bytes.Clone(state)
	l.saves++
	if l.saves%7 == 0 {
		l.compare(at, state)
	}
}

func (l *ledger) compare(at owner.Address, state []byte) {
	kind := "station"
	if bytes.HasPrefix([]byte(at), []byte("call/")) {
		kind = "call"
	}
	r, err := callcontrol.Decode(kind, 1, state)
	if err != nil {
		l.failed("journal of %s: %w", at, err)
		return
	}
	if r.Call == nil {
		return
	}
	want, _ := json.Marshal(l.calls[r.Call.ID])
	if got, _ := json.Marshal(r.Call); !bytes.Equal(got, want) {
		l.failed("the journal brings back\n%s\ninstead of\n%s", got, want)
	}
}

// Remove is part of Journal.
func (l *ledger) Remove(_ id.Org, at owner.Address) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.forget {
		delete(l.journal, at)
	}
}

// CallEvents is part of Journal.
func (l *ledger) CallEvents(c *call.Call, now time.Time, events []call.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.records[c.ID]
	if r == nil {
		r = &report.Record{ID: c.ID}
		l.records[c.ID] = r
	}
	for _, e := range events {
		l.check(r, e)
		r.Apply(now, e)
	}
}

// CallSettled is part of Journal.
func (l *ledger) CallSettled(*call.Call) {
	if l.settles != nil {
		l.settles()
	}
}

// check sees what an event may not do to the record that there is.
func (l *ledger) check(r *report.Record, e call.Event) {
	switch e := e.(type) {
	case call.RingOver:
		for _, o := range r.Offers {
			if o.Offer == e.Offer && o.Result != "" {
				l.failed("call %s: offer %s ended twice: %s, then %s", r.ID, e.Offer, o.Result, e.Result)
			}
		}
	case call.RecordingOver:
		if e.Failure == "the recorder did not answer" {
			l.failed("call %s: recording %s had no last word", r.ID, e.Recording)
		}
		for _, k := range r.Recordings {
			if k.ID == e.Recording && k.Status != "recording" {
				l.failed("call %s: recording %s ended twice", r.ID, e.Recording)
			}
		}
	case call.PartyJoined:
		if e.Agent != "" {
			l.talks++
		}
	case call.MergeOver:
		l.merges[string(e.Result)]++
		if e.Result == call.MergeFailed {
			l.merges[e.Why]++
		}
	case call.GaveBack:
		l.merges["gave back"]++
	case call.Finished:
		l.finished[r.ID]++
	}
}
