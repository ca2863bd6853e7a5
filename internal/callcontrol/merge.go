package callcontrol

import (
	"context"
	"slices"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/sip"
	"parley/internal/station"
)

// MergeCalls makes one conversation of the two calls that an agent has, one on each line, of which this is one (SP-25): the younger
// becomes part of the older. What comes of it is seen on screen; an error says why it cannot be.
func (x *Exchange) MergeCalls(ctx context.Context, org id.Org, agent id.Agent, which id.Call) error {
	x.mu.Lock()
	var two []id.Call
	if d := x.stations[agent]; d != nil && d.org == org {
		two = slices.Clone(d.two)
	}
	x.mu.Unlock()
	if len(two) < 2 || !slices.Contains(two, which) {
		return station.ErrOneCall
	}
	older, younger := slices.Min(two), slices.Max(two) // identifiers of calls are in order of time
	return x.AskCall(ctx, org, younger, call.MergeInto{Agent: agent, Into: older})
}

// refers passes on what a phone asks for by its transfer key (RFC 3515). To join two calls that it has is asked of the younger one, as
// MergeCalls does: a call that is not the phone's, or in which it speaks with nobody, is left to the other one to refuse.
func (x *Exchange) refers(leg id.Leg, mine place, e sip.Referred) {
	which, s := mine.hearer(), call.LegRefers{Leg: leg, To: e.To, With: e.Replaces}
	p, found := x.legs.find(e.Replaces)
	if other := p.hearer(); found && other != "" && other != which {
		if agent, org := x.whoHas(which, other); agent != "" {
			s.Into, s.LeaveOutside = min(which, other), x.LeaveOutside != nil && x.LeaveOutside(org, agent)
			which = max(which, other)
		}
	}
	x.postCall(which, s)
}

// whoHas is the agent who has these two calls; empty when nobody has.
func (x *Exchange) whoHas(one, other id.Call) (id.Agent, id.Org) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for agent, d := range x.stations {
		if slices.Contains(d.two, one) && slices.Contains(d.two, other) {
			return agent, d.org
		}
	}
	return "", ""
}

// twoCalls are the calls of an agent who has two.
func twoCalls(s *station.Station) []id.Call {
	if s.Line == nil || s.Other == nil {
		return nil
	}
	return []id.Call{s.Line.Call, s.Other.Call}
}

// doMerge carries between two calls what they say to each other: each is told which the other one is.
func (x *Exchange) doMerge(j *journey, action call.Action) {
	which := j.Call.ID
	switch a := action.(type) {
	case call.Adopt:
		to := a.Call
		a.Call = which
		x.tellOther(j, to, a)
	case call.Adopted:
		j.adopted = append(j.adopted, a)
	case call.NotAdopted:
		x.tellOther(j, a.Call, call.NotAdopted{Call: which, Number: a.Number, Why: a.Why})
	case call.GiveBack:
		x.tellOther(j, a.Call, call.GiveBack{Call: which, Number: a.Number})
	case call.Handed:
		x.hand(j, a)
	}
}

// tellOther tells another call something; one that is gone has its promises kept.
func (x *Exchange) tellOther(j *journey, to id.Call, s call.Signal) {
	if !x.post(callAt(to), s) {
		x.late(j.Call.Org, to, s)
	}
}

// answerMerge tells a younger call that its parties are here, once that is on its way to the journal: the younger one ends after that, and
// so after a crash each leg is found in one of the two.
func (x *Exchange) answerMerge(j *journey) {
	for _, a := range j.adopted {
		x.keep(j)
		x.tellOther(j, a.Call, call.Adopted{Call: j.Call.ID, Number: a.Number})
	}
	j.adopted = nil
}

// hand gives a call's parties to another one: the wires of their own legs, their stations' lines and their places belong to that one
// before it hears of it. A leg that has ended meanwhile is not named.
func (x *Exchange) hand(j *journey, a call.Handed) {
	from, to := j.Call.ID, a.Call
	a.Call = from
	guests := a.Guests
	a.Guests = nil
	for _, g := range guests {
		p := g.Party
		if p.Own && !x.legs.hand(p.Leg, from, to) {
			x.release(j, from, g)
			continue
		}
		if g.Station {
			x.post(stationAt(p.Agent), station.Merged{Call: from, Into: to})
		}
		if g.Place {
			x.post(acdAt(j.Call.Org), acd.Merged{Agent: p.Agent, Call: from, Into: to})
		}
		a.Guests = append(a.Guests, g)
	}
	x.tellOther(j, to, a)
}

// release gives back what is owed for a party whose leg has ended on the way.
func (x *Exchange) release(j *journey, from id.Call, g call.Guest) {
	if g.Station {
		x.post(stationAt(g.Party.Agent), station.Leave{Call: from})
	}
	if g.Place {
		x.post(acdAt(j.Call.Org), acd.Release{Call: from, Agent: g.Party.Agent})
	}
}

// follow sends a signal on to the call that the party it is about has gone over to; false when it is about none such.
func (x *Exchange) follow(m *call.Merging, s call.Signal) bool {
	if m == nil || !m.Follows(s) {
		return false
	}
	x.postCall(m.Into, s)
	return true
}

// followed sends what reaches a merged call that is gone to the one that has its parties.
func (x *Exchange) followed(to owner.Address, signal any) bool {
	s, ok := signal.(call.Signal)
	if !ok {
		return false
	}
	x.mu.Lock()
	m := x.merged[to]
	x.mu.Unlock()
	return x.follow(m, s)
}

// forgetMerged notes into which call an ended one was merged, for as long as that one lives. The lock is held.
func (x *Exchange) forgetMerged(c *call.Call) {
	for from, m := range x.merged {
		if m.Into == c.ID {
			delete(x.merged, from)
			if next := c.Merged(); next != nil {
				x.merged[from] = &call.Merging{Agent: next.Agent, Into: next.Into, State: next.State}
			}
		}
	}
	if m := c.Merged(); m != nil && x.calls[m.Into] != nil {
		x.merged[callAt(c.ID)] = m
	}
}
