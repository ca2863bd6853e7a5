package callcontrol

import (
	"cmp"
	"slices"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/station"
)

// Tell takes what comes of a recording, or of a prompt that could not be played, back to its call.
func (x *Exchange) Tell(which id.Call, s call.Signal) {
	if !x.cueMissing(s) && !x.saidToDialIn(s) {
		x.post(callAt(which), s)
	}
}

// Standing lists what an organisation's stations and calls hold now, for an ACD that is rebuilt: what can ring, then who
// is held by calls, then who waits, so that nobody who is held is offered a call. What a station or a call does after
// it is told reaches the ACD as a signal of its own.
func (x *Exchange) Standing(org id.Org) []acd.Signal {
	x.mu.Lock()
	var all []acd.Signal
	for _, d := range x.stations {
		if d.org == org {
			all = append(all, d.standing...)
		}
	}
	for _, l := range x.calls {
		if l.org == org {
			all = append(all, l.standing...)
		}
	}
	x.mu.Unlock()
	slices.SortStableFunc(all, func(a, b acd.Signal) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(waitsAs(a), waitsAs(b)))
	})
	return all
}

// Stand lists the live calls of an organisation, which of them have no leg, and whom they hold, ring directly or have asked
// for (BX-8).
func (x *Exchange) Stand(org id.Org) acd.Stand {
	var s acd.Stand
	there := x.legs.there()
	x.mu.Lock()
	defer x.mu.Unlock()
	for which, l := range x.calls {
		if l.org != org {
			continue
		}
		s.Calls = append(s.Calls, which)
		if l.ties.nobody(there) {
			s.Legless = append(s.Legless, which)
		}
		for _, one := range l.standing {
			switch one := one.(type) {
			case acd.Occupy:
				s.Held = append(s.Held, acd.Held{Agent: one.Agent, Call: which})
			case acd.Reserve:
				s.Held = append(s.Held, acd.Held{Agent: one.Agent, Call: which})
			}
		}
	}
	return s
}

func rank(s acd.Signal) int {
	switch s.(type) {
	case acd.DeviceUp, acd.DeviceAsleep:
		return 0
	case acd.Occupy:
		return 1
	case acd.Reserve:
		return 2
	}
	return 3
}

// waitsAs orders those who entered in the same instant: identifiers of calls are in order of time.
func waitsAs(s acd.Signal) id.Call {
	if e, ok := s.(acd.Enqueue); ok {
		return e.Call
	}
	return ""
}

// standingOf is what the ACD must know of a call: who is in it, whose place it has or has asked for, where it waits.
func standingOf(c *call.Call) []acd.Signal {
	var all []acd.Signal
	for _, p := range c.Parties {
		if p.Agent != "" && p.State != call.Gone && p.Loan.Call == "" && !asked(c, p.Agent) {
			o := acd.Occupy{Call: c.ID, Agent: p.Agent}
			if q := c.QueueOf(p.Agent); q != nil && p.Kind == call.Agent {
				o.Queue = q.ID
			}
			all = append(all, o)
		}
	}
	for _, s := range c.Seats {
		switch {
		case s.Asked:
			all = append(all, acd.Reserve{
				Call: c.ID, Agent: s.Agent, Purpose: acd.Purpose(s.Purpose), Queue: transferredFrom(c, s), Number: s.Number,
			})
		case s.Place && !takesPart(c, s.Agent): // rung directly
			all = append(all, acd.Reserve{Call: c.ID, Agent: s.Agent, Purpose: acd.Direct, Queue: transferredFrom(c, s), Resumed: true})
		}
	}
	if wait, waits := c.Waits(); waits {
		e := enqueueOf(c.ID, wait)
		e.Resumed = true
		all = append(all, e)
	}
	if c.Attempt.Open {
		all = append(all, attemptOf(c))
	}
	return all
}

// transferredFrom is the queue for which an agent wraps up who comes into a call by a transfer.
func transferredFrom(c *call.Call, s call.Seat) id.Queue {
	takes := c.Park != nil && c.Park.Taker == s.Agent
	if c.Queue == nil || s.Purpose != string(acd.Transfer) && s.Purpose != string(acd.Return) && !takes {
		return ""
	}
	return c.Queue.ID
}

func asked(c *call.Call, agent id.Agent) bool {
	return slices.ContainsFunc(c.Seats, func(s call.Seat) bool { return s.Agent == agent && s.Asked })
}

func takesPart(c *call.Call, agent id.Agent) bool {
	return slices.ContainsFunc(c.Parties, func(p call.Party) bool { return p.Agent == agent && p.State != call.Gone })
}

// standingStation repeats what the ACD was told last of the agent's devices.
func standingStation(s *station.Station) []acd.Signal {
	switch s.Health {
	case station.Up:
		return []acd.Signal{acd.DeviceUp{Agent: s.Agent}}
	case station.Asleep:
		return []acd.Signal{acd.DeviceUp{Agent: s.Agent}, acd.DeviceAsleep{Agent: s.Agent}}
	}
	return nil
}
