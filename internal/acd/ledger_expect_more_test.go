package acd

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/id"
)

// expectEntered checks that a call is let in, with its place, or turned away for the right reason.
func (l *ledger) expectEntered(s Enqueue) func(Outcome) {
	away := l.away(s)
	if l.calls[s.Call] != nil { // it waits already, and moves
		away = ""
	}
	at, priority := s.EnteredAt, cmp.Or(s.Priority, 5)
	if c := l.calls[id.Call(s.Callback)]; c != nil && c.callback {
		at, priority = c.at, c.priority
	}
	return func(out Outcome) {
		if at.IsZero() {
			at = l.now
		}
		entered := slices.ContainsFunc(out.Events, func(e Event) bool {
			x, is := e.(Entered)
			return is && x.Call == s.Call && x.Queue == s.Queue && x.Priority == priority && x.At.Equal(at)
		})
		if !entered {
			l.fail("call %s did not enter at %s with priority %d", s.Call, at, priority)
		}
		var dismissed Result
		for _, a := range out.Actions {
			if d, is := a.(Dismiss); is && d.Call == s.Call {
				dismissed = d.Result
			}
		}
		if dismissed != away {
			l.fail("call %s turned away as %q, not %q", s.Call, dismissed, away)
		}
	}
}

// expectBooked checks the answer to a wish for a callback.
func (l *ledger) expectBooked(s BookCallback) func(Outcome) {
	pending, same := 0, false
	for _, c := range l.calls {
		if c.callback && c.queue == s.Queue {
			pending++
			same = same || l.numbers[c.call] == string(s.Number)
		}
	}
	q, known := l.queues[s.Queue]
	free := known && !same && (s.Resumed || pending < cmp.Or(q.CallbackMaxPending, 20) && (!q.Closed || !q.CallbackHoursOnly))
	return func(out Outcome) {
		booked, refused := 0, 0
		for _, a := range out.Actions {
			switch a.(type) {
			case CallbackBooked:
				booked++
			case CallbackRefused:
				refused++
			}
		}
		if booked+refused != 1 || (booked == 1) != free {
			l.fail("callback %s: %d booked, %d refused", s.Callback, booked, refused)
		}
		if booked == 1 {
			l.numbers[id.Call(s.Callback)] = string(s.Number)
			if c := l.calls[s.Call]; c != nil {
				l.fail("call %s waits beside its callback", s.Call)
			}
		}
	}
}

// expectGivenUp checks that a callback that is given up is gone, and that the call that dials its customer hears so.
func (l *ledger) expectGivenUp(s CancelCallback) func(Outcome) {
	var dials id.Call
	if c := l.calls[id.Call(s.Callback)]; c != nil && l.dialling[c.attempt] != "" {
		dials = c.attempt
	}
	return func(out Outcome) {
		if l.calls[id.Call(s.Callback)] != nil {
			l.fail("callback %s was not canceled", s.Callback)
		}
		if dials != "" && !slices.ContainsFunc(out.Actions, func(a Action) bool {
			d, is := a.(Dismiss)
			return is && d.Call == dials && d.Result == LeftAbandoned
		}) {
			l.fail("callback %s was canceled, and its customer is dialled on", s.Callback)
		}
	}
}

// expectPlaceOf checks that a call's place is counted right.
func (l *ledger) expectPlaceOf(s WhereIs) func(Outcome) {
	c := l.lineOf(s.Call)
	return func(out Outcome) {
		if c == nil || len(l.queues[c.queue].Members) == 0 || len(c.offers) > 0 || l.dialling[c.attempt] != "" || c.callback {
			return
		}
		ahead := 0
		for _, other := range l.calls {
			if other != c && other.queue == c.queue && l.before(other, c) && (!other.callback || l.dialling[other.attempt] == "") {
				ahead++
			}
		}
		if p, is := out.Actions[0].(Place); !is || p.Ahead != ahead || p.Position != ahead+1 || p.Estimate < 0 {
			l.fail("call %s stands at %+v, not behind %d", s.Call, out.Actions[0], ahead)
		}
	}
}

// expectWrap checks that a release leads to the wrap-up that the call began with, or back to one that lacks its outcome.
func (l *ledger) expectWrap(a *known, h *hold, s Release) {
	lasts := time.Duration(h.terms.WrapUpSeconds) * time.Second
	if h.talking && h.queue != "" && !a.removed {
		a.lacks = h.terms.OutcomeRequired && h.terms.AutoOutcome == "" && !h.outcome
		a.wrapCall = s.Call
	} else {
		lasts = 0
	}
	here := a.up && !a.removed
	switch {
	case here && lasts > 0:
		if a.status != WrapUp || !a.wrapEnds.Equal(l.now.Add(lasts)) {
			l.fail("%s released from %s in queue %q is %s until %s", s.Agent, s.Call, h.queue, a.status, a.wrapEnds)
		}
	case (a.status == WrapUp) != (here && a.lacks):
		l.fail("%s released from %s in queue %q is %s, lacks an outcome: %t", s.Agent, s.Call, h.queue, a.status, a.lacks)
	}
}
