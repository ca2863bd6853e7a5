package acd

import (
	"slices"
	"time"

	"parley/internal/id"
)

// expect looks at a signal before it is noted and gives a check of what it must have led to.
func (l *ledger) expect(s Signal) func(Outcome) {
	switch s := s.(type) {
	case OfferEnded:
		return l.expectEnded(s)
	case Leave:
		c := l.calls[s.Call]
		return func(out Outcome) {
			if c != nil && !c.callback && !slices.ContainsFunc(out.Events, func(e Event) bool {
				left, is := e.(Left)
				return is && left.Call == s.Call && left.Result == s.Result
			}) {
				l.fail("call %s left unheard", s.Call)
			}
		}
	case WhereIs:
		return l.expectPlaceOf(s)
	case SetPriority:
		c := l.lineOf(s.Call)
		return func(Outcome) {
			if c != nil && c.priority != s.Priority && l.calls[c.call] == c {
				l.fail("call %s has priority %d, not %d", s.Call, c.priority, s.Priority)
			}
		}
	case BookCallback:
		return l.expectBooked(s)
	case Take:
		return func(Outcome) {
			if a := l.agents[s.Agent]; a.held == nil || a.held.call != s.Call || !a.held.took {
				l.fail("call %s taken, and not offered to %s", s.Call, s.Agent)
			}
		}
	case CancelCallback:
		return l.expectGivenUp(s)
	case Release:
		return l.expectRelease(s)
	case Enqueue:
		return l.expectEntered(s)
	case Reserve:
		return func(out Outcome) { l.expectPlace(s, out) }
	case Toggle:
		return func(Outcome) {
			if slices.Contains(l.agents[s.Agent].conf.ToggledOff, s.Queue) == s.On {
				l.fail("toggle of %s for %s did not act", s.Queue, s.Agent)
			}
		}
	}
	return l.expectOfAgent(s)
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (l *ledger) expectOfAgent(s Signal) func(Outcome) {
	var which id.Agent
	var fits func(a *known) bool
	switch s := s.(type) {
	case DeviceUp:
		which, fits = s.Agent, func(a *known) bool { return a.up && !a.asleep }
	case DeviceDown:
		which, fits = s.Agent, func(a *known) bool { return !a.up }
	case DeviceAsleep:
		which, fits = s.Agent, func(a *known) bool { return a.asleep || !a.up }
	case DeviceAwake:
		which, fits = s.Agent, func(a *known) bool { return !a.asleep }
	case SetStatus:
		which, fits = s.Agent, func(a *known) bool { return a.held != nil || a.status == l.stands(s.Status, s.Custom) || a.lacks }
	case EndWrap:
		which, fits = s.Agent, func(a *known) bool { return a.status != WrapUp }
	case SignOut:
		which, fits = s.Agent, func(a *known) bool { return !a.up && (a.status == Offline || a.status == OnCall || a.held != nil) }
	case ExtendWrap:
		lasts := l.agents[s.Agent].extend
		which, fits = s.Agent, func(a *known) bool { return a.status == WrapUp && a.wrapEnds.Equal(l.now.Add(lasts)) }
	case Connected:
		h := l.agents[s.Agent].held
		which, fits = s.Agent, func(a *known) bool {
			return h == nil || h.call != s.Call || h.offer != "" || a.status == OnCall
		}
	case Occupy:
		which, fits = s.Agent, func(a *known) bool { return (a.inFirst(s.Call) || a.inSecond(s.Call)) && a.status == OnCall }
	default:
		return func(Outcome) {}
	}
	return func(Outcome) {
		if a := l.agents[which]; a != nil && !fits(a) {
			l.fail("%T %s: is %s, up %t, asleep %t", s, which, a.status, a.up, a.asleep)
		}
	}
}

func (l *ledger) expectEnded(s OfferEnded) func(Outcome) {
	o := l.offers[s.Offer]
	var late id.Agent
	if c := l.calls[s.Call]; c != nil && s.Result == Answered && o == nil {
		late = c.revoked[s.Offer]
	}
	if o != nil && o.told != s.Call && l.calls[s.Call] == nil {
		return func(Outcome) {} // of an attempt before
	}
	return func(Outcome) {
		if l.offers[s.Offer] != nil {
			l.fail("offer %s ended %s unheard", s.Offer, s.Result)
		}
		if late != "" || o != nil && s.Result == Answered {
			if o != nil {
				late = o.agent
			}
			a := l.agents[late]
			if a == nil || a.held == nil || a.held.call != s.Call || a.status != OnCall {
				l.fail("offer %s answered, but %s is not in the call", s.Offer, late)
			} else if o != nil {
				a.held.terms = o.terms
			}
		}
	}
}

func (l *ledger) expectRelease(s Release) func(Outcome) {
	a := l.agents[s.Agent]
	if a != nil && a.second != nil && (a.inFirst(s.Call) || a.inSecond(s.Call)) {
		return l.expectOneReleased(a, s)
	}
	if a == nil || a.held == nil || a.held.call != s.Call || a.held.offer != "" {
		return func(out Outcome) {
			if len(out.Actions)+len(out.Events) > 0 {
				l.fail("release of %s, who was not held by %s, did something", s.Agent, s.Call)
			}
		}
	}
	h, wrapped := a.held, a.status == WrapUp && !a.held.talking // by the other call, which ended while this one rang
	return func(out Outcome) {
		released := 0
		for _, e := range out.Events {
			if r, is := e.(Released); is && r.Call == s.Call && r.Agent == s.Agent {
				released++
			}
		}
		if released != 1 {
			l.fail("%d times released", released)
		}
		if h = a.wraps(h); h == nil || wrapped && a.status == WrapUp {
			return
		}
		l.expectWrap(a, h, s)
		a.extend = time.Duration(max(h.terms.ExtendSeconds, oneIf(h.terms.ExtendSeconds == 0)*h.terms.WrapUpSeconds)) * time.Second
	}
}

// expectPlace checks the answer to Reserve.
func (l *ledger) expectPlace(s Reserve, out Outcome) {
	granted, refused := 0, 0
	for _, a := range out.Actions {
		switch a.(type) {
		case Granted:
			granted++
		case Refused:
			refused++
		}
	}
	a := l.agents[s.Agent]
	switch {
	case granted+refused != 1:
		l.fail("reserve %s: %d granted, %d refused", s.Agent, granted, refused)
	case granted == 1 && s.Purpose == Outbound && a.status != OnCall:
		l.fail("%s dials and is %s", s.Agent, a.status)
	case granted == 1 && s.Purpose == Intercom && (a.second != nil || !a.up || a.asleep || a.status == WrapUp || a.conf.Closed):
		l.fail("%s granted for an intercom", s.Agent)
	case granted == 1 && s.Purpose == Direct && a.second == nil && (!a.up || a.asleep || a.status == WrapUp || a.conf.Closed):
		l.fail("%s granted for a direct call", s.Agent)
	case refused == 1 && a != nil && a.held == nil && (s.Purpose == Outbound || a.status == Available && a.up && !a.asleep && !a.conf.Closed):
		l.fail("%s refused without a reason", s.Agent)
	}
}
