package acd

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/id"
)

// eligible tells whether a call can be offered to an agent. At the very moment a refusal or rest ends both answers are
// right: surely asks for the careful one.
func (l *ledger) eligible(which id.Agent, c *line, surely bool) bool {
	over := func(t time.Time) bool { return l.now.After(t) || !surely && l.now.Equal(t) }
	a, q := l.agents[which], l.queues[c.queue]
	ban, barred := a.refused[c.call]
	return l.serves(a, q) && a.up && !a.asleep && a.held == nil && !a.removed && over(a.rest) && !a.conf.Closed && c.wants(a) &&
		slices.Contains(q.Members, which) && !slices.Contains(a.conf.ToggledOff, c.queue) && (!barred || over(ban.until))
}

// turn is the moment from which a call's wait counts.
func (c *line) turn() time.Time { return c.at.Add(-time.Duration(c.age) * time.Second) }

// before tells which of two calls is first; the wait in a heavier queue counts more.
func (l *ledger) before(a, b *line) bool {
	waited := func(c *line) time.Duration {
		return max(0, l.now.Sub(c.turn())) * time.Duration(cmp.Or(l.queues[c.queue].Weight, 5))
	}
	return cmp.Or(cmp.Compare(a.priority, b.priority), cmp.Compare(waited(b), waited(a)), a.turn().Compare(b.turn()), cmp.Compare(a.order, b.order)) < 0
}

// fair checks that an offer joins the first call with the agent whom the queue's strategy asks for.
func (l *ledger) fair(c *line, which id.Agent) {
	if !l.eligible(which, c, false) {
		l.fail("call %s offered to %s, who is not eligible", c.call, which)
	}
	for _, other := range l.calls {
		if _, known := l.queues[other.queue]; !known || l.dials(other) || l.rests(other, true) {
			continue
		}
		if other != c && len(other.offers) == 0 && l.eligible(which, other, true) && l.before(other, c) {
			l.fail("call %s offered to %s before call %s", c.call, which, other.call)
		}
	}
	for other := range l.agents {
		if other != which && l.eligible(other, c, true) && l.better(other, which, c) {
			l.fail("call %s (%s) offered to %s, though it was the turn of %s", c.call, l.queues[c.queue].Strategy, which, other)
		}
	}
}

// better tells whether one agent was to be offered a call rather than the other.
func (l *ledger) better(one, than id.Agent, c *line) bool {
	q, a, b := l.queues[c.queue], l.agents[one], l.agents[than]
	if a.status != b.status {
		return a.status == Available
	}
	place := func(of id.Agent) int { return slices.Index(q.Members, of) }
	switch q.Strategy {
	case Ordered:
		return place(one) < place(than)
	case RoundRobin:
		n := len(q.Members)
		ahead := func(of id.Agent) int { return (place(of) - place(l.rounds[c.queue]) - 1 + n) % n }
		return ahead(one) < ahead(than)
	case FewestCalls:
		count := l.answered[c.queue]
		return count[one] < count[than] || count[one] == count[than] && a.since.Before(b.since)
	case Sticky:
		return one == c.last || than != c.last && a.since.Before(b.since)
	case Weighted, Random, Smart, Simultaneous:
		return false
	default:
		return a.since.Before(b.since)
	}
}
