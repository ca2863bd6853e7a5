package acd

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"parley/internal/id"
)

// rebuild begins some worlds as after a crash.
func (w *world) rebuild() {
	if !w.chance(30) {
		return
	}
	for _, a := range w.agents {
		if w.chance(50) {
			_ = w.send(Restore{Agent: a, Status: []Status{Available, Unavailable, Offline}[w.rng.IntN(3)], Since: w.now.Add(-w.within(600))})
		}
		if w.chance(30) {
			w.occupy(a)
		}
	}
}

func (w *world) occupy(a id.Agent) {
	call := w.fresh("live")
	if w.send(Occupy{Call: call, Agent: a, Queue: w.queue()}) == nil {
		w.calls[call] = &caller{talking: true, offers: map[id.Offer]bool{}}
		w.hangUp(call, a, 20)
	}
}

func (w *world) fresh(kind string) id.Call {
	w.made++
	return id.Call(fmt.Sprintf("%s%d", kind, w.made))
}

func (w *world) queue() id.Queue { return []id.Queue{"sales", "support", "billing"}[w.rng.IntN(3)] }

func (w *world) hangUp(call id.Call, a id.Agent, seconds int) {
	w.later(w.within(seconds), func() {
		if c := w.calls[call]; c != nil {
			c.talking = false
		}
		_ = w.send(Release{Call: call, Agent: a})
		if w.chance(15) && !w.ending {
			w.arrive(call)
		}
	})
}

// arrive is a caller who enters a queue, with a patience.
func (w *world) arrive(call id.Call) {
	if c := w.calls[call]; c != nil && (c.waits || c.talking) {
		return
	}
	q := w.queue()
	s := Enqueue{Call: call, Queue: q, Priority: []int{0, 0, 1, 9}[w.rng.IntN(4)], Resumed: w.chance(10)}
	if w.chance(30) {
		s.EnteredAt = w.now.Add(-w.within(60))
	}
	w.demand(&s)
	w.enter(s)
}

// enter lets a call wait until its caller gives up, or books a callback.
func (w *world) enter(s Enqueue) {
	call := s.Call
	w.calls[call] = &caller{queue: s.Queue, waits: true, offers: map[id.Offer]bool{}}
	if w.send(s) != nil {
		w.calls[call].waits = false
		return
	}
	if w.chance(10) && w.calls[call].waits {
		_ = w.send(s)
	}
	w.later(5*time.Second+w.within(120), func() { w.giveUp(call, LeftAbandoned) })
	w.later(w.within(40), func() { w.wonder(call) })
}

func (w *world) giveUp(call id.Call, r Result) {
	if c := w.calls[call]; c.waits {
		c.waits = false
		clear(c.offers)
		_ = w.send(Leave{Call: call, Result: r})
	}
}

func (w *world) react(a Action) {
	switch a := a.(type) {
	case Offer:
		w.calls[a.Call].offers[a.Offer] = true
		w.ring(a)
	case Revoke:
		// The call hears of it a little later; until then an answer counts for it.
		w.later(w.within(1), func() {
			delete(w.calls[a.Call].offers, a.Offer)
		})
	case Dismiss:
		w.calls[a.Call].waits = false
	case Granted:
		if w.calls[a.Call] == nil {
			w.calls[a.Call] = &caller{offers: map[id.Offer]bool{}}
		}
		w.granted(a)
	case PlaceCallback:
		w.attempt(a)
	case CallbackBooked:
		w.booked(a)
	}
}

// ring decides what becomes of an offer.
func (w *world) ring(o Offer) {
	full := time.Duration(o.RingSeconds) * time.Second
	switch n := w.rng.IntN(100); {
	case n < 55:
		w.later(w.within(o.RingSeconds), func() { w.answer(o) })
	case n < 68:
		w.later(full, func() { w.end(o, Missed) })
	case n < 78:
		w.later(w.within(5), func() { w.end(o, Ignored) })
	case n < 86:
		w.later(1500*time.Millisecond, func() { w.sleep(o) })
	case n < 92:
		w.later(0, func() { w.end(o, Failed) })
	case n < 94:
		w.later(w.within(3), func() { w.end(o, Canceled) })
	default: // never heard of again
		if w.chance(50) {
			w.later(full+10*time.Second, func() { w.answer(o) })
		}
	}
}

func (w *world) end(o Offer, r OfferResult) {
	if c := w.calls[o.Call]; (c.waits || c.attempt) && c.offers[o.Offer] {
		delete(c.offers, o.Offer)
		_ = w.send(OfferEnded{Call: o.Call, Offer: o.Offer, Result: r})
	}
}

func (w *world) answer(o Offer) {
	c := w.calls[o.Call]
	if !c.waits && !c.attempt || !c.offers[o.Offer] {
		return
	}
	clear(c.offers)
	if c.attempt {
		w.answerCallback(o)
		return
	}
	if w.send(OfferEnded{Call: o.Call, Offer: o.Offer, Result: Answered}) != nil {
		w.giveUp(o.Call, LeftAbandoned)
		return
	}
	c.waits, c.talking = false, true
	w.hangUp(o.Call, o.Agent, 40)
}

