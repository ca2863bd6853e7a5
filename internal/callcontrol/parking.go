package callcontrol

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/sip"
	"parley/internal/tel"
)

// Slots says where an organisation parks calls (BX-25).
type Slots struct {
	Any     string   // the number that parks in any free slot, such as 700
	All     []string // the slots, in the order in which they are taken
	Seconds int      // until who has parked a call is rung; 0 is call.DefaultParkSeconds
	// Language is the one in which the agent who parks is told the slot.
	Language prompt.Language
}

// parking says what is asked of a slot: whether to is one, or the number for any.
func (s Slots) parking(to string) bool {
	return to != "" && (to == s.Any || slices.Contains(s.All, to))
}

// slotRefusal says to a person what is the matter with a slot; it is call.ErrNotNow to errors.Is.
type slotRefusal string

func (r slotRefusal) Error() string { return string(r) }
func (r slotRefusal) Unwrap() error { return call.ErrNotNow }

// The refusals about slots.
const (
	ErrSlotsTaken = slotRefusal("all slots for parked calls are taken: take one of the parked calls first")
	ErrSlotTaken  = slotRefusal("somebody is parked in this slot already: choose another one")
	ErrSlotEmpty  = slotRefusal("nobody is parked in this slot: look at the list of parked calls")
	ErrNoSlot     = slotRefusal("this is no slot for parked calls")
)

// lot says which call has which slot.
type lot struct {
	mu    sync.Mutex // guards the map, never an owner
	slots map[id.Org]map[string]id.Call
}

// take gives a call a slot: the wanted one, or the first that is free where wanted is empty.
func (l *lot) take(org id.Org, which id.Call, wanted string, s Slots) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.slots[org] == nil {
		l.slots[org] = map[string]id.Call{}
	}
	taken := l.slots[org]
	for _, slot := range s.All {
		if _, is := taken[slot]; is || wanted != "" && wanted != slot {
			continue
		}
		taken[slot] = which
		return slot, nil
	}
	switch {
	case wanted == "":
		return "", ErrSlotsTaken
	case !slices.Contains(s.All, wanted):
		return "", ErrNoSlot
	}
	return "", ErrSlotTaken
}

// free gives back a slot, if it is this call's.
func (l *lot) free(org id.Org, which id.Call, slot string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.slots[org][slot] == which {
		delete(l.slots[org], slot)
	}
}

func (l *lot) in(org id.Org, slot string) (id.Call, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	which, is := l.slots[org][slot]
	return which, is
}

// slotsOf is where an organisation parks; nothing where nobody says so.
func (x *Exchange) slotsOf(org id.Org, agent id.Agent) Slots {
	if x.Config.Slots == nil {
		return Slots{}
	}
	return x.Config.Slots(org, agent)
}

// Park parks the other one of an agent's call, in the wanted slot or, where that is empty, in a free one; it tells which.
func (x *Exchange) Park(ctx context.Context, org id.Org, which id.Call, agent id.Agent, wanted string) (string, error) {
	where, err := x.slotFor(org, which, agent, wanted)
	if err != nil {
		return "", err
	}
	if err := x.AskCall(ctx, org, which, call.Park{Agent: agent, Parking: where}); err != nil {
		x.lot.free(org, which, where.Slot)
		return "", err
	}
	return where.Slot, nil
}

// slotFor gives the call a slot, with what its agent is told of it.
func (x *Exchange) slotFor(org id.Org, which id.Call, agent id.Agent, wanted string) (call.Parking, error) {
	s := x.slotsOf(org, agent)
	if wanted == s.Any {
		wanted = ""
	}
	slot, err := x.lot.take(org, which, wanted, s)
	if err != nil {
		return call.Parking{}, err
	}
	return call.Parking{Slot: slot, Seconds: s.Seconds, Say: []prompt.Prompt{prompt.OfDigits(slot).In(s.Language)}}, nil
}

