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
	return a.status == Available && a.up && !a.asleep && a.held == nil && !a.removed && over(a.rest) &&
		slices.Contains(q.Members, which) && !slices.Contains(a.conf.ToggledOff, c.queue) && (!barred || over(ban.until))
}

func (l *ledger) before(a, b *line) bool {
	return cmp.Or(cmp.Compare(a.priority, b.priority), a.at.Compare(b.at), cmp.Compare(a.order, b.order)) < 0
}

// fair checks that an offer joins the first call with the agent who has been idle longest.
func (l *ledger) fair(c *line, which id.Agent) {
	if !l.eligible(which, c, false) {
		l.fail("call %s offered to %s, who is not eligible", c.call, which)
	}
	for other, a := range l.agents {
		if other != which && l.eligible(other, c, true) && a.since.Before(l.agents[which].since) {
			l.fail("call %s offered to %s, though %s has been idle longer", c.call, which, other)
		}
	}
	for _, other := range l.calls {
		if other != c && other.offer == "" && l.eligible(which, other, true) && l.before(other, c) {
			l.fail("call %s offered to %s before call %s", c.call, which, other.call)
		}
	}
}
