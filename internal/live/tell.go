package live

import "parley/internal/id"

// tell queues the same message for every viewer who may see it. It is made when the first such viewer is found, and
// written as JSON once for all of them.
func (p *picture) tell(kind string, sees func(Viewer) bool, data func() any) {
	var m Message
	for f := range p.feeds {
		if !sees(f.viewer) {
			continue
		}
		if m.text == nil {
			m = Message{Kind: kind, Data: data(), text: &text{}}
		}
		f.put(m)
	}
}

func (p *picture) tellMe(which id.Agent) {
	if len(p.feeds) == 0 {
		return
	}
	p.tell("me", func(v Viewer) bool { return v.Agent == which && which != "" }, func() any { return p.me(which) })
	p.tellAgent(which)
}

func (p *picture) tellAgent(which id.Agent) {
	if p.agents[which] == nil {
		return
	}
	p.tellPersonOf(which)
	p.tellAgentView(which)
}

// tellAgentView tells supervisors of an agent.
func (p *picture) tellAgentView(which id.Agent) {
	sees := func(v Viewer) bool { return v.supervises() && p.seesAgent(v, which) }
	p.tell("agent", sees, func() any { return p.agentView(which) })
	p.tellLamps(which)
}

func (p *picture) tellQueue(which id.Queue) {
	if len(p.feeds) == 0 || p.queues[which] == nil {
		return
	}
	p.tell("queue", func(v Viewer) bool { return p.seesQueue(v, which) }, func() any { return p.queueView(which) })
}

func (p *picture) tellWaiting(w *waiting, kind string, data any) {
	sees := func(v Viewer) bool { return v.supervises() && p.seesQueue(v, w.Queue) }
	p.tell(kind, sees, func() any { return data })
}
