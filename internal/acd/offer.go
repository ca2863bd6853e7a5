package acd

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
)

// offerGrace is how long after its ring time an offer without a result is taken back (BX-7: every offer expires).
const offerGrace = 10 * time.Second

// maxSkips bounds the members listed in one round; the rest are counted.
const maxSkips = 200

// round is who was passed over when a call's turn came.
type round struct {
	skipped []Skip
	more    int
}

// open makes an offer.
func (t *turn) open(q *queue, c *waiting, a *agent, r round) {
	t.serial++
	if c.Callback != nil {
		t.beginAttempt(q, c)
	}
	o := open{Offer: id.Offer(fmt.Sprintf("%s.o%d", c.told(), t.serial)), Agent: a.ID, At: t.now, Stage: c.stage()}
	q.chosen(a)
	t.ring(q, c, a, o, q.terms(), r)
}

// ring holds an agent's place for an offer, and makes it.
func (t *turn) ring(q *queue, c *waiting, a *agent, o open, on terms, r round) {
	a.Place = &place{Call: c.told(), Offer: o.Offer, Queue: c.Queue, Terms: on, Since: t.now}
	q.unlane(c)
	c.Offers = append(c.Offers, o)
	t.unlist(a)
	t.propose(c, o, a.Place.Terms.RingSeconds, r)
	t.do(SetTimer{Timer: offerTimer(c, o.Offer), After: time.Duration(a.Place.Terms.RingSeconds)*time.Second + offerGrace})
	t.tell(OfferOpened{Call: c.told(), Offer: o.Offer, Agent: a.ID, Queue: c.Queue})
}

// propose hands an offer to its call, or to a call that is yet to be made.
func (t *turn) propose(c *waiting, o open, ring int, r round) {
	if c.Callback != nil {
		t.do(PlaceCallback{
			Callback: id.Callback(c.Call), Call: c.told(), Queue: c.Queue, Number: c.Callback.Number, Attempt: c.Callback.Attempts + 1,
			EnteredAt: c.EnteredAt, Agent: o.Agent, Offer: o.Offer, RingSeconds: ring, Skipped: r.skipped, SkippedMore: r.more,
		})
		return
	}
	t.do(Offer{
		Call: c.Call, Offer: o.Offer, Agent: o.Agent, Queue: c.Queue, RingSeconds: ring,
		Skipped: r.skipped, SkippedMore: r.more, EnteredAt: c.EnteredAt,
	})
}

// skips says why the members who could not be offered this call were passed over (BX-6); a queue that was removed has
// none. Where they are too many to list, those whose reason surprises go before those who are simply away or in a call.
func (q *queue) skips(c *waiting, chosen []*agent) (skips []Skip, more int) {
	if q == nil {
		return nil, 0
	}
	plain := make([]Skip, 0, min(len(q.members), maxSkips))
	for _, a := range q.members {
		if len(chosen) == 1 && a == chosen[0] || a.rungFor(c) {
			continue
		}
		switch why := a.why(q, c); why {
		case "":
			continue
		case WhyOffline, WhyStatus, WhyOnCall:
			if len(plain) < maxSkips {
				plain = append(plain, Skip{Agent: a.ID, Why: why})
			} else {
				more++
			}
		default:
			skips = append(skips, Skip{Agent: a.ID, Why: why})
		}
	}
	if len(skips)+len(plain) == 0 {
		return nil, 0
	}
	all := plain
	if len(skips) > 0 {
		all = append(skips, plain...)
	}
	if len(all) > maxSkips {
		more += len(all) - maxSkips
		all = all[:maxSkips]
	}
	return all, more
}

// rungFor tells whether the agent holds an open offer of this very call.
func (a *agent) rungFor(c *waiting) bool {
	if a.Place == nil {
		return false
	}
	_, rung := c.find(a.Place.Offer)
	return rung
}

// explain says why no member was offered a call that leaves; c is nil when it does not wait.
func (t *turn) explain(which id.Call, c *waiting) {
	e := Explain{Call: which}
	if c != nil {
		e.Queue = c.Queue
		e.Skipped, e.SkippedMore = t.queues[c.Queue].skips(c, nil)
	}
	t.do(e)
}

// closeOffer ends an open offer. Its agent is held by nothing then, and not yet settled.
func (t *turn) closeOffer(c *waiting, o open, r OfferResult) (*agent, *place) {
	a := t.agents[o.Agent]
	held := a.Place
	t.do(StopTimer{Timer: offerTimer(c, o.Offer)})
	t.tell(OfferClosed{Call: c.told(), Offer: o.Offer, Agent: o.Agent, Queue: c.Queue, Result: r})
	c.Offers = slices.DeleteFunc(c.Offers, func(x open) bool { return x.Offer == o.Offer })
	a.Place = nil
	return a, held
}

// revoke takes an open offer back of our own accord; the call stops the ring. Agent and call are not yet settled.
func (t *turn) revoke(c *waiting, o open, r OfferResult) *agent {
	t.announceRevoke(c, o, r)
	a, _ := t.closeOffer(c, o, r)
	return a
}

// revokeAll takes all open offers back, and gives the agents, who are not yet settled.
func (t *turn) revokeAll(c *waiting) []*agent {
	var all []*agent
	for _, o := range slices.Clone(c.Offers) {
		all = append(all, t.revoke(c, o, Canceled))
	}
	return all
}

func (t *turn) announceRevoke(c *waiting, o open, r OfferResult) {
	t.do(Revoke{Call: c.told(), Offer: o.Offer, Result: r})
	if c.Revoked == nil {
		c.Revoked = map[id.Offer]id.Agent{}
	}
	c.Revoked[o.Offer] = o.Agent
}

func (t *turn) settleAll(all []*agent) {
	for _, a := range all {
		t.settle(a, System)
	}
}

// bump frees an agent from an open offer, because another call holds the agent already. It gives the call of that offer.
func (t *turn) bump(a *agent) *waiting {
	if a.Place == nil {
		return nil
	}
	c := t.of(a.Place.Call)
	if o, open := c.find(a.Place.Offer); open {
		t.revoke(c, o, Canceled)
	}
	return c
}
