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
		if c := l.calls[e.Call]; c != nil && l.taken != nil && l.taken.callback { // it moves to a callback's place
			c.at, c.priority, c.age = e.At, e.Priority, l.taken.age
			l.moved++
			return
		}
		l.order++
		c := &line{
			call: e.Call, queue: e.Queue, priority: e.Priority, at: e.At, began: e.At, order: l.order, joined: l.now, callback: e.Callback,
			offers: map[id.Offer]id.Agent{}, revoked: map[id.Offer]id.Agent{},
		}
		l.dress(s, c)
		if l.calls[e.Call] != nil {
			l.fail("call %s entered twice", e.Call)
		}
		l.calls[e.Call] = c
	case Left:
		l.left(e)
	case PriorityChanged:
		l.calls[e.Call].priority = e.Priority
	case StepChanged:
		l.stepChanged(e)
	case CallbackKept:
		c := l.calls[id.Call(e.Callback)]
		if _, moved := s.(SetPriority); !moved && e.Attempts > 0 {
			c.attempt = ""
		}
		c.retryAt = e.RetryAt
	case OutcomeChosen:
		l.outcomeChosen(e)
	case Repaired:
		l.repaired(s, e)
	case OfferOpened:
		l.open(s, e)
	case OfferClosed:
		l.closed(s, e)
	case Released:
		a := l.agents[e.Agent]
		if l.releasesOne(a, e) {
			return
		}
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
	if want := map[bool]Effect{true: EffectAvailable}[e.To == Available]; e.Custom != "" && (e.CustomName == "" || want != "" && e.Effect != want) {
		l.fail("%s became %s by %s (%s)", e.Agent, e.To, e.Custom, e.Effect)
	}
	a.status, a.effect, a.since = e.To, e.Effect, l.now
	switch e.To {
	case OnCall:
		if x, outbound := s.(Reserve); outbound && a.held != nil && x.Call == a.held.call {
			a.held.talking, a.held.asked = true, true
		}
		if c := l.calls[l.attempts[e.Call]]; c != nil {
			if x, ended := s.(OfferEnded); ended && x.Call == e.Call {
				a.held = &hold{call: e.Call, queue: e.Queue, terms: l.queues[e.Queue], talking: true}
				c.attempt, l.dialling[e.Call] = e.Call, e.Agent
				l.count(e.Queue, e.Agent)
			}
		}
		if x, occupied := s.(Occupy); occupied && (a.held == nil || a.held.call != x.Call) {
			a.held = &hold{call: x.Call, queue: x.Queue, terms: l.queues[x.Queue], talking: true}
		}
	case WrapUp:
		a.wrapEnds, a.wrapCall = e.WrapEnds, e.Call
		if e.From == Offline {
			a.stored = time.Time{}
		}
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

func (l *ledger) open(s Signal, e OfferOpened) {
	c, a := l.lineOf(e.Call), l.agents[e.Agent]
	q := l.queues[e.Queue]
	by, took := s.(Take)
	took = took && by.Call == e.Call && by.Agent == e.Agent
	switch {
	case l.used[e.Offer]:
		l.fail("offer %s opened twice", e.Offer)
	case c == nil || a == nil || c.queue != e.Queue:
		l.fail("offer %s of call %s, which does not wait there", e.Offer, e.Call)
	case len(c.offers) > 0 && (q.Strategy != Simultaneous || c.callback):
		l.fail("offer %s of call %s, which has %v open", e.Offer, e.Call, c.offers)
	case len(c.offers) > 0 && c.took:
		l.fail("offer %s of call %s, which is taken out of order by %v", e.Offer, e.Call, c.offers)
	case len(c.offers) > 0 && !l.sameGroup(c, e.Agent):
		l.fail("offer %s to %s beside %v, who have another weight", e.Offer, e.Agent, c.offers)
	case len(c.offers) > 0 && !l.joinable(c, false):
		l.fail("offer %s to %s joins a ring whose time is over", e.Offer, e.Agent)
	case took && (c.callback || len(c.offers) > 0 || !a.up || a.asleep || a.removed):
		l.fail("offer %s of call %s, which %s cannot take", e.Offer, e.Call, e.Agent)
	case l.dials(c):
		l.fail("offer %s of callback %s, whose customer is to be dialled first", e.Offer, e.Call)
	case a.held != nil:
		l.fail("offer %s to %s, who is held by %s %s", e.Offer, e.Agent, a.held.call, a.held.offer)
	}
	if l.broken != nil {
		return
	}
	if took {
		q.AutoPause = false
		l.tookOver++
	} else {
		l.fair(c, e.Agent)
		l.rounds[e.Queue] = e.Agent
	}
	c.took = took
	l.opened++
	l.used[e.Offer] = true
	if len(c.offers) == 0 {
		c.round = l.now
	}
	c.offers[e.Offer] = e.Agent
	a.held = &hold{call: e.Call, offer: e.Offer, queue: e.Queue, terms: q, took: took}
	l.offers[e.Offer] = &sent{call: c.call, told: e.Call, agent: e.Agent, at: l.now, terms: q}
}

func (l *ledger) closed(s Signal, e OfferClosed) {
	o := l.offers[e.Offer]
	if o == nil || o.told != e.Call || o.agent != e.Agent {
		l.fail("offer %s closed, which was not open", e.Offer)
		return
	}
	delete(l.offers, e.Offer)
	c := l.calls[o.call]
	delete(c.offers, e.Offer)
	a := l.agents[e.Agent]
	a.held = nil
	ended, byCall := s.(OfferEnded)
	_, expired := s.(TimeUp)
	if byCall && ended.Offer == e.Offer && ended.Result != e.Result {
		l.fail("offer %s ended %s and was closed as %s", e.Offer, ended.Result, e.Result)
	}
	if c.callback && e.Result != Answered && c.attempt == e.Call {
		c.attempt = ""
	}
	if gone, broke := s.(Leave); broke && c.callback && gone.Call == e.Call {
		l.bars(a, o, e.Result)
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
	case len(c.offers) > 0:
		l.fail("call %s left with offers %v open", e.Call, c.offers)
	case e.Callback != c.callback:
		l.fail("call %s left as another kind", e.Call)
	case e.Waited != l.now.Sub(c.at):
		l.fail("call %s waited %s, not %s", e.Call, e.Waited, l.now.Sub(c.at))
	}
	delete(l.calls, e.Call)
	delete(l.dialling, c.attempt)
	if e.Result != LeftAnswered || c.callback {
		return
	}
	l.count(e.Queue, e.Agent)
	a := l.agents[e.Agent]
	if a.held != nil {
		l.fail("call %s answered by %s, who is held by %s", e.Call, e.Agent, a.held.call)
	}
	a.held = &hold{call: e.Call, queue: e.Queue, terms: l.queues[e.Queue], talking: true}
}
