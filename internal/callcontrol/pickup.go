package callcontrol

import (
	"context"
	"strings"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/sip"
)

// The numbers by which an agent picks up what rings at another one (BX-26).
const (
	pickUpAny = "*8" // what rings longest in the agent's own groups
	pickUpAt  = "**" // and an extension: what rings there
)

// ErrNothingRings refuses to pick up where nothing rings that this agent may answer.
const ErrNothingRings = slotRefusal("nothing rings there that you may pick up")

// Rung is an agent who is being rung by a call.
type Rung struct {
	Agent id.Agent
	Queue id.Queue // empty: the agent is called directly
	Began time.Time
}

// rungOf is who is rung by a call now.
func rungOf(c *call.Call) []Rung {
	all := make([]Rung, 0, len(c.Rings))
	for _, r := range c.Rings {
		if r.Auto { // it answers by itself
			continue
		}
		one := Rung{Agent: r.Agent, Began: r.Began}
		if q := c.QueueOf(r.Agent); !r.Direct && q != nil {
			one.Queue = q.ID
		}
		all = append(all, one)
	}
	return all
}

// ringsFor is what rings longest that an agent may pick up: at one agent, or, where at is empty, in the agent's own groups.
func (x *Exchange) ringsFor(org id.Org, agent, at id.Agent) (which id.Call, found Rung, is bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for one, l := range x.calls {
		if l.org != org {
			continue
		}
		for _, r := range l.rung {
			later := is && !r.Began.Before(found.Began)
			if later || r.Agent == agent || at != "" && r.Agent != at || !x.MayPickUp(org, agent, r, at == "") {
				continue
			}
			which, found, is = one, r, true
		}
	}
	return which, found, is
}

// PickUp lets an agent at the page answer what rings at another one, or, where at is empty, what rings longest in the agent's own groups;
// it tells which call that is.
func (x *Exchange) PickUp(ctx context.Context, org id.Org, agent, at id.Agent) (id.Call, error) {
	which, s, is := x.pickingUp(org, agent, at, "")
	if !is {
		return "", ErrNothingRings
	}
	return which, x.AskCall(ctx, org, which, s)
}

func (x *Exchange) pickingUp(org id.Org, agent, at id.Agent, leg id.Leg) (id.Call, call.PickUp, bool) {
	if x.MayPickUp == nil {
		return "", call.PickUp{}, false
	}
	which, r, is := x.ringsFor(org, agent, at)
	as := x.retrieving(agent, "", leg)
	return which, call.PickUp{Agent: agent, From: r.Agent, Name: as.Name, Extension: as.Extension, Leg: leg}, is
}

// pickUpOf reads what was dialled: at whom it rings, empty for the agent's own groups.
func (x *Exchange) pickUpOf(org id.Org, dialled string) (at id.Agent, is bool) {
	dialled = strings.TrimSpace(dialled)
	if dialled == pickUpAny {
		return "", true
	}
	extension, directed := strings.CutPrefix(dialled, pickUpAt)
	if !directed || extension == "" {
		return "", false
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, s := range x.people {
		if s.Org == org && s.Extension == extension {
			return s.Agent, true
		}
	}
	return "", false
}

// dialPickUp has an agent who dials for it on the page pick up; false when something else is dialled.
func (x *Exchange) dialPickUp(org id.Org, agent id.Agent, to string) (which id.Call, is bool, err error) {
	at, is := x.pickUpOf(org, to)
	if !is {
		return "", false, nil
	}
	ctx, cancel := context.WithTimeout(x.ctx, askTime)
	defer cancel()
	which, err = x.PickUp(ctx, org, agent, at)
	return which, true, err
}

// arrivedForPickUp gives the INVITE of a desk phone that has dialled for it to the call that rings. Where none does, or it has been
// answered meanwhile, it is a call of its own, which says so.
func (x *Exchange) arrivedForPickUp(in sip.Incoming) bool {
	if in.Device == "" {
		return false
	}
	at, is := x.pickUpOf(in.Org, in.To)
	if !is {
		return false
	}
	which, s, is := x.pickingUp(in.Org, in.Agent, at, in.Leg)
	if !is {
		return false
	}
	x.legs.enter(in.Leg, place{call: which, org: in.Org})
	if !x.post(callAt(which), s) {
		x.openPhone(in.Org, in.Agent, in.Leg, pickUpAny)
	}
	return true
}
