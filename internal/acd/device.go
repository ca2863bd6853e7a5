package acd

import (
	"cmp"
	"time"
)

// deviceUp starts an agent's work. During a call that goes on, the status that returns is still the one from before.
func (t *turn) deviceUp(a *agent) {
	if a.Up {
		t.deviceAwake(a)
		return
	}
	a.Up, a.DownBy = true, ""
	t.tell(Health{Agent: a.ID, State: "ok"})
	t.wake(a)
	since := t.now
	if !a.Stored.IsZero() && a.Stored.Before(since) {
		since = a.Stored
	}
	a.Stored = time.Time{}
	if a.Status != Offline {
		return
	}
	t.become(a, StatusChanged{To: a.Choice.Status, Reason: a.Choice.Reason, Trigger: System})
	a.Since = since
	t.ready(a)
}

func (t *turn) deviceDown(a *agent, by Trigger) {
	if !a.Up {
		return
	}
	a.Up, a.Asleep, a.DownBy = false, false, cmp.Or(by, System)
	t.tell(Health{Agent: a.ID, State: "offline"})
	if a.Place != nil && a.Place.Talking {
		return
	}
	t.wake(a)
	t.forgetWrap(a)
	var c *waiting
	if a.Place != nil && a.Place.Offer != "" {
		c = t.calls[a.Place.Call]
		t.revoke(c, Failed)
	}
	if a.Place == nil {
		t.settle(a, System)
	} else {
		t.become(a, StatusChanged{To: Offline, Trigger: a.DownBy})
	}
	if c != nil {
		t.requeue(c)
	}
}

func (t *turn) deviceAsleep(a *agent) {
	if !a.Up || a.Asleep {
		return
	}
	a.Asleep = true
	t.tell(Health{Agent: a.ID, State: "asleep"})
	t.unlist(a)
}

func (t *turn) deviceAwake(a *agent) {
	if !a.Up || !a.Asleep {
		return
	}
	a.Asleep = false
	t.tell(Health{Agent: a.ID, State: "ok"})
	t.wake(a)
	t.ready(a)
}

// wake forgets what an agent's devices failed to do before.
func (t *turn) wake(a *agent) {
	if !a.Rest.IsZero() {
		a.Rest = time.Time{}
		t.do(StopTimer{Timer: restTimer(a)})
	}
	for _, c := range sortedKeys(a.Refused) {
		if a.Refused[c].Failed {
			delete(a.Refused, c)
			t.do(StopTimer{Timer: refusalTimer(a, c)})
		}
	}
}
