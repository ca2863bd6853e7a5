package callcontrol_test

import (
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/station"
)

// CallChanged is part of Screens.
func (w *world) CallChanged(_ time.Time, c call.Call, _ []call.Event) {
	w.l.mu.Lock()
	defer w.l.mu.Unlock()
	copied := c.Copy()
	w.l.calls[c.ID] = &copied
}

// callWith is the call that an agent takes part in, a conversation before any other.
func (l *ledger) callWith(agent id.Agent) (which id.Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.calls {
		for _, p := range c.Parties {
			if p.Agent == agent && p.State != call.Gone && (which == "" || p.State == call.Joined) {
				which = c.ID
			}
		}
	}
	return which
}

// StationChanged is part of Screens.
func (w *world) StationChanged(_ time.Time, s station.Station) {
	w.l.mu.Lock()
	defer w.l.mu.Unlock()
	copied := s.Copy()
	w.l.stations[s.Agent] = &copied
}

// ShowRing is part of Screens.
func (w *world) ShowRing(agent id.Agent, tab id.Tab, _ id.Call, offer id.Offer) {
	w.person(agent).rung(tab, offer)
}

// Probe is part of Screens.
func (w *world) Probe(agent id.Agent, tab id.Tab) {
	if _, awake, _ := w.person(agent).now(); awake && w.chance(85) {
		w.later(w.wires.soon(), func() { w.x.TellStation(agent, station.TabSeen{Tab: tab}) })
	}
}

// TakenOver is part of Screens.
func (w *world) TakenOver(id.Agent, id.Tab) {}

// RenewVoice is part of Screens.
func (w *world) RenewVoice(id.Agent, id.Tab, id.Leg) {}

func (w *world) person(agent id.Agent) *person {
	for _, p := range w.people {
		if p.agent == agent {
			return p
		}
	}
	return nil
}

// ACDChanged is part of dispatch.Screens.
func (w *world) ACDChanged(_ time.Time, _ id.Org, events []acd.Event) {
	w.l.mu.Lock()
	defer w.l.mu.Unlock()
	for _, e := range events {
		w.l.acdEvent(e)
	}
	if w.breaks && w.chance(1) { // the ACD breaks, and a fresh one tells all anew
		clear(w.l.waiting)
		clear(w.l.agents)
		w.l.broke, w.l.brokeAt = w.l.broke+1, time.Now()
		panic("the picture of the ACD cannot be drawn")
	}
}

func (l *ledger) agent(which id.Agent) *seen {
	if l.agents[which] == nil {
		l.agents[which] = &seen{status: acd.Offline, health: "offline"}
	}
	return l.agents[which]
}

func (l *ledger) acdEvent(e acd.Event) {
	switch e := e.(type) {
	case acd.StatusChanged:
		l.agent(e.Agent).status = e.To
	case acd.Health:
		l.agent(e.Agent).health = e.State
	case acd.Entered:
		if e.Callback {
			l.pending[id.Callback(e.Call)] = true
			return
		}
		l.waiting[e.Call] = e.Queue
	case acd.Left:
		delete(l.waiting, e.Call)
		if e.Callback {
			delete(l.pending, id.Callback(e.Call))
			l.calledBack[e.Result]++
		}
	case acd.Repaired:
		l.repaired = append(l.repaired, e)
	case acd.OfferOpened:
		if _, twice := l.offers[e.Offer]; twice {
			l.failed("offer %s was made twice", e.Offer)
		}
		l.offers[e.Offer] = ""
	case acd.OfferClosed:
		if l.offers[e.Offer] != "" {
			l.failed("offer %s was closed twice", e.Offer)
		}
		l.offers[e.Offer] = e.Result
		if e.Result == acd.Answered {
			l.answered++
		}
	}
}

// otherCall is the call that waits on an agent's other line; empty when there is none.
func (l *ledger) otherCall(agent id.Agent) id.Call {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.stations[agent]; s != nil && s.Other != nil {
		return s.Other.Call
	}
	return ""
}
