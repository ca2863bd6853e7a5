package live

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// LineHelp is a request for help that waits for a supervisor (AS-1).
type LineHelp struct {
	Note  string    `json:"note,omitempty"`
	Since time.Time `json:"since"`
}

// helpOf shows an agent who talks what has come of the wish for help.
func (p *picture) helpOf(which id.Agent, l *Line, c *call.Call) {
	if l.Watches != nil || l.State != "active" && l.State != "held" {
		return
	}
	l.CanAskHelp = p.site.AgentAssist
	if h := c.Help; h != nil && h.Agent == which {
		l.Help = &LineHelp{Note: h.Note, Since: h.Since}
	}
	l.Helped = c.Watching != nil && c.Watching.Helps && c.Watching.On == which
}

// notHelped tells agents to whom no supervisor came in time.
func (p *picture) notHelped(events []call.Event) {
	for _, e := range events {
		if over, is := e.(call.HelpOver); is && over.Result == call.HelpUnanswered {
			n := Notice{Level: "warning", Text: "No supervisor has answered your request for help within two minutes. You may ask again."}
			p.tell("notice", func(v Viewer) bool { return v.Agent == over.Agent }, func() any { return n })
		}
	}
}

// Help is a request for help as those see it who may answer: who asks, in which call, and for how long that call has lasted (AS-1).
type Help struct {
	Call      id.Call   `json:"call"`
	Agent     id.Agent  `json:"agent"`
	AgentName string    `json:"agent_name"`
	Number    string    `json:"number" doc:"of the customer"`
	Name      string    `json:"name,omitempty" doc:"of the customer"`
	Queue     id.Queue  `json:"queue,omitempty"`
	QueueName string    `json:"queue_name,omitempty"`
	Note      string    `json:"note,omitempty"`
	Since     time.Time `json:"since" doc:"when help was asked for"`
	Talking   time.Time `json:"talking" doc:"when the conversation began"`
}

// seesHelp is true for the supervisors of the call's queue; of a call without one, for those in whose scope the agent is.
func (p *picture) seesHelp(v Viewer, h Help) bool {
	switch {
	case !v.supervises() || v.Agent == h.Agent:
		return false
	case h.Queue != "":
		return p.seesQueue(v, h.Queue)
	default:
		return p.seesAgent(v, h.Agent)
	}
}

// help tells supervisors who asks for them, and that nobody does any more.
func (p *picture) help(c *call.Call) {
	was, there := p.helps[c.ID]
	var now Help
	asks := c.Help != nil && c.Stage != call.Ended
	if asks {
		now = p.helpIn(c)
	}
	if there && (!asks || now.Queue != was.Queue || now.Agent != was.Agent) {
		delete(p.helps, c.ID)
		p.tell("help.gone", func(v Viewer) bool { return p.seesHelp(v, was) }, func() any { return Gone{Call: c.ID} })
	}
	if asks && now != was {
		p.helps[c.ID] = now
		p.tell("help", func(v Viewer) bool { return p.seesHelp(v, now) }, func() any { return now })
	}
}

func (p *picture) helpIn(c *call.Call) Help {
	h, k := c.Help, p.calls[c.ID]
	one := Help{
		Call: c.ID, Agent: h.Agent, AgentName: p.agentName(h.Agent), Number: k.number, Name: k.name, Note: h.Note, Since: h.Since,
		Talking: cmp.Or(c.AnsweredAt, c.Started),
	}
	if c.Queue != nil {
		one.Queue, one.QueueName = c.Queue.ID, c.Queue.Name
	}
	return one
}

// askedOf are the requests that a viewer may answer, the eldest first.
func (p *picture) askedOf(v Viewer) []Help {
	all := []Help{}
	for _, h := range p.helps {
		if p.seesHelp(v, h) {
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b Help) int { return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Call, b.Call)) })
	return all
}

// AsksFor tells whether an agent asks a viewer for help now.
func (h *Hub) AsksFor(v Viewer, which id.Agent) bool {
	p := h.of(v.Org)
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.ContainsFunc(p.askedOf(v), func(one Help) bool { return one.Agent == which })
}
