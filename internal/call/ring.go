package call

import (
	"slices"

	"parley/internal/id"
)

const defaultRingSeconds = 20 // SP-9

// Why a ring was canceled (QU-19).
const (
	ringAnotherAnswered = "another agent has answered"
	ringAnsweredBy      = "answered by " // and who
	ringCallerLeft      = "the caller left"
	ringQueueLeft       = "the caller left the queue"
	ringCallEnded       = "the call ended"
	ringGivenUp         = "the transfer was given up"
)

// RingAt is the ring at an agent's devices; nil when there is none.
func (c *Call) RingAt(agent id.Agent) *OpenRing {
	return c.findRing(func(r *OpenRing) bool { return r.Agent == agent })
}

func (c *Call) ringOf(offer id.Offer) *OpenRing {
	return c.findRing(func(r *OpenRing) bool { return r.Offer == offer })
}

func (c *Call) findRing(is func(*OpenRing) bool) *OpenRing {
	for i := range c.Rings {
		if is(&c.Rings[i]) {
			return &c.Rings[i]
		}
	}
	return nil
}

// ring rings one agent's devices; exactly one result follows. A queue may have several agents rung at once (QU-5).
func (t *turn) ring(r OpenRing, skipped []Skip, more int) {
	r.Began = t.now
	if r.Seconds <= 0 {
		r.Seconds = defaultRingSeconds
	}
	t.Rings, t.Offered = append(t.Rings, r), t.Offered || !r.Watch
	t.seat(r.Agent).Station = true
	t.do(Ring{Agent: r.Agent, Offer: r.Offer, Direct: r.Direct, Auto: r.Auto, Seconds: r.Seconds})
	if r.Watch { // the call does not ring
		return
	}
	began := RingBegan{Offer: r.Offer, Agent: r.Agent, Direct: r.Direct, Skipped: skipped, SkippedMore: more}
	if !r.Direct && t.waitsThere() {
		began.Queue = t.Move.Route.Queue.ID
	}
	t.tell(began)
	if !t.consulting() && t.Park == nil {
		t.enter(Ringing)
	}
}

// ringDirect rings an agent who is called directly, once the ACD has given the place.
func (t *turn) ringDirect(agent id.Agent) {
	t.Next++
	t.ring(OpenRing{
		Offer: id.Offer(t.named(".d", t.Next)), Agent: agent, Direct: true, Auto: t.seat(agent).Purpose == forIntercom, Seconds: t.RingSeconds,
	}, nil, 0)
}

func (t *turn) ringSeen(s RingSeen) {
	r := t.ringOf(s.Offer)
	if r == nil {
		return
	}
	switch {
	case r.Watch:
		r.Seen = true
		return
	case r.Seen || !r.Direct:
	case t.returns(r.Agent):
	case t.awaited(r.Agent):
		t.moveRings()
	default:
		t.farRings()
	}
	r.Seen = true
	t.tell(RingConfirmed{Offer: s.Offer, Device: s.Device})
}

// dropRing takes a ring that is over off the list; it gives what it was.
func (t *turn) dropRing(which *OpenRing, result RingResult, why string) OpenRing {
	r := *which
	t.Rings = slices.DeleteFunc(t.Rings, func(x OpenRing) bool { return x.Offer == r.Offer })
	t.past(r.Offer)
	if r.Watch {
		return r
	}
	t.tell(RingOver{Offer: r.Offer, Agent: r.Agent, Result: result, Why: why})
	return r
}

// overRing closes an open ring with any result but answered.
func (t *turn) overRing(which *OpenRing, result RingResult, why string) {
	r := t.dropRing(which, result, why)
	t.leaveStation(r.Agent, causeOfRing(result, why))
}

// cancelRings ends all rings; who closes a queue's offers is the caller's matter.
func (t *turn) cancelRings(why string) {
	for len(t.Rings) > 0 {
		t.overRing(&t.Rings[0], RingCanceled, why)
	}
}

// ringsOn lets the caller wait on when the last ring is over.
func (t *turn) ringsOn() {
	if len(t.Rings) == 0 && !t.waitsThere() {
		t.enter(Queued)
	}
}

func (t *turn) ringEnded(s RingEnded) {
	r := t.ringOf(s.Offer)
	switch {
	case r == nil || r.Agent != s.Agent:
		t.lateRing(s)
	case s.Result == RingAnswered && s.Leg != "":
		t.ringAnswered(r, s)
	case r.Watch:
		t.overRing(r, s.Result, "")
		t.watchMissed(s.Result)
	case t.Page != nil:
		t.pageMissed(r, s.Result)
	case r.Direct:
		t.overRing(r, s.Result, "")
		t.missedDirect(s.Agent, s.Result)
	case t.attempting():
		t.do(EndOffer{Offer: s.Offer, Result: orFailed(s.Result)})
		t.overRing(r, orFailed(s.Result), "")
		t.agentDidNot(orFailed(s.Result))
	default:
		t.do(EndOffer{Offer: s.Offer, Result: orFailed(s.Result)})
		t.overRing(r, orFailed(s.Result), "")
		t.ringsOn()
	}
}

// orFailed is for a station that answers without a leg or with a result of its own making.
func orFailed(r RingResult) RingResult {
	switch r {
	case RingMissed, RingIgnored, RingCanceled, RingNotAcknowledged:
		return r
	default:
		return RingFailed
	}
}
