package call

import (
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// Parking is a slot that has been given to the call (BX-25).
type Parking struct {
	Slot    string          `json:"slot"`
	Seconds int             `json:"seconds"`       // until the parked one returns; 0 is DefaultParkSeconds
	Say     []prompt.Prompt `json:"say,omitempty"` // to the agent, that it is this slot
}

// DefaultParkSeconds is how long somebody is parked until who has parked them is rung, unless the organisation says otherwise.
const DefaultParkSeconds = 120

// From people, about somebody who is parked.
type (
	// Park leaves the other one in a slot, where anybody of the organisation may take them. The slot is the call's when Park comes;
	// after an error it is not.
	Park struct {
		Agent id.Agent `json:"agent"`
		Parking
	}
	// Retrieve takes the parked one. From the page Leg is empty; an agent at a desk phone has dialled the slot, and Leg is the INVITE.
	Retrieve struct {
		Agent     id.Agent `json:"agent"`
		Name      string   `json:"name,omitempty"`
		Extension string   `json:"extension,omitempty"`
		Slot      string   `json:"slot,omitempty"` // in which they are looked for
		Leg       id.Leg   `json:"leg,omitempty"`
	}
)

// FreeSlot gives a slot back.
type FreeSlot struct {
	Slot string `json:"slot"`
}

// ParkState is how far a parking is.
type ParkState string

// The states of a parking.
const (
	ParkTold      ParkState = "told"      // the agent hears the slot
	ParkWaiting   ParkState = "waiting"   // nobody is there
	ParkReturning ParkState = "returning" // and who has parked them is being rung
)

// ParkResult is how a parking ended.
type ParkResult string

// The results of a parking. Every ParkBegan is followed by exactly one ParkOver.
const (
	ParkRetrieved ParkResult = "retrieved" // somebody took them
	ParkReturned  ParkResult = "returned"  // who had parked them answered after the time
	ParkQueued    ParkResult = "queued"    // nobody did: at the front of their queue again
	ParkAbandoned ParkResult = "abandoned" // the call ended
)

// Parked is one who waits in a slot.
type Parked struct {
	Parking
	Party  id.Party  `json:"party"`
	By     id.Agent  `json:"by"`
	ByName string    `json:"by_name,omitempty"`
	Since  time.Time `json:"since"`
	State  ParkState `json:"state"`
	Taker  id.Agent  `json:"taker,omitempty"` // who is taking them now
	Due    bool      `json:"due,omitempty"`   // the time was over while somebody was taking them
}

// The events of a parking.
type (
	// ParkBegan says that an agent has left somebody in a slot.
	ParkBegan struct {
		Agent id.Agent `json:"agent"`
		Party id.Party `json:"party"`
		Slot  string   `json:"slot"`
	}
	// ParkRang says that the time is over, and who parked them is rung; there may be several, one after the other.
	ParkRang struct {
		Agent id.Agent `json:"agent"`
		Slot  string   `json:"slot"`
	}
	// ParkOver says what has come of it; Agent is who has the parked one now.
	ParkOver struct {
		Slot   string        `json:"slot"`
		Agent  id.Agent      `json:"agent,omitempty"`
		Result ParkResult    `json:"result"`
		Waited time.Duration `json:"waited"`
	}
	// RetrieveFailed tells an agent who wanted to take somebody why this could not be.
	RetrieveFailed struct {
		Agent id.Agent `json:"agent"`
		Why   string   `json:"why"`
	}
)

func (Park) callSignal()          {}
func (Retrieve) callSignal()      {}
func (FreeSlot) callAction()      {}
func (ParkBegan) callEvent()      {}
func (ParkRang) callEvent()       {}
func (ParkOver) callEvent()       {}
func (RetrieveFailed) callEvent() {}

const (
	// ParkTag is the tag of what an agent hears of the slot.
	ParkTag = "park"

	parkTimer     = "park"
	parkToldTimer = "park_told"
	parkToldTime  = 10 * time.Second // for the slot to be heard
)

// park leaves the other one in the slot.
func (t *turn) park(s Park) error {
	p, err := t.talking(s.Agent)
	switch {
	case err != nil:
		return err
	case t.moving() != nil:
		return refusal("somebody is being called already: complete or cancel that first")
	}
	if why := t.notParked(p); why != "" {
		return refusal(why)
	}
	t.dropMove()
	t.beginPark(p, s.Parking)
	return nil
}

// notParked says why whom an agent talks with cannot be parked; empty when they can.
func (t *turn) notParked(p *Party) string {
	switch {
	case t.Emergency:
		return "an emergency call cannot be parked"
	case t.Treatment.On() || t.Whispering != "" || t.Drop != nil || t.others(p) == 0:
		return "nobody else is in this call"
	case t.others(p) > 1:
		return "with several others in the call, nobody can be parked"
	case p.Held && p.HeldBy != p.Agent:
		return "the other side has put you on hold"
	}
	return ""
}

func (t *turn) beginPark(by *Party, where Parking) {
	t.stopSaying()
	t.unholdBy(by.Agent)
	t.putInto(where, Parked{Party: t.other(by).ID, By: by.Agent, ByName: by.Name})
}

// putInto leaves a party in the slot; who parks hears of it first, if there is something to be said.
func (t *turn) putInto(where Parking, k Parked) {
	if where.Seconds <= 0 {
		where.Seconds = DefaultParkSeconds
	}
	k.Parking, k.Since, k.State = where, t.now, ParkTold
	t.Park = &k
	t.tell(ParkBegan{Agent: k.By, Party: k.Party, Slot: where.Slot})
	t.after(time.Duration(where.Seconds)*time.Second, parkTimer)
	if len(where.Say) == 0 {
		t.parkTold()
		return
	}
	t.after(parkToldTime, parkToldTimer)
}

// changePark gives the parking to be changed: a copy, since the call's own is shared with who has it already.
func (t *turn) changePark() *Parked {
	k := *t.Park
	t.Park = &k
	return &k
}

// parkTold lets the agent go who has heard the slot.
func (t *turn) parkTold() {
	if t.Park == nil || t.Park.State != ParkTold {
		return
	}
	if len(t.Park.Say) > 0 {
		t.do(StopTimer{Timer: parkToldTimer})
	}
	t.changePark().State = ParkWaiting
	if p := t.party(t.Park.By); p != nil {
		t.leaveTalk(p, tel.CauseNormal)
	}
}

// parker tells whether a party is who has parked the other one and is told the slot.
func (c *Call) parker(p *Party) bool {
	return c.Park != nil && c.Park.State == ParkTold && p.Agent == c.Park.By && p.ID != c.Park.Party
}

// taker tells whether a party is who takes the parked one, or picks up what rings at another one.
func (c *Call) taker(p *Party) bool {
	if p.State != Dialling || p.Agent == "" {
		return false
	}
	return c.Park != nil && p.Agent == c.Park.Taker || p.Agent == c.Picker
}

// parks tells whether a party is parked.
func (c *Call) parks(p *Party) bool { return c.Park != nil && c.Park.Party == p.ID }

// leavesPark takes out a party while somebody is parked: without the parked one the call is over, without another one they stay
// parked. False: this has nothing to do with a parking.
func (t *turn) leavesPark(p *Party, e ending) bool {
	switch {
	case t.parks(p):
		t.finish(t.ended(e))
	case t.parker(p):
		t.parkTold()
	case t.taker(p):
		t.untake(p, e.Cause)
	default:
		return false
	}
	return true
}

// overPark is the one end of a parking.
func (t *turn) overPark(result ParkResult, agent id.Agent) {
	k := t.Park
	t.Park = nil
	t.do(StopTimer{Timer: parkTimer})
	if k.State == ParkTold {
		t.do(StopTimer{Timer: parkToldTimer})
	}
	t.tell(ParkOver{Slot: k.Slot, Agent: agent, Result: result, Waited: t.now.Sub(k.Since)})
	t.do(FreeSlot{Slot: k.Slot})
}

// endPark ends a parking with the call.
func (t *turn) endPark() {
	if t.Park != nil {
		t.overPark(ParkAbandoned, "")
	}
}

// movePark parks the other one where a transfer was to go to.
func (t *turn) movePark(m *Move, s Planned) {
	by := t.party(m.By)
	why := ""
	switch {
	case m.Warm:
		why = notFirst
	case by != nil:
		why = t.notParked(by)
	case t.Emergency || t.present() != 1: // a telephone that has left already
		why = "nobody can be parked now"
	}
	if why != "" {
		t.freeSlot(s)
		t.failMove(tel.CauseNotAllowed, why)
		return
	}
	t.overMove(MoveCompleted)
	if by != nil {
		t.beginPark(by, *s.Park)
		return
	}
	t.Ringback = false
	t.enter(Active)
	where := *s.Park
	where.Say = nil // nobody is there to be told
	t.putInto(where, Parked{By: m.By, Party: t.customer().ID})
}

// freeSlot gives back the slot of an answer that comes too late.
func (t *turn) freeSlot(s Planned) {
	if s.Park != nil && (t.Park == nil || t.Park.Slot != s.Park.Slot) {
		t.do(FreeSlot{Slot: s.Park.Slot})
	}
}
