package routing

import (
	"fmt"
	"slices"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
)

// Warning is a dead end: what may be stored but hardly be meant (BX-10).
type Warning struct {
	Kind  settings.Kind `json:"kind"`
	ID    string        `json:"id"`
	Name  string        `json:"name"`
	Field string        `json:"field"`
	What  string        `json:"what"` // completes "<name>: "
}

// Warnings finds the dead ends of the whole plan, by kind and name.
func (p *Plan) Warnings() []Warning {
	c := &checking{plan: p}
	for number, n := range p.Numbers {
		c.at(settings.KindNumber, string(n.ID), string(number))
		c.number(n)
	}
	for which, m := range p.Menus {
		c.at(settings.KindMenu, string(which), m.Name)
		c.menu(which, m)
	}
	for which, r := range p.Routers {
		c.at(settings.KindTimeRouter, string(which), r.Name)
		c.router(which, r)
	}
	for which, q := range p.Queues {
		c.at(settings.KindQueue, string(which), q.Name)
		c.queue(which, q)
	}
	for which, a := range p.Agents {
		c.at(settings.KindAgent, string(which), a.Name)
		c.agent(a)
	}
	if p.Fallback != nil {
		c.at(settings.KindOrganisation, "", "")
		c.leads("fallback", *p.Fallback)
	}
	slices.SortFunc(c.all, func(a, b Warning) int {
		return slices.Compare([]string{string(a.Kind), a.Name, a.ID, a.Field, a.What}, []string{string(b.Kind), b.Name, b.ID, b.Field, b.What})
	})
	return c.all
}

// checking collects warnings about one record after the other.
type checking struct {
	plan *Plan
	now  Warning
	all  []Warning
}

func (c *checking) at(kind settings.Kind, which, name string) {
	c.now = Warning{Kind: kind, ID: which, Name: name}
}

func (c *checking) warn(field, what string, args ...any) {
	w := c.now
	w.Field, w.What = field, fmt.Sprintf(what, args...)
	c.all = append(c.all, w)
}

// leads warns of a destination that cannot be reached.
func (c *checking) leads(field string, to dest.Destination) {
	if to.Kind == "" || to.Kind == dest.Hangup {
		return
	}
	if why := c.plan.broken(to); why != "" {
		c.warn(field, "%s", why)
	} else if a, isAgent := c.plan.Agents[id.Agent(to.Target)]; to.Kind == dest.Agent && isAgent && !a.Active {
		c.warn(field, "%s is not active", a.Name)
	} else if m := c.plan.Mailboxes[id.Mailbox(to.Target)]; to.Kind == dest.Mailbox && m.Personal() { // stored before it was refused
		c.warn(field, "leads to the personal mailbox %s, which is for unanswered direct calls to its agent", m.Name)
	}
}

func (c *checking) number(n Number) {
	if hangsUp(n.Destination) {
		c.warn("destination", "leads nowhere: callers are hung up on without a word")
	}
	c.leads("destination", n.Destination)
}

func (c *checking) menu(which id.Menu, m settings.Menu) {
	if m.Prompt.Empty() {
		c.warn("prompt", "says nothing: callers cannot know what to press")
	}
	if hangsUp(m.DefaultDestination) {
		c.warn("default_destination", "hangs up on callers who press nothing")
	}
	if len(m.Options) == 0 && !m.AllowDirectExtensions {
		c.warn("options", "offers no choice")
	}
	c.ways(dest.Destination{Kind: dest.Menu, Target: string(which)})
}

func (c *checking) router(which id.Router, r settings.TimeRouter) {
	for i, e := range r.Entries {
		field := fmt.Sprintf("entries[%d].time_range", i)
		one, known := c.plan.Ranges[id.TimeRange(e.Range)]
		switch {
		case !known:
			c.warn(field, "the time range of %q does not exist", e.Name)
		case one.Hours == nil:
			c.warn(field, "the time range %q is not understood: %s", one.Name, one.Trouble)
		case one.Hours.Never():
			c.warn(field, "the time range %q never matches: it has neither rows nor a calendar", one.Name)
		}
	}
	if hangsUp(r.Default) {
		c.warn("default", "hangs up without a word when no entry matches")
	}
	c.ways(dest.Destination{Kind: dest.TimeRouter, Target: string(which)})
}

func (c *checking) queue(which id.Queue, q Queue) {
	if len(q.Agents) == 0 {
		c.warn("members", "has no members: nobody can take its calls")
	}
	if q.Schedule != "" {
		if one, known := c.plan.Ranges[id.TimeRange(q.Schedule)]; !known || one.Hours == nil || one.Hours.Never() {
			c.warn("schedule", "is never open: its time range does not exist or never matches")
		}
	}
	c.ways(dest.Destination{Kind: dest.Queue, Target: string(which)})
}

func (c *checking) agent(a Agent) {
	if _, is := tel.Emergency(a.Extension, c.plan.Country, c.plan.Emergency); is {
		c.warn("extension", "the extension %s is an emergency number: who dials it reaches help, not the agent", a.Extension)
	}
	if a.Active && a.Voicemail && a.box() == "" {
		c.warn("personal_mailbox", "has voicemail but no mailbox: callers are hung up on after the greeting")
	}
}

// ways looks at where a place leads, and at slow loops.
func (c *checking) ways(from dest.Destination) {
	for _, e := range c.plan.edges(from) {
		c.leads(e.field, e.to)
	}
	for field, loop := range c.plan.LoopsThrough(from) {
		c.warn(field, "may lead callers in circles: %s", c.plan.Words(loop))
	}
}

func hangsUp(d dest.Destination) bool { return d.Kind == "" || d.Kind == dest.Hangup }
