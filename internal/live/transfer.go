package live

import (
	"cmp"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
)

// brought tells an agent who is being rung by whom the call is brought, and what is written for them (TR-9).
func (l *Line) brought(which id.Agent, c *call.Call) {
	m, r := c.Move, c.RingAt(which)
	switch {
	case m != nil && m.Agent == which && m.By != which, m != nil && m.Waits && r != nil && !r.Direct && !r.Watch:
		l.BroughtBy, l.Notes = string(m.By), m.Notes
	case m == nil && r != nil && !r.Watch && c.Brought != nil:
		l.BroughtBy, l.Notes = string(c.Brought.By), c.Brought.Notes
	}
}

// in puts on the line who is in the call with the agent, and whom the agent brings in.
func (l *Line) in(c *call.Call, mine *call.Party) {
	l.BroughtBy, l.Notes = string(mine.BroughtBy), mine.Notes
	for i := range c.Parties {
		if p := &c.Parties[i]; converses(p) {
			l.Parties = append(l.Parties, partyOf(c, p, mine))
		}
	}
	if c.Queue != nil && mine.State == call.Joined {
		l.Announcements = c.Queue.Announcements
	}
	if c.Playing != nil {
		l.Announcement = c.Playing.Name
	}
	if m := c.Merging; m != nil && m.Agent == mine.Agent {
		l.Merge = &LineMerge{State: m.State, Why: m.Why}
	}
	if m := c.Move; m != nil && m.By == mine.Agent && !m.Left {
		l.Transfer = &LineTransfer{Warm: m.Warm, To: m.To, Name: m.Name, State: m.State, Why: m.Why, Since: m.Since, In: inOf(m)}
	}
}

// inOf is what the line 2 of a consultation goes through now, as a caller would.
func inOf(m *call.Move) string {
	switch {
	case m.State != call.MoveRinging:
		return ""
	case m.Waits:
		return "queue"
	case m.Treatment.On() || m.Finding:
		return "menu"
	}
	return ""
}

func partyOf(c *call.Call, p, mine *call.Party) LineParty {
	one := LineParty{
		ID: p.ID, Kind: p.Kind, Name: p.Name, Number: string(p.Number), You: p.ID == mine.ID, State: "joined",
		Held: p.Held, Muted: p.Muted, Talks: p.Talks && !p.Held && !p.Muted, Line: 1 + p.Side,
	}
	if p.State != call.Joined {
		one.State = "dialling"
	}
	if p.Kind == call.Customer && p.Agent == "" {
		one.Name = cmp.Or(c.Caller.Name, p.Name, c.Name)
	}
	return one
}

// name says of the agents on a line who they are, as people know them.
func (p *picture) name(l *Line, c *call.Call) {
	if by := p.agents[id.Agent(l.BroughtBy)]; by != nil {
		l.BroughtBy = by.Name
	}
	if t := l.Transfer; t != nil && t.Name == t.To.Target {
		t.Name = p.target(t.To)
	}
	n := 0
	for i := range c.Parties {
		party := &c.Parties[i]
		if !converses(party) || n >= len(l.Parties) {
			continue
		}
		if a := p.agents[party.Agent]; a != nil {
			l.Parties[n].Name, l.Parties[n].Number = a.Name, a.Extension
		}
		n++
	}
	if c.Direction == call.Internal && c.Moves > 0 {
		l.opposite()
	}
}

// target is where a transfer goes to before the plan has said its name.
func (p *picture) target(to dest.Destination) string {
	if a := p.agents[id.Agent(to.Target)]; to.Kind == dest.Agent && a != nil {
		return a.Name
	}
	if q := p.queues[id.Queue(to.Target)]; to.Kind == dest.Queue && q != nil {
		return q.Name
	}
	if to.Kind == dest.External {
		return to.Target
	}
	return ""
}

// opposite puts the only other one on a line, as who is there may have changed since the call began.
func (l *Line) opposite() {
	if len(l.Parties) != 2 {
		return
	}
	for _, p := range l.Parties {
		if !p.You {
			l.Name, l.Number = p.Name, p.Number
		}
	}
}

// away tells whether an agent speaks with nobody of line 1 now: the other one is on hold, or the agent is.
func away(c *call.Call, mine *call.Party) bool {
	if m := c.Move; m != nil && m.By == mine.Agent && mine.Side != 0 || mine.Held && mine.HeldBy == mine.Agent || c.Park != nil {
		return true
	}
	others, held := 0, 0
	for i := range c.Parties {
		p := &c.Parties[i]
		if p.ID == mine.ID || !converses(p) || p.Side != mine.Side {
			continue
		}
		others++
		if p.Held {
			held++
		}
	}
	return others == 1 && held == 1
}

// second is line 2 of an agent who calls somebody else (SP-15); false when there is none.
func second(first Line, c *call.Call, mine *call.Party) (Line, bool) {
	m := c.Move
	if m == nil || m.By != mine.Agent || m.Left || m.State != call.MoveRinging && m.State != call.MoveTalking {
		return Line{}, false
	}
	l := Line{
		Call: first.Call, Line: 2, consults: true, Direction: call.Outbound, Number: string(m.Dials), Name: m.Name,
		StartedAt: m.Since, Since: m.Since, Recording: call.RecordingOff, Muted: first.Muted, Device: first.Device, Tab: first.Tab,
	}
	if l.Name == l.Number {
		l.Name = ""
	}
	switch {
	case m.State == call.MoveRinging:
		l.State = "dialling"
	case mine.Side == 1:
		l.State = "active"
	default:
		l.State = "held"
	}
	return l, true
}

// nameTaker puts on line 2 the agent who has answered there in a queue.
func (p *picture) nameTaker(l *Line, c *call.Call) {
	if m := c.Move; m != nil && m.State == call.MoveTalking && p.agents[m.Agent] != nil {
		l.Name = p.agents[m.Agent].Name
	}
}

// drawSecond shows line 2, or takes it away.
func (p *picture) drawSecond(a *agent, which id.Agent, c *call.Call) bool {
	at := -1
	for i := range a.lines {
		if a.lines[i].Call == c.ID && a.lines[i].consults {
			at = i
		}
	}
	var l Line
	there := false
	if mine := place(which, c); mine != nil {
		for i := range a.lines {
			if a.lines[i].Call == c.ID && !a.lines[i].consults {
				l, there = second(a.lines[i], c, mine)
				p.nameTaker(&l, c)
			}
		}
	}
	switch {
	case there && at < 0:
		a.lines = append(a.lines, l)
		return true
	case there:
		return a.lines[at].become(l, l.Since)
	case at >= 0:
		a.lines = append(a.lines[:at:at], a.lines[at+1:]...)
		return true
	}
	return false
}
