package callcontrol

import (
	"strings"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/treatment"
)

// journey is a call with the treatment of its caller: two machines with one owner.
type journey struct {
	Call *call.Call      `json:"call"`
	Wait *treatment.Wait `json:"wait,omitempty"`

	trail    trail
	sounding []id.Leg // legs of stations that are known to sound in this call
	// owed is what the last signal led to and is not carried out yet; owing says that it moved the machine on.
	owed  journeyOutcome
	owing bool
	kept  bool // in the journal
	// urgent: an emergency call, which is taken though the system is being stopped (BX-13).
	urgent bool
	stale  bool // the journal has an older state; what samples alone change is not worth a write
}

type journeyOutcome struct {
	call.Outcome
	waits []treatment.Action
}

func newJourney(c *call.Call) *journey { return &journey{Call: c} }

// Handle moves the call on, and its treatment with it.
func (j *journey) Handle(now time.Time, s call.Signal) (journeyOutcome, error) {
	j.trail.pass(j)
	o, err := j.move(now, s)
	if err == nil {
		j.owed, j.owing = o, true
		j.stale = j.stale || len(o.Actions)+len(o.waits) > 0 || !isSample(s) || !onlySamples(o.Events, asIs)
	}
	return o, err
}

func isSample(s call.Signal) bool { _, sample := s.(call.LegSampled); return sample }

func asIs(e call.Event) call.Event { return e }

func (j *journey) move(now time.Time, s call.Signal) (journeyOutcome, error) {
	if p, ok := s.(call.PlayEnded); ok && strings.HasPrefix(p.Tag, treatment.TagPrefix) {
		all := j.treat(treatment.PlayEnded{Tag: p.Tag})
		if p.Tag != treatment.TagNotice { // the call waits for the notice alone: then it may record (RC-9)
			return all, nil
		}
		o, err := j.Call.Handle(now, s)
		all.Outcome = o
		return all, err
	}
	o, err := j.Call.Handle(now, s)
	if err != nil {
		return journeyOutcome{}, err
	}
	j.owed.Outcome, j.owing = o, true // the call has moved on, whatever the treatment does
	all := journeyOutcome{Outcome: o}
	for _, a := range o.Actions {
		switch a := a.(type) {
		case call.Treat:
			j.Wait = treatment.NewWait(a.Leg)
			all.waits = append(all.waits, j.treat(treatment.Begin{Greeting: a.Greeting, Notice: a.Notice, HoldAudio: a.HoldAudio}).waits...)
		case call.StopTreat:
			all.waits = append(all.waits, j.treat(treatment.Stop{}).waits...)
			j.Wait = nil
		}
	}
	return all, nil
}

// Ended tells whether the call is over and every promise kept.
func (j *journey) Ended() bool { return j.Call.Ended() }

func (j *journey) treat(s treatment.Signal) journeyOutcome {
	if j.Wait == nil {
		return journeyOutcome{}
	}
	return journeyOutcome{waits: j.Wait.Handle(s)}
}
