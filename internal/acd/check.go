package acd

import (
	"fmt"
	"time"

	"parley/internal/id"
)

// Violation is a promise that does not hold (BX-7).
type Violation struct {
	Rule  string   `json:"rule"` // "one offer per agent", "offers expire", "nobody waits beside a free agent", "agents are held by something"
	Call  id.Call  `json:"call,omitempty"`
	Agent id.Agent `json:"agent,omitempty"`
	Text  string   `json:"text"`
}

// slack is how late a timer may be heard.
const slack = time.Second

// Check looks for broken promises, in the state alone and not in the lists that decisions are made from. The caller
// must be the owner of the distributor.
func (d *Distributor) Check(now time.Time) []Violation {
	return append(append(d.checkOffers(now), d.checkAgents()...), d.checkWaits(now.UTC().Round(0))...)
}

func (d *Distributor) checkOffers(now time.Time) []Violation {
	var all []Violation
	rung := map[id.Agent]id.Offer{}
	for _, which := range sortedKeys(d.calls) {
		c := d.calls[which]
		for _, o := range c.Offers {
			if other, twice := rung[o.Agent]; twice {
				all = append(all, Violation{"one offer per agent", which, o.Agent, fmt.Sprintf("offers %s and %s are open", other, o.Offer)})
			}
			rung[o.Agent] = o.Offer
			a := d.agents[o.Agent]
			if a == nil || a.Place == nil || a.Place.Offer != o.Offer {
				all = append(all, Violation{"one offer per agent", which, o.Agent, fmt.Sprintf("offer %s does not hold the agent", o.Offer)})
				continue
			}
			if last := o.At.Add(time.Duration(a.Place.Terms.RingSeconds)*time.Second + offerGrace + slack); now.After(last) {
				all = append(all, Violation{"offers expire", which, o.Agent, fmt.Sprintf("offer %s is open since %s", o.Offer, o.At)})
			}
		}
	}
	return all
}

func (d *Distributor) checkAgents() []Violation {
	var all []Violation
	for _, which := range sortedKeys(d.agents) {
		a := d.agents[which]
		talking := a.Place != nil && a.Place.Talking
		if talking != (a.Status == OnCall) || (a.Status == WrapUp) != (a.Wrap != nil) && !talking && a.Up {
			text := fmt.Sprintf("%s, talking: %t, wrapping: %t", a.Status, talking, a.Wrap != nil)
			all = append(all, Violation{"agents are held by something", "", which, text})
		}
	}
	return all
}

// asked is what the calls of one queue that ask for the same have in common.
type asked struct {
	queue  id.Queue
	skills string
	agents string
}

// checkWaits looks for calls that wait beside an agent who could have been offered them a moment ago. Calls that ask for
// the same are looked at together, for there may be thousands.
func (d *Distributor) checkWaits(now time.Time) []Violation {
	free := map[id.Queue][]*agent{}
	for _, name := range sortedKeys(d.queues) {
		free[name] = d.queues[name].idle(now)
	}
	fits := map[asked][]*agent{}
	var all []Violation
	for _, which := range sortedKeys(d.calls) {
		c := d.calls[which]
		q := d.queues[c.Queue]
		if q == nil || len(free[c.Queue]) == 0 || !c.loose(q) || c.dials(q) || now.Sub(c.JoinedAt) < slack {
			continue
		}
		key := asked{queue: c.Queue}
		if s := c.step(); s != nil {
			key.skills, key.agents = s.Skills, fmt.Sprint(s.Agents)
		}
		some, known := fits[key]
		if !known {
			for _, a := range free[c.Queue] {
				if c.wants(a) {
					some = append(some, a)
				}
			}
			fits[key] = some
		}
		for _, a := range some {
			if r, refused := a.Refused[c.Call]; !refused || now.Sub(r.Until) >= slack {
				all = append(all, Violation{"nobody waits beside a free agent", which, a.ID, "waits since " + c.EnteredAt.String()})
				break
			}
		}
	}
	return all
}

// idle lists the members who have been ready for an offer for a moment.
func (q *queue) idle(now time.Time) []*agent {
	var all []*agent
	for _, a := range q.members {
		rests := !a.Rest.IsZero() && now.Sub(a.Rest) < slack
		if a.Up && !a.Asleep && !a.Removed && !a.Closed && !a.NotPermitted && a.Place == nil && !rests && a.serves(q) && !a.toggledOff(q) &&
			now.Sub(a.Since) >= slack {
			all = append(all, a)
		}
	}
	return all
}
