package acd

import (
	"cmp"
	"fmt"

	"parley/internal/id"
)

func (t *turn) setStatus(a *agent, s SetStatus) error {
	c, err := t.chosenBy(s)
	if err != nil {
		return fmt.Errorf("set status of agent %s to %q: %w", a.ID, s.Status, err)
	}
	if a.Status == Offline {
		return fmt.Errorf("set status of agent %s: offline: %w", a.ID, ErrNotNow)
	}
	a.Choice = c
	if a.Place != nil || s.Later && a.Status == WrapUp {
		t.tellNext(a) // takes effect when the call or wrap-up has ended
		return nil
	}
	held := a.Wrap != nil && a.Wrap.Held
	t.stopWrap(a)
	if a.Wrap != nil {
		t.tellNext(a)
		if !held {
			t.tellWrap(a, Manual, s.By) // the countdown is over; the choice waits for the outcome
		}
		return nil
	}
	t.settle(a, Manual)
	return nil
}

// tellNext tells what was chosen for later.
func (t *turn) tellNext(a *agent) {
	c := a.Choice
	name := cmp.Or(t.statuses[c.Custom].Name, c.Name)
	t.tell(NextChosen{Agent: a.ID, Status: c.Status, Reason: c.Reason, Custom: c.Custom, CustomName: name, By: c.By})
}

// chosenBy makes a choice of a wish: available, unavailable, or a custom status, which stands for one of them.
func (d *Distributor) chosenBy(s SetStatus) (choice, error) {
	c := choice{Status: s.Status, Reason: s.Reason, By: s.By, Fresh: true}
	switch custom, known := d.statuses[s.Custom]; {
	case s.Custom != "" && !known:
		return choice{}, ErrUnknown
	case s.Custom != "":
		c.Custom, c.Name, c.Effect, c.Status = custom.ID, custom.Name, custom.Effect, Unavailable
		if custom.Effect == EffectAvailable {
			c.Status = Available
		}
	case s.Status != Available && s.Status != Unavailable:
		return choice{}, ErrInvalid
	}
	if c.Status == Available {
		c.Reason = ""
	}
	return c, nil
}

// become gives an agent a status, or news of the one there is, and tells it. Before is the time since the last such
// event, so that an agent's times add up.
func (t *turn) become(a *agent, e StatusChanged) {
	t.unlist(a)
	e.Agent, e.From, e.FromCustom, e.Before = a.ID, a.Status, a.Custom, max(0, t.now.Sub(a.Since))
	e.FromEffect, e.CustomName = a.Effect, cmp.Or(t.statuses[e.Custom].Name, e.CustomName)
	a.Status, a.Custom, a.Effect, a.Reason, a.Since = e.To, e.Custom, e.Effect, e.Reason, t.now
	if e.To == Offline && a.Stored.IsZero() {
		a.Choice = a.defaultChoice()
	}
	t.tell(e)
	t.staffChanged(a, e.From, e.To)
}

// settle gives an agent whom nothing holds the status that returns, and the next call. An agent who went away, or was
// removed, during the call goes offline; one whose last call lacks its outcome returns to its wrap-up.
func (t *turn) settle(a *agent, by Trigger) { t.settleBy(a, by, "") }

func (t *turn) settleBy(a *agent, by Trigger, who id.User) {
	if a.Up && !a.Removed && a.Wrap != nil {
		if a.Status != WrapUp {
			t.tellWrap(a, by, who)
		}
		t.ready(a)
		return
	}
	e := a.Choice.event(by, who)
	gone := a.Removed && a.Place == nil // else a direct call rings still
	if !a.Up || gone {
		e = StatusChanged{To: Offline, Trigger: cmp.Or(a.DownBy, System), By: a.DownFor}
	}
	a.Choice.Fresh = false
	if e.To != a.Status || e.Reason != a.Reason || e.Custom != a.Custom {
		t.become(a, e)
	}
	if gone {
		t.forget(a)
		return
	}
	t.ready(a)
}

// event is the change to what was chosen.
func (c choice) event(by Trigger, who id.User) StatusChanged {
	e := StatusChanged{To: c.Status, Custom: c.Custom, CustomName: c.Name, Effect: c.Effect, Reason: c.Reason, Trigger: by, By: who}
	if c.Fresh {
		e.Trigger, e.By = Manual, c.By
	}
	return e
}

// talk makes an agent on_call in the call of the agent's place.
func (t *turn) talk(a *agent) {
	t.stopWrap(a)
	a.Place.Talking, a.Place.Since = true, t.now
	t.become(a, StatusChanged{To: OnCall, Trigger: System, Call: a.Place.Call, Queue: a.Place.Queue})
}
