package callcontrol

import (
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// journey is a call as its owner runs it: the machine, with what it owes and what is known of it elsewhere.
type journey struct {
	Call *call.Call `json:"call"`

	trail    trail
	sounding []id.Leg // legs of stations that are known to sound in this call
	// owed is what the last signal led to and is not carried out yet; owing says that it moved the machine on.
	owed  call.Outcome
	owing bool
	kept  bool // in the journal
	// urgent: an emergency call, which is taken though the system is being stopped (BX-13).
	urgent  bool
	adopted []call.Adopted // answers that wait until the call is kept
	stale   bool           // the journal has an older state; what samples alone change is not worth a write
}

func newJourney(c *call.Call) *journey { return &journey{Call: c} }

// Handle moves the call on.
func (j *journey) Handle(now time.Time, s call.Signal) (call.Outcome, error) {
	j.trail.pass(j)
	o, err := j.Call.Handle(now, s)
	if err == nil {
		j.owed, j.owing = o, true
		j.stale = j.stale || len(o.Actions) > 0 || !isSample(s) || !onlySamples(o.Events, asIs)
	}
	return o, err
}

// isSample tells what comes often and is not worth a write by itself: how legs sound, and who talks.
func isSample(s call.Signal) bool {
	switch s.(type) {
	case call.LegSampled, call.LegTalks:
		return true
	}
	return false
}

func asIs(e call.Event) call.Event { return e }

// Ended tells whether the call is over and every promise kept.
func (j *journey) Ended() bool { return j.Call.Ended() }
