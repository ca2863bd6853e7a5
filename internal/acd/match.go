package acd

import (
	"fmt"
	"time"

	"parley/internal/id"
)

// offerGrace is how long after its ring time an offer without a result is taken back (BX-7: every offer expires).
const offerGrace = 10 * time.Second

// maxSkips bounds the members listed in one round; the rest are counted.
const maxSkips = 200

// match makes the offers that a signal has made possible. Only a call that began to wait or an agent who became free can
// make one, because nothing that fits was left over before. The first call of all goes first (QU-4).
func (t *turn) match() {
	for {
		c := t.next()
		if c == nil {
			return
		}
		t.open(c, t.queues[c.Queue].freeFor(c))
	}
}

// next gives the call to be served first among those that can be offered now.
func (t *turn) next() *waiting {
	var first *waiting
	for _, c := range t.loose {
		if c.Offer == "" && t.queues[c.Queue].freeFor(c) != nil && (first == nil || byTurn(c, first) < 0) {
			first = c
		}
	}
	for _, a := range t.freed {
		if c := a.firstCall(); c != nil && (first == nil || byTurn(c, first) < 0) {
			first = c
		}
	}
	return first
}

// freeFor gives the member who has been idle longest and may be offered the call (QU-5).
func (q *queue) freeFor(c *waiting) *agent {
	for _, a := range q.free {
		if !a.refuses(c.Call) {
			return a
		}
	}
	return nil
}

// firstCall gives the call to be served first in all the agent's queues.
func (a *agent) firstCall() *waiting {
	var first *waiting
	if !a.listed {
		return nil
	}
	for _, q := range a.queues {
		if c := q.firstFor(a); c != nil && (first == nil || byTurn(c, first) < 0) {
			first = c
		}
	}
	return first
}

func (q *queue) firstFor(a *agent) *waiting {
	for _, c := range q.pending {
		if !a.refuses(c.Call) {
			return c
		}
	}
	return nil
}

// matchAll makes every offer that is possible, in one pass.
func (t *turn) matchAll() {
	for _, c := range t.pending() {
		if a := t.queues[c.Queue].freeFor(c); a != nil {
			t.open(c, a)
		}
	}
	t.loose, t.freed = nil, nil
}

// ready lets an agent be offered calls when nothing stands in the way.
func (t *turn) ready(a *agent) {
	t.relist(a)
	t.freed = append(t.freed, a)
}

// wait lets a call be offered.
func (t *turn) wait(c *waiting) {
	q := t.queues[c.Queue]
	q.pending = insert(q.pending, c, byTurn)
	t.loose = append(t.loose, c)
}

// open makes an offer.
func (t *turn) open(c *waiting, a *agent) {
	q := t.queues[c.Queue]
	t.serial++
	c.Offer, c.Agent = id.Offer(fmt.Sprintf("%s.o%d", c.Call, t.serial)), a.ID
	skipped, more := q.skips(c.Call, a)
	a.Place = &place{Call: c.Call, Offer: c.Offer, Queue: c.Queue, Terms: q.terms(), Since: t.now}
	q.pending = remove(q.pending, c, byTurn)
	t.unlist(a)
	ring := a.Place.Terms.RingSeconds
	t.do(Offer{
		Call: c.Call, Offer: c.Offer, Agent: a.ID, Queue: c.Queue, RingSeconds: ring,
		Skipped: skipped, SkippedMore: more, EnteredAt: c.EnteredAt,
	})
	t.do(SetTimer{Timer: offerTimer(c), After: time.Duration(ring)*time.Second + offerGrace})
	t.tell(OfferOpened{Call: c.Call, Offer: c.Offer, Agent: a.ID, Queue: c.Queue})
}

// skips says why the members who could not be offered this call were passed over (BX-6). Where they are too many to
// list, those whose reason surprises go before those who are simply away or in a call.
func (q *queue) skips(c id.Call, chosen *agent) (skips []Skip, more int) {
	var plain []Skip
	for _, a := range q.members {
		if a == chosen {
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
	all := append(skips, plain...)
	if len(all) > maxSkips {
		more += len(all) - maxSkips
		all = all[:maxSkips]
	}
	return all, more
}
