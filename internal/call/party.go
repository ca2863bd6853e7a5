package call

import (
	"strconv"

	"parley/internal/id"
	"parley/internal/tel"
)

// add gives a party its place in the call, and its leg, if it has one.
func (t *turn) add(p Party) {
	p.ID = id.Party(t.named(".p", len(t.Parties)+1))
	if p.State != Beside {
		p.State = Dialling
	}
	t.Parties = append(t.Parties, p)
	if p.Leg != "" {
		t.tell(LegOpened{Leg: p.Leg, Party: p.ID, Device: p.Device, Beside: p.State == Beside})
	}
}

// named is the name of a part of the call: the call's own, what it is, and its number.
func (c *Call) named(part string, n int) string { return string(c.ID) + part + strconv.Itoa(n) }

// find is the first party in the call that is as asked; nil when there is none.
func (c *Call) find(is func(*Party) bool) *Party {
	for i := range c.Parties {
		if p := &c.Parties[i]; p.State != Gone && is(p) {
			return p
		}
	}
	return nil
}

func (c *Call) customer() *Party {
	return c.find(func(p *Party) bool { return p.Kind == Customer })
}

// party is an agent's place in the call, whether as agent or as caller.
func (c *Call) party(agent id.Agent) *Party {
	return c.find(func(p *Party) bool { return p.Agent == agent && agent != "" })
}

// placer is the agent who placed the call, or took the callback; nil in an inbound call, and where a customer is called first.
func (c *Call) placer() *Party {
	if c.Direction == Inbound || len(c.Parties) == 0 || c.Parties[0].State == Gone || c.Parties[0].Agent == "" {
		return nil
	}
	return &c.Parties[0]
}

func (c *Call) byLeg(leg id.Leg) *Party {
	return c.find(func(p *Party) bool { return p.Leg == leg && leg != "" && !p.Closed })
}

// other is the other one of the two who talk.
func (c *Call) other(than *Party) *Party {
	return c.find(func(p *Party) bool { return p.ID != than.ID && p.State == Joined })
}

// join makes a party one who can talk.
func (t *turn) join(p *Party) {
	if p == nil || p.State != Dialling {
		return
	}
	p.State, p.Joined, p.Early = Joined, t.now, false
	t.tell(PartyJoined{Party: p.ID, Kind: p.Kind, Agent: p.Agent, Number: p.Number, Leg: p.Leg, Device: p.Device})
}

// activate begins the conversation as soon as both sides can talk.
func (t *turn) activate() {
	if t.Whispering != "" {
		return
	}
	talking := 0
	for i := range t.Parties {
		if p := &t.Parties[i]; p.State == Joined && p.Up {
			talking++
		}
	}
	if talking < 2 {
		return
	}
	t.Ringback = false
	if t.AnsweredAt.IsZero() {
		t.AnsweredAt = t.now
	}
	t.enter(Active)
	if t.AutoRecord {
		t.beginRecording("")
	}
}

// part takes a party out of the call: its hold, its leg, its line and its place.
func (t *turn) part(p *Party, cause tel.Cause) {
	if m := t.moving(); m != nil && !m.Left && m.By == p.Agent {
		t.quitMove(MoveCanceled)
	}
	if t.Frozen() && t.Merging.Agent == p.Agent {
		t.dropMerge()
	}
	if t.Watching != nil && t.Watching.On == p.Agent {
		t.overWatch(watchedGone)
	}
	t.dropSecond(p, cause)
	t.endHoldsOf(p)
	t.anew(p)
	if p.Agent != "" && p.Agent == t.Whispering {
		t.Whispering = ""
		t.do(StopTimer{Timer: whisperTimer})
	}
	if p.Leg != "" && !p.Closed {
		p.Closed = true
		t.tell(LegClosed{Leg: p.Leg, Cause: cause})
		if p.Own && p.Loan.Call == "" {
			t.endLeg(p.Leg, cause)
		}
	}
	if p.State == Joined {
		t.tell(PartyLeft{Party: p.ID, Kind: p.Kind, Agent: p.Agent, Cause: cause})
	}
	p.State, p.Muted, p.Silent, p.Early, p.Talks = Gone, false, false, false, false
	if p.Agent != "" {
		t.unask(p.Agent)
		t.leaveStation(p.Agent, cause)
		t.release(p.Agent, false)
	}
}

// endLeg ends one of the call's own legs and waits for its last word.
func (t *turn) endLeg(leg id.Leg, cause tel.Cause) {
	t.Closing = append(t.Closing, leg)
	t.do(EndLeg{Leg: leg, Cause: cause})
	t.after(legTime, legTimer)
}
