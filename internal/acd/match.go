package acd

import (
	"slices"
	"time"
)

// free is an agent who became free, or free for more, and the call that such an agent serves first.
type freed struct {
	agent *agent
	first *waiting
	known bool
}

// match makes the offers that a signal has made possible. Only a call that began to wait or an agent who became free can
// make one, because nothing that fits was left over before. The first call of all goes first (QU-4).
func (t *turn) match() {
	for c := t.next(); c != nil; c = t.next() {
		t.serve(c)
	}
	t.joinRings()
}

// next gives the call to be served first among those that can be offered now.
func (t *turn) next() *waiting {
	var first *waiting
	for _, c := range t.loose {
		if c.inLane && t.queues[c.Queue].fits(c) && (first == nil || t.before(c, first)) {
			first = c
		}
	}
	for i := range t.freed {
		f := &t.freed[i]
		if !f.known || f.first != nil && (!f.first.inLane || len(f.agent.listed) == 0 || f.first.dials(t.queues[f.first.Queue])) {
			f.first, f.known = t.firstCall(f.agent), true
		}
		if f.first != nil && (first == nil || t.before(f.first, first)) {
			first = f.first
		}
	}
	return first
}

// fits tells whether a call can be served now.
func (q *queue) fits(c *waiting) bool {
	return q.firstFree(c) != nil && !(c.dials(q) && q.dialling >= len(q.free))
}

// firstCall gives the call to be served first in all the queues that deliver to an agent.
func (t *turn) firstCall(a *agent) *waiting {
	var first *waiting
	for _, q := range a.listed {
		if c := q.firstFor(a); c != nil && (first == nil || t.before(c, first)) {
			first = c
		}
	}
	return first
}

// firstFor gives the queue's first call that this agent may take.
func (q *queue) firstFor(a *agent) *waiting {
	first := q.firstOf(&q.open, a)
	better := func(l *lane) {
		if c := q.firstOf(l, a); c != nil && (first == nil || byTurn(c, first) < 0) {
			first = c
		}
	}
	for _, l := range q.skilled {
		if l.calls[0].wants(a) {
			better(l)
		}
	}
	if l := q.named[a.ID]; l != nil {
		better(l)
	}
	return first
}

func (q *queue) firstOf(l *lane, a *agent) *waiting {
	for _, c := range l.calls {
		if !a.refuses(c.Call) && !(c.dials(q) && q.dialling >= len(q.free)) {
			return c
		}
	}
	return nil
}

// serve makes the offer, or the offers, of a call whose turn it is.
func (t *turn) serve(c *waiting) {
	q := t.queues[c.Queue]
	switch {
	case c.dials(q):
		t.dialCustomer(q, c)
	case q.Strategy == Simultaneous && c.Callback == nil:
		group := q.group(c)
		c.RoundAt = t.now
		skipped, more := q.skips(c, group)
		for _, a := range group {
			t.open(q, c, a, round{skipped, more})
			skipped, more = nil, 0 // a round is told once
		}
		q.ringing = append(q.ringing, c)
	default:
		a := t.choose(q, c)
		skipped, more := q.skips(c, []*agent{a})
		t.open(q, c, a, round{skipped, more})
	}
}

// joinRings lets agents who became free, and for whom nobody waits, join those who are rung for a call.
func (t *turn) joinRings() {
	for _, f := range t.freed {
		var first *waiting
		for _, q := range f.agent.listed {
			for _, c := range q.ringing {
				if q.joins(t.now, f.agent, c) && (first == nil || t.before(c, first)) {
					first = c
				}
			}
		}
		if first != nil {
			t.open(t.queues[first.Queue], first, f.agent, round{})
		}
	}
	for _, c := range t.loose { // a step that lets in more
		q := t.queues[c.Queue]
		if q == nil || !slices.Contains(q.ringing, c) {
			continue
		}
		for _, a := range slices.Clone(q.free) {
			if q.joins(t.now, a, c) {
				t.open(q, c, a, round{})
			}
		}
	}
}

// joins tells whether an agent may join those who are rung for a call. Nobody does when the call has waited for as long as it
// may, nor, where the next group is to have its turn, after the ring time of those who were rung first: else rings that
// overlap would never end.
func (q *queue) joins(now time.Time, a *agent, c *waiting) bool {
	return q.Strategy == Simultaneous && a.Status == Available && q.memberWeight(a) == c.Round && c.wants(a) && !a.refuses(c.Call) &&
		!c.overdue(now) && (now.Before(c.RoundAt.Add(time.Duration(q.terms().RingSeconds)*time.Second)) || !q.grouped())
}

// grouped tells whether the members have different weights.
func (q *queue) grouped() bool {
	return slices.ContainsFunc(q.members, func(a *agent) bool { return q.memberWeight(a) != q.memberWeight(q.members[0]) })
}

// matchAll makes every offer that is possible, in one pass.
func (t *turn) matchAll() {
	t.loose, t.freed = nil, nil
	for _, c := range t.pending() {
		if t.queues[c.Queue].fits(c) {
			t.serve(c)
		}
	}
	for _, which := range sortedKeys(t.agents) {
		if a := t.agents[which]; len(a.listed) > 0 {
			t.freed = append(t.freed, freed{agent: a, known: true})
		}
	}
}

// ready lets an agent be offered calls when nothing stands in the way.
func (t *turn) ready(a *agent) {
	t.relist(a)
	t.freed = append(t.freed, freed{agent: a})
}

// wait lets a call be offered.
func (t *turn) wait(c *waiting) {
	t.queues[c.Queue].enlist(c)
	t.loose = append(t.loose, c)
}