func (w *world) sleep(o Offer) {
	if w.chance(60) {
		_ = w.send(DeviceAsleep{Agent: o.Agent})
		w.later(w.within(15), func() { _ = w.send(DeviceAwake{Agent: o.Agent}) })
	}
	w.end(o, NotAcknowledged)
}

func (w *world) granted(g Granted) {
	if w.chance(60) {
		w.later(w.within(5), func() { _ = w.send(Connected{Call: g.Call, Agent: g.Agent}) })
	}
	w.later(5*time.Second+w.within(15), func() { _ = w.send(Release{Call: g.Call, Agent: g.Agent, Missed: w.chance(50)}) })
}

// act is an agent who does something, now and again.
func (w *world) act(a id.Agent) {
	if !w.ending {
		w.later(500*time.Millisecond+w.within(12), func() { w.act(a) })
	}
	switch n := w.rng.IntN(100); {
	case w.home:
	case n < 30:
		_ = w.send(SetStatus{Agent: a, Status: Available})
	case n < 42:
		_ = w.send(SetStatus{Agent: a, Status: Unavailable, Reason: []string{"Lunch", "Break"}[w.rng.IntN(2)]})
		w.more(a)
	case n < 48:
		_ = w.send(DeviceDown{Agent: a, Trigger: AutoDisconnect})
		w.later(w.within(10), func() { _ = w.send(DeviceUp{Agent: a}) })
	case n < 52:
		_ = w.send(DeviceUp{Agent: a})
	case n < 56:
		_ = w.send(DeviceAsleep{Agent: a})
		w.later(w.within(10), func() { _ = w.send(DeviceAwake{Agent: a}) })
	case n < 64:
		_ = w.send(EndWrap{Agent: a})
	case n < 72:
		_ = w.send(ExtendWrap{Agent: a})
	case n < 84:
		_ = w.send(Toggle{Agent: a, Queue: w.queue(), On: w.chance(65)})
	case n < 86:
		w.take(a)
	case n < 92:
		_ = w.send(Reserve{Call: w.fresh("d"), Agent: a, Purpose: []Purpose{Direct, Outbound, Watch, Intercom}[w.rng.IntN(4)]})
	case n < 94:
		w.occupy(a)
	default:
		w.nonsense()
	}
}

// take is a supervisor who answers some caller out of order, or tries to.
func (w *world) take(a id.Agent) {
	for _, which := range slices.Sorted(maps.Keys(w.calls)) {
		if w.calls[which].waits && w.chance(40) {
			_ = w.send(Take{Call: which, Agent: a, By: "u-sue"})
			return
		}
	}
}

// nonsense are signals about what is not there.
func (w *world) nonsense() {
	for _, s := range []Signal{
		OfferEnded{Call: "c1", Offer: "c1.o0", Result: Answered}, OfferEnded{Call: "nobody", Offer: "x", Result: Missed},
		Leave{Call: "nobody", Result: LeftTimeout}, Release{Call: "nobody", Agent: "a1"}, Release{Call: "c1", Agent: "nobody"},
		Reserve{Call: "x1", Agent: "nobody", Purpose: Direct}, TimeUp{Timer: "offer/c1/c1.o0"}, TimeUp{Timer: "wrap/a9"},
		Enqueue{Call: "nobody", Queue: "nowhere"},
	} {
		_ = w.send(s)
	}
}

func (w *world) noteToggle(t Toggled) {
	for i, a := range w.conf.Agents {
		if a.ID != t.Agent {
			continue
		}
		off := slices.DeleteFunc(slices.Clone(a.ToggledOff), func(q id.Queue) bool { return q == t.Queue })
		if !t.On {
			off = append(off, t.Queue)
		}
		w.conf.Agents[i].ToggledOff = off
	}
}

// reconfigure sends a configuration that lacks something, and the whole one a little later.
func (w *world) reconfigure() {
	whole := func() Configure {
		return Configure{Queues: slices.Clone(w.conf.Queues), Agents: slices.Clone(w.conf.Agents), Statuses: w.conf.Statuses}
	}
	part := whole()
	switch i := w.rng.IntN(3); w.rng.IntN(4) {
	case 0:
		part.Queues = slices.Delete(part.Queues, i, i+1)
	case 1:
		part.Agents = slices.Delete(part.Agents, i, i+1)
	case 2:
		if m := part.Queues[i].Members; len(m) > 0 {
			part.Queues[i].Members = slices.Clone(m)[1:]
		}
	case 3:
		part.Queues[i].WrapUpSeconds, part.Queues[i].AutoPause = 7, !part.Queues[i].AutoPause
	}
	_ = w.send(part)
	w.later(w.within(20), func() {
		_ = w.send(whole())
		for _, a := range w.agents {
			_ = w.send(DeviceUp{Agent: a}) // the station of an agent who is back says so again
		}
	})
}
