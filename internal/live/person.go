package live

import (
	"slices"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/presence"
)

// Person is a user as colleagues see each other: presence and, apart from it, status (PR-1, PR-5).
type Person struct {
	User      id.User       `json:"user"`
	Agent     id.Agent      `json:"agent,omitempty"`
	Name      string        `json:"name"`
	Extension string        `json:"extension,omitempty" doc:"empty: cannot be called"`
	Presence  presence.Look `json:"presence"`
	Image     string        `json:"image,omitempty" doc:"address of the picture"`
	Status    acd.Status    `json:"status,omitempty" enum:"available,unavailable,on_call,wrap_up,offline" doc:"of agents"`
	Rings     bool          `json:"rings,omitempty" doc:"a call waits for this agent's answer, and may be picked up (BX-26)"`
	Transfers bool          `json:"transfers_while_unavailable,omitempty" doc:"takes transfers also while unavailable (TR-12)"`
}

// SitePerson is a user, with the agent profile if there is one.
type SitePerson struct {
	User      id.User
	Agent     id.Agent
	Name      string
	Extension string
	Transfers bool // are taken also while unavailable (PM-7)
}

// ShowPeople begins or ends showing everybody's presence to this viewer; beginning brings a new snapshot.
func (f *Feed) ShowPeople(on bool) {
	f.picture.mu.Lock()
	changed := f.viewer.People != on
	f.viewer.People = on
	f.picture.mu.Unlock()
	if changed && on {
		f.Resync()
	}
}

// PresenceChanged takes in what a user has picked.
func (h *Hub) PresenceChanged(org id.Org, user id.User, own presence.Own) { h.of(org).pick(user, own) }

func (p *picture) pick(user id.User, own presence.Own) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.picks[user] = own
	p.tell("presence", func(v Viewer) bool { return v.User == user }, func() any { return p.look(user) })
	for _, one := range p.site.People {
		if one.User != user {
			continue
		}
		p.tellPerson(one)
		if one.Agent != "" {
			p.tellAgentView(one.Agent)
		}
	}
}

// look is a user's presence, call or not.
func (p *picture) look(user id.User) presence.Look { return p.site.Presence.Look(p.picks[user], false) }

// lookOf is an agent's presence as others see it; nil for an agent whose user is not known.
func (p *picture) lookOf(which id.Agent) *presence.Look {
	at, known := p.persons[which]
	if !known {
		return nil
	}
	look := p.personView(p.site.People[at]).Presence
	return &look
}

func (p *picture) personView(one SitePerson) Person {
	v := Person{User: one.User, Agent: one.Agent, Name: one.Name, Extension: one.Extension, Transfers: one.Transfers}
	inCall := false
	if a := p.agents[one.Agent]; a != nil {
		v.Status, v.Image, v.Rings = a.status, a.Image, slices.ContainsFunc(a.lines, Line.rings)
		inCall = slices.ContainsFunc(a.lines, Line.talks)
	}
	v.Presence = p.site.Presence.Look(p.picks[one.User], inCall)
	return v
}

// rings tells whether the line waits for an answer.
func (l Line) rings() bool { return l.State == "incoming" }

// talks tells whether a device is in the call of the line.
func (l Line) talks() bool { return l.State == "active" || l.State == "held" || l.State == "dialling" }

func (p *picture) tellPerson(one SitePerson) {
	p.tell("person", func(v Viewer) bool { return v.People }, func() any { return p.personView(one) })
}

// tellPersonOf tells of an agent's user to those who look at people, who are few.
func (p *picture) tellPersonOf(which id.Agent) {
	if at, known := p.persons[which]; known {
		p.tellPerson(p.site.People[at])
	}
}

// people adds to a snapshot everybody's presence, for a viewer who looks at it.
func (p *picture) people(v Viewer, s *Snapshot) {
	s.Presence = p.look(v.User)
	if !v.People {
		return
	}
	for _, one := range p.site.People {
		s.People = append(s.People, p.personView(one))
	}
}
