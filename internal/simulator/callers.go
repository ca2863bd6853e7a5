package simulator

import (
	"fmt"
	"math"
	"slices"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

const (
	talkTime = 90 * time.Second // mean
	patience = 75 * time.Second // mean of what comes after the first 5 s
	// secondsPerCall is how long an agent is busy with a call all in all, and with what else agents do, so that a world is
	// neither idle nor overrun in the middle of the day.
	secondsPerCall = 140
	// swing is how far the calls of an hour rise above the middle and fall below it, in waves of waveTime.
	swing    = 0.5
	waveTime = 2 * time.Hour
)

// caller is a call as the call's own machine would see it.
type caller struct {
	call  id.Call
	rings []id.Offer // now
	waits bool
}

// nextCaller plans the next arrival: a Poisson process whose rate rises and falls like that of a day.
func (w *world) nextCaller() {
	if w.left == 0 {
		return
	}
	w.left--
	wave := 1 + swing*math.Sin(2*math.Pi*float64(w.arrival.Sub(beginning))/float64(waveTime))
	w.arrival = w.arrival.Add(time.Duration(w.rng.ExpFloat64() / (w.rate * wave) * float64(time.Second)))
	w.later(w.arrival.Truncate(rounded).Sub(w.clock.Now()), func() {
		w.came++
		w.arrive(w.fresh("c"))
		w.nextCaller()
	})
}

func (w *world) fresh(kind string) id.Call {
	w.made++
	return id.Call(fmt.Sprint(kind, w.made))
}

func (w *world) anyAgent() id.Agent { return w.company.agents[w.rng.IntN(len(w.company.agents))].ID }
func (w *world) anyQueue() id.Queue { return w.company.queues[w.rng.IntN(len(w.company.queues))].ID }

// arrive is a caller who enters a queue, with a patience.
func (w *world) arrive(call id.Call) {
	s := acd.Enqueue{Call: call, Queue: w.anyQueue(), LastAgent: w.anyAgent()}
	switch n := w.rng.IntN(100); {
	case n < 8:
		s.Priority = 1 + w.rng.IntN(10)
	case n < 14:
		s.EnteredAt = w.clock.Now().Add(-w.within(60))
	case n < 18:
		s.Steps = []acd.Step{{Skills: "NOT french", ExpirySeconds: 10}, {Skills: "french OR german", ExpirySeconds: 10}}
	case n < 22:
		s.AgeSeconds = w.rng.IntN(600) - 300
	}
	c := &caller{call: call, waits: true}
	w.calls[call] = c
	w.tell(s)
	result := acd.LeftAbandoned
	switch n := w.rng.IntN(100); {
	case n < 4:
		result = acd.LeftTimeout
	case n < 6:
		result = acd.LeftTransferred
	}
	w.later(5*time.Second+w.about(patience), func() { w.giveUp(c, result) })
}

// giveUp lets a caller leave who still waits.
func (w *world) giveUp(c *caller, r acd.Result) {
	if c.waits {
		w.gone(c.call)
		w.tell(acd.Leave{Call: c.call, Result: r})
	}
}

// gone forgets a call.
func (w *world) gone(call id.Call) {
	if c := w.calls[call]; c != nil {
		c.waits, c.rings = false, nil
		delete(w.calls, call)
	}
}

func (w *world) react(a acd.Action) {
	switch a := a.(type) {
	case acd.Offer:
		if c := w.calls[a.Call]; c != nil {
			c.rings = append(c.rings, a.Offer)
			w.ring(c, a)
		}
	case acd.Revoke:
		// The call hears of it a little later; until then an answer counts for it.
		w.later(w.within(1), func() {
			if c := w.calls[a.Call]; c != nil {
				c.still(a.Offer)
			}
		})
	case acd.Dismiss:
		w.gone(a.Call)
	case acd.Granted:
		w.granted(a)
	}
}

// ring decides what becomes of an offer.
func (w *world) ring(c *caller, o acd.Offer) {
	full := time.Duration(o.RingSeconds) * time.Second
	switch n := w.rng.IntN(100); {
	case n < 72:
		w.later(w.within(min(8, o.RingSeconds)), func() { w.answer(c, o) })
	case n < 79:
		w.later(full, func() { w.end(c, o, acd.Missed) })
	case n < 84:
		w.later(w.within(5), func() { w.end(c, o, acd.Ignored) })
	case n < 88:
		w.later(1500*time.Millisecond, func() { w.sleep(c, o) })
	case n < 91:
		w.later(0, func() { w.end(c, o, acd.Failed) })
	case n < 93:
		w.later(w.within(3), func() { w.end(c, o, acd.Canceled) })
	case n < 97:
		w.later(w.within(o.RingSeconds), func() { w.giveUp(c, acd.LeftAbandoned) })
	case n < 98:
		w.later(full+10*time.Second, func() { w.answer(c, o) }) // as the ACD gives up
	default: // never heard of again
	}
}

// still ends one of the rings; false when it was over already.
func (c *caller) still(o id.Offer) bool {
	i := slices.Index(c.rings, o)
	if i >= 0 {
		c.rings = slices.Delete(c.rings, i, i+1)
	}
	return i >= 0
}

func (w *world) end(c *caller, o acd.Offer, r acd.OfferResult) {
	if c.waits && c.still(o.Offer) {
		w.tell(acd.OfferEnded{Call: o.Call, Offer: o.Offer, Result: r})
	}
}

// answer begins a conversation. The ACD may refuse an answer that comes too late.
func (w *world) answer(c *caller, o acd.Offer) {
	if !c.waits || !c.still(o.Offer) {
		return
	}
	c.waits, c.rings = false, nil
	w.tell(acd.OfferEnded{Call: o.Call, Offer: o.Offer, Result: acd.Answered})
	w.later(w.about(talkTime), func() {
		if w.calls[c.call] != c {
			return
		}
		w.gone(c.call)
		w.tell(acd.Release{Call: o.Call, Agent: o.Agent})
		w.later(w.within(40), func() { w.tell(acd.ChooseOutcome{Agent: o.Agent, Call: o.Call, Outcome: "sold"}) })
		if w.chance(2) {
			w.arrive(o.Call) // transferred to a queue
		}
	})
}

// sleep is a device that does not acknowledge an offer.
func (w *world) sleep(c *caller, o acd.Offer) {
	if w.chance(60) {
		w.tell(acd.DeviceAsleep{Agent: o.Agent})
		w.later(w.within(15), func() { w.tell(acd.DeviceAwake{Agent: o.Agent}) })
	}
	w.end(c, o, acd.NotAcknowledged)
}

// granted is a direct or an outbound call that got its agent's place.
func (w *world) granted(g acd.Granted) {
	if w.chance(60) {
		w.later(w.within(5), func() { w.tell(acd.Connected{Call: g.Call, Agent: g.Agent}) })
	}
	w.later(5*time.Second+w.within(30), func() { w.tell(acd.Release{Call: g.Call, Agent: g.Agent, Missed: w.chance(50)}) })
}