// parkingPlan answers a transfer to a slot; nil: it goes elsewhere.
func (x *Exchange) parkingPlan(org id.Org, which id.Call, a call.FindPlan) call.Signal {
	to := strings.TrimSpace(a.To)
	if a.Move == 0 || !x.slotsOf(org, a.Agent).parking(to) {
		return nil
	}
	where, err := x.slotFor(org, which, a.Agent, to)
	if err != nil {
		return call.Unplanned{Cause: tel.CauseBusy, Why: err.Error()}
	}
	return call.Planned{Number: tel.Number(where.Slot), Park: &where}
}

// TakeParked lets an agent at the page take who is parked in a slot; it tells in which call that is.
func (x *Exchange) TakeParked(ctx context.Context, org id.Org, agent id.Agent, slot string) (id.Call, error) {
	which, is := x.lot.in(org, slot)
	if !is {
		return "", ErrSlotEmpty
	}
	err := x.AskCall(ctx, org, which, x.retrieving(agent, slot, ""))
	if errors.Is(err, ErrNoCall) {
		err = ErrSlotEmpty
	}
	return which, err
}

func (x *Exchange) retrieving(agent id.Agent, slot string, leg id.Leg) call.Retrieve {
	x.mu.Lock()
	defer x.mu.Unlock()
	seat := x.people[agent]
	return call.Retrieve{Agent: agent, Name: seat.Name, Extension: seat.Extension, Slot: slot, Leg: leg}
}

// dialParked has an agent who dials a slot on the page take who is there; false when nobody is, or it is no slot.
func (x *Exchange) dialParked(org id.Org, agent id.Agent, to string) (which id.Call, is bool, err error) {
	slot := strings.TrimSpace(to)
	if which, is = x.lot.in(org, slot); !is {
		return "", false, nil
	}
	ctx, cancel := context.WithTimeout(x.ctx, askTime)
	defer cancel()
	_, err = x.TakeParked(ctx, org, agent, slot)
	return which, true, err
}

// askTime is how long a call may take to say whether somebody can be taken out of it.
const askTime = 5 * time.Second

// arrivedForParked gives the INVITE of a desk phone that has dialled a slot to the call that is parked there. A call that has been
// taken meanwhile refuses it, and then it is a call of its own, which says so.
func (x *Exchange) arrivedForParked(in sip.Incoming) bool {
	if in.Device == "" {
		return false
	}
	slot := strings.TrimSpace(in.To)
	which, is := x.lot.in(in.Org, slot)
	if !is {
		return false
	}
	x.legs.enter(in.Leg, place{call: which, org: in.Org})
	if !x.post(callAt(which), x.retrieving(in.Agent, slot, in.Leg)) {
		x.openPhone(in.Org, in.Agent, in.Leg, slot)
	}
	return true
}

// openPhone begins a call for the INVITE of a desk phone.
func (x *Exchange) openPhone(org id.Org, agent id.Agent, leg id.Leg, to string) {
	which := id.New[id.Call]()
	x.legs.enter(leg, place{call: which, org: org})
	if err := x.Open(org, which, x.placed(org, agent, call.Placed{Leg: leg, To: to})); err != nil {
		x.legs.forget(leg)
		x.Log.Info("call refused", "call", which, "leg", leg, "err", err)
		x.Wires.End(leg, tel.CauseTemporaryFailure)
	}
}

// notRetrieved begins a call for the desk phone that has dialled a slot whose call has been taken, or for what rings no more.
func (x *Exchange) notRetrieved(s call.Signal) {
	var agent id.Agent
	var leg id.Leg
	dialled := pickUpAny
	switch s := s.(type) {
	case call.Retrieve:
		agent, leg, dialled = s.Agent, s.Leg, s.Slot
	case call.PickUp:
		agent, leg = s.Agent, s.Leg
	}
	if p, there := x.legs.find(leg); there && leg != "" {
		x.openPhone(p.org, agent, leg, dialled)
	}
}
