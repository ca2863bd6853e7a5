package acd

import (
	"cmp"
	"fmt"
)

func (t *turn) setStatus(a *agent, s SetStatus) error {
	if s.Status != Available && s.Status != Unavailable {
		return fmt.Errorf("set status of agent %s to %q: %w", a.ID, s.Status, ErrInvalid)
	}
	if a.Status == Offline {
		return fmt.Errorf("set status of agent %s: offline: %w", a.ID, ErrNotNow)
	}
	a.Choice = choice{Status: s.Status, Reason: s.Reason, By: s.By, Fresh: true}
	if s.Status == Available {
		a.Choice.Reason = ""
	}
	if a.Place != nil {
		return nil // takes effect when the call has ended
	}
	t.forgetWrap(a)
	t.settle(a, Manual)
	return nil
}

// become gives an agent a status, or news of the one there is, and tells it. Before is the time since the last such
// event, so that an agent's times add up.
func (t *turn) become(a *agent, e StatusChanged) {
	t.unlist(a)
	e.Agent, e.From, e.Before = a.ID, a.Status, max(0, t.now.Sub(a.Since))
	a.Status, a.Reason, a.Since = e.To, e.Reason, t.now
	if e.To == Offline && a.Stored.IsZero() {
		a.Choice = a.defaultChoice()
	}
	t.tell(e)
}

// settle gives an agent whom nothing holds the status that returns, and the next call. An agent who went away, or was
// removed, during the call goes offline.
func (t *turn) settle(a *agent, by Trigger) {
	e := StatusChanged{To: a.Choice.Status, Reason: a.Choice.Reason, Trigger: by}
	if a.Choice.Fresh {
		e.Trigger, e.By = Manual, a.Choice.By
	}
	if !a.Up || a.Removed {
		e = StatusChanged{To: Offline, Trigger: cmp.Or(a.DownBy, System)}
	}
	a.Choice.Fresh = false
	if e.To != a.Status || e.Reason != a.Reason {
		t.become(a, e)
	}
	if a.Removed {
		t.forget(a)
		return
	}
	t.ready(a)
}

// talk makes an agent on_call in the call of the agent's place.
func (t *turn) talk(a *agent) {
	t.forgetWrap(a)
	a.Place.Talking, a.Place.Since = true, t.now
	t.become(a, StatusChanged{To: OnCall, Trigger: System, Call: a.Place.Call, Queue: a.Place.Queue})
}
