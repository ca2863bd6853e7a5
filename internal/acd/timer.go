package acd

import (
	"strings"
	"time"

	"parley/internal/id"
)

// The timers' names: the kind, then whom it is about.
func offerTimer(c *waiting, o id.Offer) string { return "offer/" + string(c.Call) + "/" + string(o) }
func holdTimer(c *waiting) string              { return "hold/" + string(c.Call) }
func stepTimer(c *waiting) string              { return "step/" + string(c.Call) }
func retryTimer(c *waiting) string             { return "retry/" + string(c.Call) }
func unstaffedTimer(q *queue) string           { return "unstaffed/" + string(q.ID) }
func wrapTimer(a *agent) string                { return "wrap/" + string(a.ID) }
func restTimer(a *agent) string                { return "rest/" + string(a.ID) }
func refusalTimer(a *agent, c id.Call) string {
	return "refusal/" + string(a.ID) + "/" + string(c)
}

// timeUp hears a timer. One that comes early, because the clock was set back or an older one of its name was heard, is
// set again.
func (t *turn) timeUp(s TimeUp) error {
	kind, rest, _ := strings.Cut(s.Timer, "/")
	first, second, _ := strings.Cut(rest, "/")
	if c := t.calls[id.Call(first)]; c != nil {
		t.timeUpOf(c, kind, id.Offer(second), s.Timer)
	}
	if a := t.agents[id.Agent(first)]; a != nil {
		t.timeUpFor(a, kind, id.Call(second), s.Timer)
	}
	if q := t.queues[id.Queue(first)]; q != nil && kind == "unstaffed" {
		t.unstaffed(q)
	}
	return nil
}

// timeUpOf hears the timers about a waiting call.
func (t *turn) timeUpOf(c *waiting, kind string, offer id.Offer, timer string) {
	switch kind {
	case "offer":
		if o, open := c.find(offer); open {
			t.expire(c, o)
		}
	case "hold":
		t.heldTooLong(c, timer)
	case "step":
		t.stepOver(c, timer)
	case "retry":
		t.retry(c, timer)
	}
}

// timeUpFor hears the timers about an agent.
func (t *turn) timeUpFor(a *agent, kind string, c id.Call, timer string) {
	switch kind {
	case "wrap":
		t.wrapOver(a, timer)
	case "rest":
		if !a.Rest.IsZero() && t.due(timer, a.Rest, restTime) {
			a.Rest = time.Time{}
			t.ready(a)
		}
	case "refusal":
		t.refusalOver(a, c, timer)
	}
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
