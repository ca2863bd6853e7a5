package callcontrol

import (
	"slices"
	"sync"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/tel"
)

// channels keeps what runs through trunks within their caps (BX-33).
type channels struct {
	mu      sync.Mutex // guards what follows, never an owner
	lines   *dialing.Lines
	waiting map[id.Leg]func() // dial an emergency call whose channel is being freed
}

func newChannels() channels {
	return channels{lines: dialing.NewLines(), waiting: map[id.Leg]func(){}}
}

func (c *channels) entered(leg id.Leg, trunk id.Trunk) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines.Enter(leg, trunk)
}

// seize wants a channel; what to do when it is had later is kept.
func (c *channels) seize(a call.DialTrunk, later func()) dialing.Seizure {
	r := dialing.Route{Trunk: a.Trunk, Name: a.Name, Caps: dialing.Caps{Channels: a.Channels, PerSecond: a.PerSecond}}
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.lines.Seize(clock.Now(), a.Leg, r, a.Urgent)
	if s.Victim != "" {
		c.waiting[a.Leg] = later
	}
	return s
}

// free gives a channel back, and what is to be done since it is free; nil when nothing is.
func (c *channels) free(leg id.Leg) func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.waiting, leg)
	next := c.lines.Free(leg)
	do := c.waiting[next]
	delete(c.waiting, next)
	return do
}

// dialTrunk places a leg, if the trunk has a channel for it; else the leg ends at once, so that the call may try another
// trunk. For an emergency call a channel is freed.
func (x *Exchange) dialTrunk(c *call.Call, a call.DialTrunk) {
	org := c.Org
	dial := func() { x.Wires.DialTrunk(org, a) }
	switch s := x.lines.seize(a, dial); {
	case s.Had:
		dial()
	case s.Victim != "":
		x.giveWay(s.Victim)
	default:
		x.legEnded(call.LegEnded{Leg: a.Leg, Cause: tel.CauseNoCircuit, Reason: s.Why})
	}
}

// giveWay ends the call of a leg whose channel an emergency call needs.
func (x *Exchange) giveWay(leg id.Leg) {
	p, ok := x.legs.find(leg)
	if ok && p.call != "" && x.post(callAt(p.call), call.Close{Cause: tel.CauseCongestion, Why: "the line was needed for an emergency call"}) {
		x.Log.Warn("call ended to free a channel for an emergency call", "call", p.call, "leg", leg)
		return
	}
	x.freed(leg) // nobody holds it any more
}

// freed gives a leg's channel back. An emergency call that waited for it is dialled.
func (x *Exchange) freed(leg id.Leg) {
	if do := x.lines.free(leg); do != nil {
		do()
	}
}

// leaveAll takes an agent out of every call but emergency calls, so that the agent's line is free (BX-13).
func (x *Exchange) leaveAll(agent id.Agent) {
	x.mu.Lock()
	var all []id.Call
	for which, l := range x.calls {
		if !l.urgent && slices.ContainsFunc(l.standing, func(s acd.Signal) bool { return holds(s, agent) }) {
			all = append(all, which)
		}
	}
	x.mu.Unlock()
	for _, which := range all {
		x.post(callAt(which), call.HangUp{Agent: agent})
	}
}

// holds tells whether a call has an agent, or has asked for the agent; from one that only rings the agent cannot be taken.
func holds(s acd.Signal, agent id.Agent) bool {
	switch s := s.(type) {
	case acd.Occupy:
		return s.Agent == agent
	case acd.Reserve:
		return s.Agent == agent
	}
	return false
}
