package acd

import (
	"cmp"
	"time"

	"parley/internal/id"
)

// deviceUp starts an agent's work. During a call that goes on, the status that returns is still the one from before.
func (t *turn) deviceUp(a *agent) {
	if a.Up {
		t.deviceAwake(a)
		return
	}
	a.Up, a.DownBy, a.DownFor = true, "", ""
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
	if a.Wrap != nil { // its outcome is still to be chosen
		t.settle(a, System)
		return
	}
	t.become(a, a.Choice.event(System, ""))
	a.Choice.Fresh = false
	a.Since = since
	t.ready(a)
}

func (t *turn) deviceDown(a *agent, by Trigger, who id.User) {
	if !a.Up {
		return
	}
	a.Up, a.Asleep, a.DownBy, a.DownFor = false, false, cmp.Or(by, System), who
	t.tell(Health{Agent: a.ID, State: "offline"})
	if a.Place != nil && a.Place.Talking {
		return
	}
	t.wake(a)
	t.stopWrap(a)
	var c *waiting
	if a.Place != nil && a.Place.Offer != "" {
		c = t.of(a.Place.Call)
		if o, open := c.find(a.Place.Offer); open {
			t.revoke(c, o, Failed)
		}
	}
	if a.Place == nil {
		t.settle(a, System)
	} else {
		t.become(a, StatusChanged{To: Offline, Trigger: a.DownBy, By: who})
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

// signOut takes an agent off work at a supervisor's wish: offline at once, or when the call has ended (MN-3).
func (t *turn) signOut(a *agent, s SignOut) {
	if !a.Up {
		return
	}
	t.do(StopWork{Agent: a.ID, By: s.By})
	t.deviceDown(a, Manual, s.By)
}
