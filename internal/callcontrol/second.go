package callcontrol

import (
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/station"
)

// secondLine gives the call in which an agent talks by desk phone a second one from there: it is line 2 of that call. False: the
// agent is in none, or dials an emergency number, for which the others are left (BX-13).
func (x *Exchange) secondLine(in sip.Incoming) bool {
	if in.Device == "" || x.Emergency != nil && x.Emergency(in.Org, in.To) {
		return false
	}
	which, ok := x.byPhone(in.Org, in.Agent)
	if !ok {
		return false
	}
	x.legs.enter(in.Leg, place{call: which, org: in.Org})
	x.Log.Debug("second leg arrived", "call", which, "leg", in.Leg, "sip_call_id", in.CallID, "source", in.Source)
	x.postCall(which, call.LegDials{Agent: in.Agent, Leg: in.Leg, To: in.To})
	return true
}

// byPhone is the call in which an agent talks by desk phone.
func (x *Exchange) byPhone(org id.Org, agent id.Agent) (id.Call, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for which, l := range x.calls {
		for _, one := range l.phones {
			if one == agent && l.org == org {
				return which, true
			}
		}
	}
	return "", false
}

// phonesIn lists who talk in a call by desk phone.
func phonesIn(c *call.Call) (all []id.Agent) {
	if c.Stage != call.Active {
		return nil
	}
	for i := range c.Parties {
		if p := &c.Parties[i]; p.Agent != "" && p.State == call.Joined && p.Device == string(station.DeskPhone) {
			all = append(all, p.Agent)
		}
	}
	return all
}
