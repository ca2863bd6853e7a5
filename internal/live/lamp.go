package live

import (
	"slices"

	"parley/internal/acd"
	"parley/internal/id"
)

// Lamp is a busy lamp of desk phones (BX-27). Keys of phones subscribe to its name, and dial it when they are pressed.
type Lamp struct {
	Agent id.Agent // whose own it is; empty: it is the same for everybody
	Name  string
	State LampState
}

// LampState is how a lamp looks.
type LampState string

// The states.
const (
	LampDark  LampState = "dark"
	LampBlink LampState = "blink" // somebody is rung
	LampOn    LampState = "on"
)

// Codes are the feature codes that lamps are named by. An empty one has no lamp.
type Codes struct {
	DoNotDisturb string
	Available    string // a queue's number may follow: whether the queue delivers
}

func lampIf(on bool) LampState {
	if on {
		return LampOn
	}
	return LampDark
}

// lamps are the viewer's to know who shows them on phones; none for others.
func (p *picture) lamps(v Viewer) []Lamp {
	if !v.Lamps {
		return nil
	}
	p.lit = map[id.Agent][]Lamp{}
	var all []Lamp
	for _, a := range p.site.Agents {
		p.lit[a.ID] = p.lampsOf(a.ID)
		all = append(all, p.lit[a.ID]...)
	}
	for _, slot := range p.site.Slots {
		all = append(all, p.slotLamp(slot))
	}
	return all
}

// lampsOf are those that an agent's state shows on: the extension, do not disturb for the agent and, behind the code, for colleagues, and
// whether queues deliver.
func (p *picture) lampsOf(which id.Agent) []Lamp {
	a, codes := p.agents[which], p.site.Codes
	var all []Lamp
	if a.Extension != "" {
		all = append(all, Lamp{Name: a.Extension, State: a.lamp()})
	}
	if at, known := p.persons[which]; known && codes.DoNotDisturb != "" {
		state := lampIf(p.look(p.site.People[at].User).DoNotDisturb)
		all = append(all, Lamp{Agent: which, Name: codes.DoNotDisturb, State: state})
		if a.Extension != "" {
			all = append(all, Lamp{Name: codes.DoNotDisturb + a.Extension, State: state})
		}
	}
	if codes.Available == "" {
		return all
	}
	all = append(all, Lamp{Agent: which, Name: codes.Available, State: lampIf(a.willTake())})
	for _, q := range a.queues {
		if number := p.queues[q].Toggle; number != "" {
			all = append(all, Lamp{Agent: which, Name: codes.Available + number, State: lampIf(!slices.Contains(a.Off, q))})
		}
	}
	return all
}

// lamp is how an extension looks: ringing blinks only while the agent does not talk already.
func (a *agent) lamp() LampState {
	if slices.ContainsFunc(a.lines, Line.talks) {
		return LampOn
	}
	if slices.ContainsFunc(a.lines, Line.rings) {
		return LampBlink
	}
	return LampDark
}

// willTake tells whether the agent takes queue calls as soon as nothing holds the agent.
func (a *agent) willTake() bool {
	if a.next != nil {
		return a.next.Status == acd.Available
	}
	return a.takes
}

// Takes tells whether queues ring an agent, or will as soon as nothing holds the agent.
func (h *Hub) Takes(org id.Org, which id.Agent) bool {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.agents[which]
	return a != nil && a.willTake()
}

// Works tells whether an agent has begun work: on a page, on the desk phone or by telephone.
func (h *Hub) Works(org id.Org, which id.Agent) bool {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.agents[which]
	return a != nil && (a.station.Tab != "" || a.station.Working || a.station.Voice.Mode != "")
}

// Delivers tells whether an agent's toggle of a queue is on (QU-13).
func (h *Hub) Delivers(org id.Org, which id.Agent, q id.Queue) bool {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.agents[which]
	return a != nil && slices.Contains(a.queues, q) && !slices.Contains(a.Off, q)
}

func (p *picture) slotLamp(slot string) Lamp {
	for _, one := range p.parked {
		if one.Slot == slot {
			return Lamp{Name: slot, State: LampOn}
		}
	}
	return Lamp{Name: slot, State: LampDark}
}

func (p *picture) tellLamp(one Lamp) {
	p.tell("lamp", func(v Viewer) bool { return v.Lamps }, func() any { return one })
}

// tellLamps tells of those lamps of an agent that look otherwise than when they were last told.
func (p *picture) tellLamps(which id.Agent) {
	before, watched := p.lit[which]
	if !watched {
		return
	}
	now := p.lampsOf(which)
	for _, one := range now {
		if !slices.Contains(before, one) {
			p.tellLamp(one)
		}
	}
	p.lit[which] = now
}
