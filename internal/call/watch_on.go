package call

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// watchedTo notes how far the supervisor is.
func (t *turn) watchedTo(s WatchState) *Watching {
	w := *t.Watching
	w.State, w.Since = s, t.now
	t.Watching = &w
	return &w
}

// watchGranted rings the supervisor, whose place is here.
func (t *turn) watchGranted(agent id.Agent) {
	if w := t.Watching; w == nil || w.Agent != agent || w.State != WatchAsking {
		t.release(agent, false)
		return
	}
	t.watchedTo(WatchRinging)
	t.Next++
	t.ring(OpenRing{Offer: id.Offer(t.named(".d", t.Next)), Agent: agent, Direct: true, Watch: true}, nil, 0)
}

// watchDenied hears that the supervisor's place cannot be had.
func (t *turn) watchDenied(agent id.Agent, why string) {
	if w := t.Watching; w != nil && w.Agent == agent && w.State == WatchAsking {
		t.overWatch(watcherWords(why))
	}
}

// watchMissed hears that none of the supervisor's devices was answered.
func (t *turn) watchMissed(result RingResult) {
	switch result {
	case RingMissed:
		t.overWatch("your phone rang, and nobody answered it")
	case RingIgnored:
		t.overWatch("")
	default:
		t.overWatch("no device of yours responded")
	}
}

// watchAnswered puts the supervisor beside the conversation.
func (t *turn) watchAnswered(s RingEnded) {
	w := t.watchedTo(WatchOn)
	t.add(Party{Kind: Supervisor, Agent: s.Agent, Name: w.Name, Leg: s.Leg, Device: s.Device, Up: true, State: Beside})
	t.do(Connected{Agent: s.Agent})
	t.tell(WatchBegan{Number: w.Number, Agent: w.Agent, On: w.On, Mode: w.Mode})
	t.helped()
}

// overWatch is the one end of watching, at any state of it. The supervisor's place, line and leg are given back.
func (t *turn) overWatch(why string) {
	w := t.Watching
	if w == nil {
		return
	}
	t.Watching = nil
	if r := t.RingAt(w.Agent); r != nil && r.Watch {
		t.overRing(r, RingCanceled, "")
	}
	if p := t.party(w.Agent); p != nil {
		t.part(p, tel.CauseNormal)
	}
	t.unask(w.Agent)
	t.leaveStation(w.Agent, tel.CauseNormal)
	t.release(w.Agent, false)
	t.tellWatchOver(w, why)
}

func (t *turn) tellWatchOver(w *Watching, why string) {
	over := WatchOver{Number: w.Number, Agent: w.Agent, On: w.On, Mode: w.Mode, Why: why}
	if w.State == WatchOn {
		over.Lasted, over.Why = max(0, t.now.Sub(w.Since)), ""
	}
	t.tell(over)
}

// keepWatch ends the watching of an agent who talks no more.
func (t *turn) keepWatch() {
	if w := t.Watching; w != nil {
		if p := t.party(w.On); t.Stage != Active || p == nil || p.State != Joined {
			t.overWatch(watchedGone)
		}
	}
}

// beside is the supervisor who hears the call; nil when there is none.
func (c *Call) beside() *Party {
	if c.Watching == nil || c.Watching.State != WatchOn {
		return nil
	}
	return c.party(c.Watching.Agent)
}

// besideHears lets the supervisor hear whom the watched agent hears on the line it speaks on, and that agent; false when nobody sounds.
func (c *Call) besideHears(h *Hearing) bool {
	if c.Playing != nil {
		c.announcementHearing(h)
		return true
	}
	on := c.party(c.Watching.On)
	if c.Announcing {
		h.Prompts, h.Tag = c.notice(), NoticeInCall
		return true
	}
	for i := range c.Parties {
		if q := &c.Parties[i]; q.sounds() && q.Side == on.Side && !q.Held && !q.Muted && !q.Aside {
			h.add(q.voice())
		}
	}
	return h.From != "" || len(h.Mix) > 0
}

// speaksTo is the supervisor when this party hears it; nil when it does not.
func (c *Call) speaksTo(p *Party) *Party {
	s := c.beside()
	if s == nil || s.Muted || s.Leg == "" || s.Closed {
		return nil
	}
	switch on := c.party(c.Watching.On); {
	case c.Watching.Mode == Coach && p.ID == on.ID, c.Watching.Mode == Barge && p.Side == on.Side:
		return s
	}
	return nil
}

// taped is the leg of a supervisor whom everybody hears; what is said to the agent alone is recorded by nobody (RC-3).
func (c *Call) taped() id.Leg {
	s := c.beside()
	if s == nil || s.Muted || s.Closed || c.Watching.Mode != Barge || c.party(c.Watching.On).Side != 0 {
		return ""
	}
	return s.Leg
}
