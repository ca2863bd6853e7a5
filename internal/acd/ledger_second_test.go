package acd

import (
	"time"

	"parley/internal/id"
)

func (a *known) inFirst(c id.Call) bool  { return a.held != nil && a.held.call == c }
func (a *known) inSecond(c id.Call) bool { return a.second != nil && a.second.call == c }

// givesSecond checks that the other line is given only to who talks on the first one and wants it.
func (l *ledger) givesSecond(a *known, x Granted) {
	if a.second != nil || !a.conf.CallWaiting || a.held == nil || !a.held.talking || a.held.call == x.Call {
		l.fail("%s granted the other line for %s", x.Agent, x.Call)
	}
	a.second = &hold{call: x.Call}
}

func (l *ledger) connectsSecond(s Connected) {
	if a := l.agents[s.Agent]; a.inSecond(s.Call) && !a.second.talking {
		a.second.talking = true
		l.seconds++
	}
}

// occupiesSecond tells whether a live call that holds an agent takes the other line.
func (l *ledger) occupiesSecond(a *known, s Occupy) bool {
	if a.inFirst(s.Call) {
		a.held.asked = a.held.asked && !a.held.talking
		return false
	}
	return a.inSecond(s.Call) || a.conf.CallWaiting && a.second == nil && a.held != nil && a.held.talking && !a.held.asked
}

// releasesOne takes down the end of one of two calls; false when there are not two.
func (l *ledger) releasesOne(a *known, e Released) bool {
	if a.second == nil || !a.inFirst(e.Call) && !a.inSecond(e.Call) {
		return false
	}
	gone := a.second
	if a.inFirst(e.Call) {
		gone, a.held = a.held, a.second
	}
	a.second = nil
	if gone.talking && gone.queue != "" && !a.removed {
		a.owes = gone
	}
	return true
}

// expectOneReleased checks that who talks on the other line stays on call, and that nobody else does.
func (l *ledger) expectOneReleased(a *known, s Release) func(Outcome) {
	return func(Outcome) {
		if a.inFirst(s.Call) || a.inSecond(s.Call) || a.second != nil || a.held == nil {
			l.fail("release of %s from %s, one of two calls, left %+v and %+v", s.Agent, s.Call, a.held, a.second)
		}
		if a.held != nil && !a.held.talking && a.owes != nil {
			a.wraps(a.held)
		}
	}
}

// wraps is the call that an agent who leaves the last one wraps up; nil when that was owed, and began or ended at once.
func (a *known) wraps(last *hold) *hold {
	owed := a.owes
	a.owes = nil
	if owed == nil || last.talking && last.queue != "" {
		return last
	}
	if !a.removed {
		a.lacks = owed.terms.OutcomeRequired && owed.terms.AutoOutcome == "" && !owed.outcome
		a.wrapCall = owed.call
		a.extend = time.Duration(max(owed.terms.ExtendSeconds, oneIf(owed.terms.ExtendSeconds == 0)*owed.terms.WrapUpSeconds)) * time.Second
	}
	return nil
}
