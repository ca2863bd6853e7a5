package live

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/dialing"
	"parley/internal/id"
)

// Override is an agent's wish to call a number that the class of service does not allow (CS-5).
type Override struct {
	ID        string                `json:"id"`
	Agent     id.Agent              `json:"agent"`
	AgentName string                `json:"agent_name"`
	Number    string                `json:"number"`
	Note      string                `json:"note,omitempty"`
	Rule      dialing.Rule          `json:"rule" enum:"outbound_disabled,time_range,country_blocked,premium_blocked"`
	Why       string                `json:"why" doc:"the rule in words"`
	State     dialing.OverrideState `json:"state" enum:"requested,approved,denied,timeout,used,lapsed"`
	Until     time.Time             `json:"until" doc:"when an answer must be there, or when the approval lapses"`
	ByName    string                `json:"by_name,omitempty" doc:"who answered"`
}

// Lock says that a user's outbound calls are locked (BX-15).
type Lock struct {
	Agent id.Agent  `json:"agent"`
	Name  string    `json:"name"`
	Why   string    `json:"why"`
	At    time.Time `json:"at"`
}

// Unlocked names a user whose outbound calls are not locked any more.
type Unlocked struct {
	Agent id.Agent `json:"agent"`
}

// Overridden takes in how an override stands.
func (h *Hub) Overridden(org id.Org, o dialing.Override) { h.of(org).overridden(o) }

// DialingLocked takes in that a user's outbound calls are locked.
func (h *Hub) DialingLocked(org id.Org, l dialing.Lock) { h.of(org).locked(l) }

// DialingUnlocked takes in that they are not locked any more.
func (h *Hub) DialingUnlocked(org id.Org, agent id.Agent) { h.of(org).unlocked(agent) }

// Sees tells whether an agent is in a viewer's scope.
func (h *Hub) Sees(v Viewer, which id.Agent) bool {
	p := h.of(v.Org)
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seesAgent(v, which)
}

// overridden tells the agent who asked, and everybody who may answer. One that is over is told once and kept no more.
func (p *picture) overridden(o dialing.Override) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch o.State {
	case dialing.OverrideRequested, dialing.OverrideApproved:
		p.overrides[o.ID] = o
	case dialing.OverrideDenied, dialing.OverrideTimeout, dialing.OverrideUsed, dialing.OverrideLapsed:
		delete(p.overrides, o.ID)
	}
	p.tell("override", func(v Viewer) bool { return p.seesOverride(v, o) }, func() any { return p.overrideView(o) })
}

// seesOverride is true for the agent who asked, and for supervisors whose scope the agent is in.
func (p *picture) seesOverride(v Viewer, o dialing.Override) bool {
	return v.Agent == o.Agent && o.Agent != "" || v.supervises() && p.seesAgent(v, o.Agent)
}

func (p *picture) overrideView(o dialing.Override) Override {
	return Override{
		ID: o.ID, Agent: o.Agent, AgentName: p.nameOf(o.Agent), Number: string(o.Number), Note: o.Note, Rule: o.Rule,
		Why: o.Rule.Words(o.Class.Name), State: o.State, Until: o.Until, ByName: o.ByName,
	}
}

func (p *picture) nameOf(which id.Agent) string {
	if a := p.agents[which]; a != nil {
		return a.Name
	}
	return ""
}

func (p *picture) locked(l dialing.Lock) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.locks[l.Agent] = l
	p.tell("lock", func(v Viewer) bool { return p.seesLock(v, l.Agent) }, func() any { return p.lockView(l) })
}

func (p *picture) unlocked(which id.Agent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.locks, which)
	p.tell("lock.gone", func(v Viewer) bool { return p.seesLock(v, which) }, func() any { return Unlocked{which} })
}

func (p *picture) seesLock(v Viewer, which id.Agent) bool {
	return v.Agent == which && which != "" || v.supervises() && p.seesAgent(v, which)
}

func (p *picture) lockView(l dialing.Lock) Lock {
	return Lock{Agent: l.Agent, Name: p.nameOf(l.Agent), Why: l.Why, At: l.At}
}

// dialing adds to a snapshot what a viewer may see of overrides and locks.
func (p *picture) dialing(v Viewer, s *Snapshot) {
	s.Overrides, s.Locks = []Override{}, []Lock{}
	for _, o := range p.overrides {
		if p.seesOverride(v, o) {
			s.Overrides = append(s.Overrides, p.overrideView(o))
		}
	}
	for _, l := range p.locks {
		if p.seesLock(v, l.Agent) {
			s.Locks = append(s.Locks, p.lockView(l))
		}
	}
	slices.SortFunc(s.Overrides, func(a, b Override) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Locks, func(a, b Lock) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Agent, b.Agent)) })
}
