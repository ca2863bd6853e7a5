package live

import (
	"parley/internal/call"
	"parley/internal/id"
)

// LineWatch is a supervisor at a call (MN-4): on the supervisor's own line who is watched, on the agent's line who watches.
type LineWatch struct {
	Agent id.Agent       `json:"agent"`
	Name  string         `json:"name"`
	Mode  call.WatchMode `json:"mode" enum:"listen,coach,barge"`
}

// watchOf shows a supervisor the own part in a call, and the watched agent who is there.
func (p *picture) watchOf(which id.Agent, l *Line, c *call.Call) {
	w := c.Watching
	switch {
	case w == nil:
	case w.Agent == which:
		l.Watches = &LineWatch{Agent: w.On, Name: p.agentName(w.On), Mode: w.Mode}
	case w.On == which && w.State == call.WatchOn:
		l.WatchedBy = &LineWatch{Agent: w.Agent, Name: p.agentName(w.Agent), Mode: w.Mode}
	}
}

// ownLines are an agent's lines as the agent sees them.
func (p *picture) ownLines(a *agent) []Line {
	lines := append([]Line{}, a.lines...)
	for i := range lines {
		if p.site.HideSupervision && !lines[i].Helped { // whom the agent has asked for is no secret
			lines[i].WatchedBy = nil
		}
	}
	return lines
}

func (p *picture) agentName(which id.Agent) string {
	if a := p.agents[which]; a != nil {
		return a.Name
	}
	return ""
}

// converses tells whether a party is one of those who talk or are called to it; a supervisor is beside them.
func converses(p *call.Party) bool { return p.State != call.Gone && p.State != call.Beside }

// supervises tells a supervisor's own part in a call from an agent's.
func supervises(mine *call.Party) bool { return mine.State == call.Beside }

// notWatched tells supervisors why the call that they wanted to hear did not come.
func (p *picture) notWatched(events []call.Event) {
	for _, e := range events {
		if over, is := e.(call.WatchOver); is && over.Why != "" {
			text := p.agentName(over.On) + " cannot be listened to: " + over.Why + "."
			p.tell("notice", func(v Viewer) bool { return v.Agent == over.Agent }, func() any { return Notice{Level: "warning", Text: text} })
		}
	}
}

// TalksIn is the call that an agent talks in now; false when there is none. One that the agent supervises is another's.
func (h *Hub) TalksIn(org id.Org, which id.Agent) (id.Call, bool) {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.agents[which]; a != nil {
		for i := range a.lines {
			if l := &a.lines[i]; l.Watches == nil && !l.Aside && (l.State == "active" || l.State == "held") {
				return l.Call, true
			}
		}
	}
	return "", false
}

// Supervises is the call that an agent supervises now, from its ring on; false when there is none.
func (h *Hub) Supervises(org id.Org, which id.Agent) (id.Call, bool) {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.agents[which]; a != nil {
		for i := range a.lines {
			if l := &a.lines[i]; l.Watches != nil && l.State != "ended" {
				return l.Call, true
			}
		}
	}
	return "", false
}

// Ready says why an agent cannot be rung to hear another's call; empty when nothing is known to stand in the way.
func (h *Hub) Ready(org id.Org, which id.Agent) (why string) {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.agents[which]
	if a == nil || a.health != "ok" {
		return "Nothing of yours can ring. Press Start first."
	}
	for i := range a.lines {
		switch l := &a.lines[i]; {
		case l.State == "incoming":
			return "A call rings for you. Answer or reject it first."
		case l.Watches != nil && l.State != "ended":
			return "You supervise another call. Stop that first."
		case l.talks():
			return "You are in a call. End it first."
		}
	}
	if a.wrap != nil {
		return "Finish your own wrap-up first."
	}
	return ""
}
