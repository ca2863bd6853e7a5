package routing

import (
	"fmt"

	"parley/internal/dest"
	"parley/internal/id"
)

// words are what people call the kinds of destination.
var words = map[dest.Kind]string{
	dest.Queue: "queue", dest.Menu: "menu", dest.TimeRouter: "time router", dest.Agent: "agent", dest.Mailbox: "mailbox",
	dest.Announcement: "announcement",
}

// NameOf is what people call the target of a destination; empty when there is none.
func (p *Plan) NameOf(d dest.Destination) string {
	name, _ := p.find(d)
	return name
}

// find gives the name of what a destination leads to, and whether it exists. A hang-up has no name.
func (p *Plan) find(d dest.Destination) (name string, found bool) {
	switch d.Kind {
	case dest.Queue:
		q, ok := p.Queues[id.Queue(d.Target)]
		return q.Queue.Name, ok
	case dest.Menu:
		m, ok := p.Menus[id.Menu(d.Target)]
		return m.Name, ok
	case dest.TimeRouter:
		r, ok := p.Routers[id.Router(d.Target)]
		return r.Name, ok
	case dest.Agent:
		a, ok := p.Agents[id.Agent(d.Target)]
		return a.Name, ok
	case dest.Mailbox:
		m, ok := p.Mailboxes[id.Mailbox(d.Target)]
		return m.Name, ok
	case dest.Announcement:
		name, ok := p.Audio[id.Audio(d.Target)]
		return name, ok
	case dest.External:
		if d.Target == dest.AnyMailbox {
			return "messages in mailboxes", true
		}
		return d.Target, d.Target != ""
	case dest.Hangup:
		return "", true
	case dest.AIAgent:
	}
	return "", false
}

// broken says why nothing can be done with a destination; empty when something can.
func (p *Plan) broken(d dest.Destination) string {
	if _, found := p.find(d); found {
		return ""
	}
	switch {
	case d.Kind == dest.AIAgent:
		return "AI agents cannot take calls yet"
	case d.Kind == dest.External:
		return "no external number is set"
	case words[d.Kind] == "":
		return fmt.Sprintf("nobody knows what a %q is", d.Kind)
	case d.Target == "":
		return fmt.Sprintf("no %s is set", words[d.Kind])
	}
	return fmt.Sprintf("this %s does not exist", words[d.Kind])
}
