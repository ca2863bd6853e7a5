package acd

import (
	"fmt"
	"time"

	"parley/internal/id"
)

var purposes = map[Purpose]bool{Direct: true, Intercom: true, Outbound: true, Transfer: true, Return: true, Watch: true}

// reserve gives an agent's place to a direct or an outbound call, or says why not.
func (t *turn) reserve(s Reserve) error {
	if s.Call == "" || !purposes[s.Purpose] {
		return fmt.Errorf("reserve agent %s for call %q, %q: %w", s.Agent, s.Call, s.Purpose, ErrInvalid)
	}
	a, known := t.agents[s.Agent]
	if !known {
		t.do(Refused{Call: s.Call, Agent: s.Agent, Why: WhyUnknown, Number: s.Number})
		return nil
	}
	if a.holds(s.Call) || a.waitsFor(s.Call) {
		return fmt.Errorf("reserve agent %s: held for that call already: %w", a.ID, ErrNotNow)
	}
	if a.mayWait(s) {
		t.reserveSecond(a, s)
		return nil
	}
	if why := a.whyNot(s); why != "" {
		t.do(Refused{Call: s.Call, Agent: s.Agent, Why: why, Number: s.Number})
		return nil
	}
	a.Place = &place{Call: s.Call, Queue: s.Queue, Since: t.now, Asked: s.Purpose == Outbound, Watch: s.Purpose == Watch}
	if q, known := t.queues[s.Queue]; known {
		a.Place.Terms = q.terms()
	}
	granted := Granted{Call: s.Call, Agent: a.ID}
	if s.Purpose == Outbound {
		granted.Was = a.Status
	}
	t.do(granted)
	t.unlist(a)
	if s.Purpose == Outbound {
		t.talk(a) // on_call lasts from placing a call; a wrap-up ends with it and does not go on afterwards
	}
	return nil
}

// whyNot says why a place cannot be had, empty when it can. Agents may dial at any time, even offline from a desk phone
// (CF-4); a direct call finds the agent where a device would ring, or rings already.
func (a *agent) whyNot(s Reserve) Why {
	switch {
	case a.Place != nil && a.Place.Talking:
		return WhyOnCall
	case a.Place != nil:
		return WhyOffered
	case a.Removed:
		return WhyUnknown
	case s.Purpose == Outbound, s.Resumed:
		return ""
	case !a.Up:
		return WhyOffline
	case a.Closed && s.Purpose != Watch:
		return WhySchedule
	case a.Asleep:
		return WhyAsleep
	case a.Status == WrapUp && !(s.Purpose == Return && a.Wrap.Call == s.Call):
		return WhyWrapUp
	case a.Status == Unavailable && !a.rungUnavailable(s.Purpose):
		return WhyStatus
	}
	return ""
}

// rungUnavailable tells whether the agent's devices ring though unavailable: as the agent's settings say for direct calls, and the
// user's switch for transfers (TR-12). Nobody is called back for a failed transfer. Who supervises has asked for it at that moment.
func (a *agent) rungUnavailable(p Purpose) bool {
	return p == Watch || (p == Direct || p == Intercom) && a.DirectWhenUnavailable || p == Transfer && a.TransfersWhenUnavailable
}

// connected hears that a direct call was answered.
func (t *turn) connected(a *agent, c id.Call) {
	if !t.connectedSecond(a, c) && a.holds(c) && !a.Place.Talking {
		t.talk(a)
	}
}

// release ends an agent's part in a call. A direct call that rang out pauses nobody: auto_pause belongs to queues.
func (t *turn) release(a *agent, s Release) {
	if !a.holds(s.Call) && !a.waitsFor(s.Call) {
		return
	}
	if c := t.attempts[s.Call]; c != nil { // the agent went before the customer was reached
		_ = t.callbackEnded(CallbackEnded{Call: s.Call, Result: CallbackFailed})
	}
	if t.releaseOne(a, s) {
		return
	}
	p := a.Place
	a.Place, a.Suspect = nil, time.Time{}
	talked := t.talkedIn(p)
	t.tell(Released{Call: p.Call, Agent: a.ID, Queue: p.Queue, Talked: talked, Missed: s.Missed && !p.Talking})
	if p.Talking && p.Queue != "" && !a.Removed {
		t.forgive(a)
		t.beginWrap(a, p, talked)
		return
	}
	t.freeBut(a)
}
