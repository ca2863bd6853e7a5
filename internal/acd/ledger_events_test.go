package acd

import (
	"slices"
	"time"

	"parley/internal/id"
)

// event notes one event, and checks that it fits what is known.
func (l *ledger) event(s Signal, e Event) {
	switch e := e.(type) {
	case StatusChanged:
		l.statusChanged(s, e)
	case Health:
		a := l.agents[e.Agent]
		a.up, a.asleep = e.State != "offline", e.State == "asleep"
		if e.State == "ok" {
			l.woke(a)
			if a.status != Offline {
				a.stored = time.Time{}
			}
		}
	case Toggled:
		a := l.agents[e.Agent]
		a.conf.ToggledOff = slices.DeleteFunc(a.conf.ToggledOff, func(q id.Queue) bool { return q == e.Queue })
		if !e.On {
			a.conf.ToggledOff = append(a.conf.ToggledOff, e.Queue)
		}
	case Entered:
		l.order++
		c := &line{call: e.Call, queue: e.Queue, priority: e.Priority, at: e.At, order: l.order, revoked: map[id.Offer]id.Agent{}}
		if l.calls[e.Call] != nil {
			l.fail("call %s entered twice", e.Call)
		}
		l.calls[e.Call] = c
	case Left:
		l.left(e)
	case OfferOpened:
		l.open(e)
	case OfferClosed:
		l.closed(s, e)
	case Released:
		a := l.agents[e.Agent]
		if a.held == nil || a.held.call != e.Call || a.held.offer != "" {
			l.fail("%s released from %s, in which the agent was not", e.Agent, e.Call)
			return
		}
		a.held = nil
	}
}

func (l *ledger) woke(a *known) {
	a.rest = time.Time{}
	for call, b := range a.refused {
		if b.failed {
			delete(a.refused, call)
		}
	}
}

func (l *ledger) statusChanged(s Signal, e StatusChanged) {
	a := l.agents[e.Agent]
	if e.From != a.status {
		l.fail("%s changed from %s, was %s", e.Agent, e.From, a.status)
	}
	if e.Before != l.now.Sub(a.since) {
		l.fail("%s: %s in the status before, not %s", e.Agent, e.Before, l.now.Sub(a.since))
	}
	a.status, a.since = e.To, l.now
	switch e.To {
	case OnCall:
		if x, outbound := s.(Reserve); outbound && a.held != nil && x.Call == a.held.call {
			a.held.talking = true
		}
		if x, occupied := s.(Occupy); occupied {
			a.held = &hold{call: x.Call, queue: x.Queue, terms: l.queues[x.Queue], talking: true}
		}
	case WrapUp:
		a.wrapEnds = e.WrapEnds
	case Offline:
		if a.stored.IsZero() {
			a.chosen = ""
		}
	default:
		if _, started := s.(DeviceUp); started && e.From == Offline && !a.stored.IsZero() {
			a.since, a.stored = a.stored, time.Time{}
		}
	}
}

func (l *ledger) open(e OfferOpened) {
	c, a := l.calls[e.Call], l.agents[e.Agent]
	switch {
	case l.used[e.Offer]:
		l.fail("offer %s opened twice", e.Offer)
	case c == nil || a == nil || c.queue != e.Queue:
		l.fail("offer %s of call %s, which does not wait there", e.Offer, e.Call)
	case c.offer != "":
		l.fail("offer %s of call %s, which has %s open", e.Offer, e.Call, c.offer)
	case a.held != nil:
		l.fail("offer %s to %s, who is held by %s %s", e.Offer, e.Agent, a.held.call, a.held.offer)
	}
	if l.broken != nil {
		return
	}
	l.fair(c, e.Agent)
	l.opened++
	l.used[e.Offer] = true
	c.offer = e.Offer
	a.held = &hold{call: e.Call, offer: e.Offer, queue: e.Queue, terms: l.queues[e.Queue]}
	l.offers[e.Offer] = &sent{call: e.Call, agent: e.Agent, at: l.now, terms: l.queues[e.Queue]}
}

func (l *ledger) closed(s Signal, e OfferClosed) {
	o := l.offers[e.Offer]
	if o == nil || o.call != e.Call || o.agent != e.Agent {
		l.fail("offer %s closed, which was not open", e.Offer)
		return
	}
	delete(l.offers, e.Offer)
	l.calls[e.Call].offer = ""
	a := l.agents[e.Agent]
	a.held = nil
	ended, byCall := s.(OfferEnded)
	_, expired := s.(TimeUp)
	if byCall && ended.Offer == e.Offer && ended.Result != e.Result {
		l.fail("offer %s ended %s and was closed as %s", e.Offer, ended.Result, e.Result)
	}
	if expired || byCall && ended.Offer == e.Offer {
		l.bars(a, o, e.Result)
	}
}

// bars notes for how long the result of an offer keeps that agent from that call, or from all.
func (l *ledger) bars(a *known, o *sent, r OfferResult) {
	switch r {
	case Missed, Ignored:
		a.refused[o.call] = bar{until: l.now.Add(30 * time.Second)}
	case Canceled:
		a.refused[o.call] = bar{until: l.now.Add(5 * time.Second), failed: true}
	case NotAcknowledged, Failed:
		a.refused[o.call] = bar{until: l.now.Add(5 * time.Second), failed: true}
		a.rest = l.now.Add(time.Second)
	}
	if r == Missed && o.terms.AutoPause {
		a.chosen = Unavailable
	}
}

func (l *ledger) left(e Left) {
	c := l.calls[e.Call]
	switch {
	case c == nil:
		l.fail("call %s left, did not wait", e.Call)
		return
	case c.offer != "":
		l.fail("call %s left with offer %s open", e.Call, c.offer)
	case e.Waited != l.now.Sub(c.at):
		l.fail("call %s waited %s, not %s", e.Call, e.Waited, l.now.Sub(c.at))
	}
	delete(l.calls, e.Call)
	if e.Result != LeftAnswered {
		return
	}
	a := l.agents[e.Agent]
	if a.held != nil {
		l.fail("call %s answered by %s, who is held by %s", e.Call, e.Agent, a.held.call)
	}
	a.held = &hold{call: e.Call, queue: e.Queue, terms: l.queues[e.Queue], talking: true}
}
