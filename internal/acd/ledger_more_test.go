package acd

import (
	"cmp"
	"time"

	"parley/internal/id"
)

// dress notes what a signal says of a call that enters.
func (l *ledger) dress(s Signal, c *line) {
	q := l.queues[c.queue]
	c.steps = q.Steps
	if c.callback && id.Call(l.begun.Callback) == c.call {
		c.attempt = l.begun.Call
	}
	switch s := s.(type) {
	case Enqueue:
		c.age, c.last = s.AgeSeconds, s.LastAgent
		if len(s.Steps) > 0 {
			c.steps = s.Steps
		}
		if q.MaxHoldSeconds > 0 {
			c.until = c.at.Add(time.Duration(q.MaxHoldSeconds) * time.Second)
		}
		if from := l.taken; from != nil {
			c.age, c.last = from.age, cmp.Or(s.LastAgent, from.last)
			if len(s.Steps) == 0 && len(from.steps) > 0 {
				c.steps = from.steps
			}
		}
	case BookCallback:
		c.age, c.last, c.retryAt = s.AgeSeconds, s.LastAgent, s.RetryAt
		if from := l.taken; from != nil {
			c.age, c.last = from.age, from.last
			if len(from.steps) > 0 {
				c.steps = from.steps
			}
		}
	}
}

// stepChanged checks that steps come in order and in their time.
func (l *ledger) stepChanged(e StepChanged) {
	c := l.calls[e.Call]
	if c == nil || e.Step < 1 || e.Step > len(c.steps) {
		l.fail("step %d of call %s, which has none such", e.Step, e.Call)
		return
	}
	expires := c.steps[e.Step-1].ExpirySeconds > 0
	switch e.State {
	case StepActive:
		if c.step = e.Step; expires && !l.now.Before(c.ends(e.Step)) {
			l.fail("call %s: step %d begins after its end", e.Call, e.Step)
		}
	case StepExpired:
		if c.step = 0; !expires || l.now.Before(c.ends(e.Step)) {
			l.fail("call %s: step %d expired too early", e.Call, e.Step)
		}
	case StepJoined, StepInactive:
	}
}

// outcomeChosen lets an agent go who was held for it.
func (l *ledger) outcomeChosen(e OutcomeChosen) {
	a := l.agents[e.Agent]
	if e.Auto && (e.Outcome == "" || a.lacks && a.wrapCall == e.Call) {
		l.fail("outcome %q of itself, though one is to be chosen", e.Outcome)
	}
	if a.owes != nil && a.owes.call == e.Call {
		a.owes.outcome = true
	}
	if a.held != nil && a.held.call == e.Call && a.held.talking {
		a.held.outcome = true
	} else if a.wrapCall == e.Call {
		a.lacks = false
	}
}

// repaired checks that what is put right was wrong: the world's audits lack what they name on purpose.
func (l *ledger) repaired(s Signal, e Repaired) {
	stand, audit := s.(Stand)
	if !audit {
		l.fail("repaired %s by %T", e.Call, s)
	}
	for _, c := range stand.Calls {
		if c == e.Call && e.What == "call" {
			l.fail("call %s repaired, though it stands", e.Call)
		}
	}
	for _, h := range stand.Held {
		if h.Call == e.Call && h.Agent == e.Agent {
			l.fail("%s repaired, though %s holds that agent", e.Agent, e.Call)
		}
	}
	if e.What == "agent" {
		l.unreached(e.Call)
	}
}

// sameGroup tells whether those who are rung for a call have the weight of one more.
func (l *ledger) sameGroup(c *line, one id.Agent) bool {
	weight := func(a id.Agent) int { return cmp.Or(l.queues[c.queue].MemberWeights[a], 5) }
	for _, a := range c.offers {
		if weight(a) != weight(one) {
			return false
		}
	}
	return true
}

// joinable tells whether others may still join those who are rung for a call. At the very moment that ends both answers are
// right: surely asks for the careful one.
func (l *ledger) joinable(c *line, surely bool) bool {
	before := func(t time.Time) bool { return l.now.Before(t) || !surely && l.now.Equal(t) }
	q := l.queues[c.queue]
	weights := map[int]bool{}
	for _, which := range q.Members {
		if a := l.agents[which]; a != nil && !a.removed { // members who are agents no more do not count
			weights[cmp.Or(q.MemberWeights[which], 5)] = true
		}
	}
	grouped := len(weights) > 1
	inTime := !grouped || before(c.round.Add(time.Duration(cmp.Or(q.RingSeconds, 20))*time.Second))
	return inTime && (c.until.IsZero() || before(c.until))
}

// count counts the answered calls of a day.
func (l *ledger) count(q id.Queue, a id.Agent) {
	if _, known := l.queues[q]; !known {
		return
	}
	if l.answered[q] == nil {
		l.answered[q] = map[id.Agent]int{}
	}
	l.answered[q][a]++
}

// heardEarlier adds what a queue's members did before the ACD began.
func (l *ledger) heardEarlier(s Earlier) {
	if _, known := l.queues[s.Queue]; !known {
		return
	}
	for a, calls := range s.Answered {
		for range calls {
			l.count(s.Queue, a)
		}
	}
	if l.rounds[s.Queue] == "" {
		l.rounds[s.Queue] = s.Last
	}
}
