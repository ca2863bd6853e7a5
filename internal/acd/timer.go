package acd

import (
	"strings"
	"time"

	"parley/internal/id"
)

// The timers' names: the kind, then whom it is about.
func offerTimer(c *waiting) string { return "offer/" + string(c.Call) + "/" + string(c.Offer) }
func wrapTimer(a *agent) string    { return "wrap/" + string(a.ID) }
func restTimer(a *agent) string    { return "rest/" + string(a.ID) }
func refusalTimer(a *agent, c id.Call) string {
	return "refusal/" + string(a.ID) + "/" + string(c)
}

// timeUp hears a timer. One that comes early, because the clock was set back or an older one of its name was heard, is
// set again.
func (t *turn) timeUp(s TimeUp) error {
	kind, rest, _ := strings.Cut(s.Timer, "/")
	first, second, _ := strings.Cut(rest, "/")
	if kind == "offer" {
		if c := t.calls[id.Call(first)]; c != nil && second != "" && c.Offer == id.Offer(second) {
			t.expire(c)
		}
		return nil
	}
	a, known := t.agents[id.Agent(first)]
	if !known {
		return nil
	}
	switch kind {
	case "wrap":
		if a.Wrap != nil && t.due(s.Timer, a.Wrap.Ends, time.Hour) {
			a.Wrap = nil
			t.settle(a, System)
		}
	case "rest":
		if !a.Rest.IsZero() && t.due(s.Timer, a.Rest, restTime) {
			a.Rest = time.Time{}
			t.ready(a)
		}
	case "refusal":
		t.refusalOver(a, id.Call(second), s.Timer)
	}
	return nil
}

func (t *turn) refusalOver(a *agent, c id.Call, timer string) {
	r, refused := a.Refused[c]
	if refused && t.due(timer, r.Until, refusalTime) {
		delete(a.Refused, c)
		t.ready(a)
	}
}

// due tells whether a moment has come; else it sets the timer for what is left, at most the longest it can be.
func (t *turn) due(timer string, at time.Time, longest time.Duration) bool {
	left := at.Sub(t.now)
	if left > 0 {
		t.do(SetTimer{Timer: timer, After: min(left, longest)})
	}
	return left <= 0
}
