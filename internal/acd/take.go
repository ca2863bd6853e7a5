package acd

import (
	"fmt"
	"slices"

	"parley/internal/id"
)

// The reasons why a waiting caller cannot be taken (MN-2); each is an ErrNotNow.
var (
	ErrGone     = fmt.Errorf("waits no more: %w", ErrNotNow)
	ErrNoDevice = fmt.Errorf("nothing of the agent's can ring: %w", ErrNotNow)
	ErrInCall   = fmt.Errorf("the agent is in a call: %w", ErrNotNow)
	ErrRung     = fmt.Errorf("the agent is rung already: %w", ErrNotNow)
)

// TakenError says that somebody else was faster; it is an ErrNotNow.
type TakenError struct{ Agent id.Agent }

func (e *TakenError) Error() string        { return fmt.Sprintf("agent %s takes the call already", e.Agent) }
func (e *TakenError) Is(target error) bool { return target == ErrNotNow }

// take offers a waiting call to an agent out of order. A miss pauses nobody: auto_pause belongs to the queue's own offers.
func (t *turn) take(a *agent, s Take) error {
	c := t.calls[s.Call]
	if err := t.whyNotTake(a, c); err != nil {
		return fmt.Errorf("take call %s by agent %s: %w", s.Call, a.ID, err)
	}
	q := t.queues[c.Queue]
	rung := t.revokeAll(c)
	q.ringing = slices.DeleteFunc(q.ringing, func(r *waiting) bool { return r == c })
	t.serial++
	o := open{
		Offer: id.Offer(fmt.Sprintf("%s.o%d", c.Call, t.serial)), Agent: a.ID, At: t.now, Stage: len(c.Steps), Taken: true,
	}
	on := q.terms()
	on.AutoPause = false
	t.ring(q, c, a, o, on, round{})
	t.settleAll(rung)
	return nil
}

// whyNotTake says why an agent cannot take a call out of order, nil when nothing stands in the way. A wrap-up goes on while it
// rings, and ends with the answer; one that lacks its outcome holds the agent.
func (t *turn) whyNotTake(a *agent, c *waiting) error {
	switch {
	case c == nil || c.Callback != nil || t.queues[c.Queue] == nil:
		return ErrGone
	case a.Place != nil && a.Place.Talking:
		return ErrInCall
	case a.Place != nil:
		return ErrRung
	case !a.Up || a.Asleep || a.Removed:
		return ErrNoDevice
	case a.Wrap != nil && a.Wrap.lacks():
		return ErrOutcome
	}
	for _, o := range c.Offers {
		if o.Taken {
			return &TakenError{Agent: o.Agent}
		}
	}
	return nil
}
