package acd

import (
	"slices"
	"time"

	"parley/internal/id"
)

// lineOf finds who waits by its own name or by that of its attempt.
func (l *ledger) lineOf(call id.Call) *line {
	if c := l.calls[call]; c != nil {
		return c
	}
	return l.calls[l.attempts[call]]
}

// stands is the status that a wish stands for.
func (l *ledger) stands(s Status, custom string) Status {
	if c, known := l.custom[custom]; known {
		s = Unavailable
		if c.Effect == EffectAvailable {
			s = Available
		}
	}
	return s
}

// unreached notes that an attempt with an agent has failed: there is nothing to wrap up.
func (l *ledger) unreached(attempt id.Call) {
	a := l.agents[l.dialling[attempt]]
	delete(l.dialling, attempt)
	if a != nil && a.held != nil && a.held.call == attempt {
		a.held.queue, a.held.terms = "", Queue{}
	}
}

// countStaff notes since when nobody is online in a queue.
func (l *ledger) countStaff() {
	for name, q := range l.queues {
		staffed := slices.ContainsFunc(q.Members, func(m id.Agent) bool {
			a := l.agents[m]
			return a != nil && !a.removed && a.status != Offline
		})
		if staffed {
			delete(l.empty, name)
		} else if l.empty[name].IsZero() {
			l.empty[name] = l.now
		}
	}
}

// dials tells whether a callback's turn means that its customer is dialled.
func (l *ledger) dials(c *line) bool { return c.callback && l.queues[c.queue].CustomerFirst }

// rests tells whether a callback is not to be served now; at the very moment its time comes both answers are right.
func (l *ledger) rests(c *line, surely bool) bool {
	q := l.queues[c.queue]
	late := c.retryAt.After(l.now) || surely && c.retryAt.Equal(l.now)
	return c.callback && (c.attempt != "" || late || q.Closed && q.CallbackHoursOnly)
}

// waits checks that a call does not wait in vain.
func (l *ledger) waits(c *line) {
	q, known := l.queues[c.queue]
	if len(c.offers) > 0 {
		l.ringsAll(c, q)
		return
	}
	switch {
	case !known && c.attempt == "":
		l.fail("call %s waits in a queue that was removed", c.call)
		return
	case !known:
		return
	case !c.until.IsZero() && l.now.After(c.until):
		l.fail("call %s was to wait until %s", c.call, c.until)
	case l.inForce(c) > 0 && c.step != l.inForce(c) && c.attempt == "":
		l.fail("call %s: step %d in force, not %d", c.call, c.step, l.inForce(c))
	case c.step > 0 && c.steps[c.step-1].ExpirySeconds > 0 && l.now.After(c.ends(c.step)):
		l.fail("call %s: step %d is over since %s", c.call, c.step, c.ends(c.step))
	}
	if since, empty := l.empty[c.queue]; empty && q.LeaveUnstaffedSeconds > 0 && !c.callback {
		if c.joined.After(since) {
			since = c.joined
		}
		if l.now.After(since.Add(time.Duration(q.LeaveUnstaffedSeconds) * time.Second)) {
			l.fail("call %s waits without staff since %s", c.call, since)
		}
	}
	if l.dials(c) || l.rests(c, true) {
		return
	}
	for which := range l.agents {
		if l.eligible(which, c, true) {
			l.fail("call %s waits while %s is free", c.call, which)
		}
	}
}

// ringsAll checks that all who are free and of the same weight are rung together.
func (l *ledger) ringsAll(c *line, q Queue) {
	if q.Strategy != Simultaneous || c.callback || c.took || !l.joinable(c, true) {
		return
	}
	for which, a := range l.agents {
		if a.status == Available && l.sameGroup(c, which) && l.eligible(which, c, true) {
			l.fail("call %s rings %v, and not %s, who is free", c.call, c.offers, which)
		}
	}
}

// inForce is the step whose time it is; 0 when all are over, or when one ends at this very moment.
func (l *ledger) inForce(c *line) int {
	for i, s := range c.steps {
		if s.ExpirySeconds == 0 || l.now.Before(c.ends(i+1)) {
			return i + 1
		}
		if l.now.Equal(c.ends(i + 1)) {
			return 0
		}
	}
	return 0
}

// ends is when a step's time is over.
func (c *line) ends(step int) time.Time {
	at := c.began
	for _, s := range c.steps[:step] {
		at = at.Add(time.Duration(s.ExpirySeconds) * time.Second)
	}
	return at
}

// abilities are what the worlds' steps ask for, in words of their own.
var abilities = map[string]func(has map[string]float64) bool{
	"french":                         func(has map[string]float64) bool { return has["french"] > 0 },
	"french >= 3":                    func(has map[string]float64) bool { return has["french"] >= 3 },
	"billing AND NOT french >= 4":    func(has map[string]float64) bool { return has["billing"] > 0 && has["french"] < 4 },
	"sales >= 2 OR billing OR Dutch": func(has map[string]float64) bool { return has["sales"] >= 2 || has["billing"]+has["Dutch"] > 0 },
}

// wants tells whether the step in force lets an agent take the call.
func (c *line) wants(a *known) bool {
	if c.step == 0 {
		return true
	}
	s := c.steps[c.step-1]
	if s.Skills == "" {
		return slices.Contains(s.Agents, a.conf.ID)
	}
	has := map[string]float64{}
	for _, one := range a.conf.Skills {
		has[one.Name] = one.Level
	}
	return abilities[s.Skills](has)
}

// away says why a call must be turned away at once, empty when it must be let in.
func (l *ledger) away(s Enqueue) Result {
	q := l.queues[s.Queue]
	at := s.EnteredAt
	if at.IsZero() {
		at = l.now
	}
	resumed := s.Resumed
	if c := l.calls[id.Call(s.Callback)]; c != nil && c.callback {
		at, resumed = c.at, true
	}
	waiting := 0
	for _, c := range l.calls {
		if c.queue == s.Queue && !c.callback {
			waiting++
		}
	}
	member := func(fits func(*known) bool) bool {
		return slices.ContainsFunc(q.Members, func(m id.Agent) bool { a := l.agents[m]; return a != nil && !a.removed && fits(a) })
	}
	switch {
	case resumed:
	case q.Closed:
		return LeftNoAgent
	case q.MaxWaiting > 0 && waiting >= q.MaxWaiting:
		return LeftOverflow
	case q.JoinWhen == JoinStaffed && !member(func(a *known) bool { return a.status != Offline }):
		return LeftNoAgent
	case q.JoinWhen == JoinAvailable && !member(func(a *known) bool {
		return a.up && l.serves(a, q) && !a.conf.Closed && !slices.Contains(a.conf.ToggledOff, s.Queue)
	}):
		return LeftNoAgent
	}
	if q.MaxHoldSeconds > 0 && !l.now.Before(at.Add(time.Duration(q.MaxHoldSeconds)*time.Second)) {
		return LeftTimeout
	}
	return ""
}

func (l *ledger) serves(a *known, q Queue) bool {
	return a.status == Available || a.status == Unavailable && q.AllowUnavailable && a.effect != EffectBusy
}
