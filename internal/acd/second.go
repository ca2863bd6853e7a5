package acd

import (
	"time"

	"parley/internal/id"
)

// owed is the wrap-up of a queue's call that has ended while its agent talks on the other line: it begins when the agent is free.
type owed struct {
	Place  place         `json:"place"`
	Talked time.Duration `json:"talked,omitempty"`
}

// Merged says that a call of the agent's has become part of another one, Into: the place is that one's. What is owed for a queue's call,
// such as the wrap-up, stays owed.
type Merged struct {
	Agent id.Agent `json:"agent"`
	Call  id.Call  `json:"call"`
	Into  id.Call  `json:"into"`
}

func (Merged) acdSignal() {}

func (t *turn) merged(a *agent, s Merged) {
	switch {
	case a.holds(s.Into) || a.waitsFor(s.Into):
		t.release(a, Release{Call: s.Call, Agent: a.ID})
	case a.holds(s.Call):
		a.Place.Call = s.Into
	case a.waitsFor(s.Call):
		a.Second.Call = s.Into
	}
}

// mayWait tells whether a direct call may ring at an agent who is in another call (SP-25).
func (a *agent) mayWait(s Reserve) bool {
	p := a.Place
	if s.Purpose != Direct || !a.CallWaiting || a.Second != nil || p == nil || !p.Talking || p.Watch || p.Call == s.Call || a.Removed {
		return false
	}
	return s.Resumed || a.Up && !a.Asleep
}

// waitsFor tells whether the agent's other line is this call's, or rings for it.
func (a *agent) waitsFor(c id.Call) bool { return a.Second != nil && a.Second.Call == c }

// reserveSecond gives the other line of an agent who is in a call.
func (t *turn) reserveSecond(a *agent, s Reserve) {
	a.Second = &place{Call: s.Call, Queue: s.Queue, Since: t.now}
	t.do(Granted{Call: s.Call, Agent: a.ID, Second: true})
}

// connectedSecond hears that the waiting call was answered; false when it is not the agent's.
func (t *turn) connectedSecond(a *agent, c id.Call) bool {
	if !a.waitsFor(c) {
		return false
	}
	if !a.Second.Talking {
		a.Second.Talking, a.Second.Since = true, t.now
	}
	return true
}

// occupySecond learns that the agent is in a second call as well; false when the other line is not free for it.
func (t *turn) occupySecond(a *agent, s Occupy) bool {
	if t.connectedSecond(a, s.Call) {
		return true
	}
	p := a.Place
	if !a.CallWaiting || a.Second != nil || p == nil || !p.Talking || p.Asked || p.Call == s.Call {
		return false
	}
	a.Second = &place{Call: s.Call, Queue: s.Queue, Since: t.now, Talking: true}
	if q, known := t.queues[s.Queue]; known {
		a.Second.Terms = q.terms()
	}
	return true
}

// releaseOne ends the agent's part in one of two calls; false when there are not two. The agent is on call still where the other one
// is talked in. One that only rings goes on ringing as it would for an agent whom it had found free.
func (t *turn) releaseOne(a *agent, s Release) bool {
	if a.Second == nil {
		return false
	}
	p := a.Second
	if a.holds(s.Call) {
		p, a.Place = a.Place, a.Second
	}
	a.Second, a.Suspect, a.SuspectSecond = nil, time.Time{}, time.Time{}
	talked := t.talkedIn(p)
	t.tell(Released{Call: p.Call, Agent: a.ID, Queue: p.Queue, Talked: talked, Missed: s.Missed && !p.Talking})
	if p.Talking && p.Queue != "" && !a.Removed {
		t.owe(a, owed{Place: *p, Talked: talked})
	}
	if !a.Place.Talking {
		t.freeBut(a)
	}
	return true
}

func (t *turn) talkedIn(p *place) time.Duration {
	if !p.Talking {
		return 0
	}
	return max(0, t.now.Sub(p.Since))
}

// owe keeps the wrap-up of a call for later; an agent wraps up one call at a time.
func (t *turn) owe(a *agent, o owed) {
	t.forgive(a)
	a.Owed = &o
}

// forgive does without the wrap-up that is owed.
func (t *turn) forgive(a *agent) {
	o := a.Owed
	if o == nil {
		return
	}
	a.Owed = nil
	if o.Place.Outcome == "" && o.Place.Terms.AutoOutcome != "" {
		t.tell(OutcomeChosen{Agent: a.ID, Call: o.Place.Call, Queue: o.Place.Queue, Outcome: o.Place.Terms.AutoOutcome, Auto: true})
	}
	t.handled(o.Place.Queue, o.Talked)
}

// freeBut lets an agent go whom nothing holds any more, but perhaps a direct call that rings: into the wrap-up that is owed, or to
// the status that returns.
func (t *turn) freeBut(a *agent) {
	if o := a.Owed; o != nil && !a.Removed {
		a.Owed = nil
		t.beginWrap(a, &o.Place, o.Talked)
		return
	}
	t.settle(a, System)
}
