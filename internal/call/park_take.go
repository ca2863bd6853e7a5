package call

import (
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

const parkTakenAlready = "this parked call has been taken already"

// retrieve lets an agent take who is parked: the place first, then a line.
func (t *turn) retrieve(s Retrieve) error {
	k := t.Park
	switch {
	case t.Stage == Ended || k == nil || s.Slot != "" && s.Slot != k.Slot:
		return refusal(parkTakenAlready)
	case k.Taker != "":
		return refusal("somebody else is taking this parked call")
	case t.party(s.Agent) != nil && t.parker(t.party(s.Agent)) && s.Leg == "":
		t.overPark(ParkRetrieved, s.Agent)
		return nil
	case k.State == ParkReturning && k.By == s.Agent:
		return refusal("this parked call rings at you already: answer it")
	case t.here(s.Agent):
		return refusal("you are in this call")
	}
	t.parkTold()
	t.changePark().Taker = s.Agent
	t.comeTake(s.Agent, s.Name, s.Leg)
	return nil
}

// comeTake asks for the place of an agent who takes the parked one, or picks up.
func (t *turn) comeTake(agent id.Agent, name string, leg id.Leg) {
	p := Party{Kind: Agent, Agent: agent, Name: name, Leg: leg}
	if leg != "" {
		p.Device, p.Own = onPhone, true
	}
	t.add(p)
	t.Moves++
	seat := t.seat(agent)
	seat.Purpose, seat.Asked, seat.Freed, seat.Number = forOutbound, true, false, t.Moves
	r := Reserve{Agent: agent, Purpose: forOutbound, Number: seat.Number}
	if t.Queue != nil {
		r.Queue = t.Queue.ID
	}
	t.do(r)
}

// takes is the place of the agent who takes the parked one; nil when this agent does not.
func (t *turn) takes(agent id.Agent) *Party {
	if p := t.party(agent); p != nil && t.taker(p) {
		return p
	}
	return nil
}

// retrieveGranted asks for a line.
func (t *turn) retrieveGranted(p *Party) {
	seat := t.seat(p.Agent)
	seat.Asked, seat.Place, seat.Station, seat.Taking = false, true, true, true
	take := Take{Agent: p.Agent}
	if p.Own {
		take.Leg = p.Leg
	}
	t.do(take)
}

// retrieveTaken has the line: a desk phone that has dialled the slot is answered, a browser is there.
func (t *turn) retrieveTaken(p *Party, s Taken) {
	if p.Own {
		t.do(AnswerLeg{Leg: p.Leg})
		return
	}
	p.Leg, p.Device = s.Leg, s.Device
	t.tell(LegOpened{Leg: p.Leg, Party: p.ID, Device: p.Device})
	t.retrieved(p)
}

// retrieved joins who has come with the parked one.
func (t *turn) retrieved(p *Party) {
	if t.Picker == p.Agent {
		t.pickedUp(p)
		return
	}
	p.Up = true
	if t.Park.State == ParkReturning {
		t.quitReturn(parkTakenAlready)
	}
	t.overPark(ParkRetrieved, p.Agent)
	t.join(p)
	t.activate()
}

// retrieveFails tells an agent why the parked one cannot be taken, who waits on.
func (t *turn) retrieveFails(p *Party, why string) {
	t.tell(RetrieveFailed{Agent: p.Agent, Why: why})
	t.untake(p, tel.CauseTemporaryFailure)
}

// untake gives up an agent who was taking the parked one.
func (t *turn) untake(p *Party, cause tel.Cause) {
	t.seat(p.Agent).Taking = false
	if t.Picker == p.Agent {
		t.Picker = ""
		t.part(p, cause)
		return
	}
	k := t.changePark()
	k.Taker = ""
	t.part(p, cause)
	if k.Due {
		k.Due = false
		t.parkDue()
	}
}

// parkDue rings who has parked somebody for too long.
func (t *turn) parkDue() {
	k := t.Park
	switch {
	case k == nil:
		return
	case k.State == ParkTold:
		t.parkTold()
	case k.Taker != "":
		t.changePark().Due = true
		return
	case k.State != ParkWaiting:
		return
	}
	k = t.changePark()
	k.State = ParkReturning
	t.tell(ParkRang{Agent: k.By, Slot: k.Slot})
	if t.party(k.By) != nil || t.Watching != nil && t.Watching.Agent == k.By { // is here already, as a party or a supervisor
		t.nobodyReturns()
		return
	}
	t.Moves++
	seat := t.seat(k.By)
	seat.Purpose, seat.Asked, seat.Freed, seat.Number = forReturn, true, false, t.Moves
	r := Reserve{Agent: k.By, Purpose: forReturn, Number: seat.Number}
	if t.Queue != nil {
		r.Queue = t.Queue.ID
	}
	t.do(r)
}

// returns tells whether an agent is being called back for somebody who was parked.
func (c *Call) returns(agent id.Agent) bool {
	return c.Park != nil && c.Park.State == ParkReturning && c.Park.By == agent
}

// returnGranted rings the agent with the parked one.
func (t *turn) returnGranted(agent id.Agent) {
	seat := t.seat(agent)
	seat.Asked, seat.Place = false, true
	t.RingSeconds = 0
	t.ringDirect(agent)
}

// returnAnswered brings back the agent who has parked the other one.
func (t *turn) returnAnswered(s RingEnded) {
	if p := t.Call.find(t.taker); p != nil {
		t.retrieveFails(p, parkTakenAlready)
	}
	name := t.Park.ByName
	t.add(Party{Kind: Agent, Agent: s.Agent, Name: name, Leg: s.Leg, Device: s.Device, Up: true})
	t.do(Connected{Agent: s.Agent})
	t.overPark(ParkReturned, s.Agent)
	t.join(t.party(s.Agent))
	t.activate()
}

// quitReturn rings the agent no more who has parked somebody.
func (t *turn) quitReturn(why string) {
	by := t.Park.By
	if r := t.RingAt(by); r != nil && r.Direct {
		t.overRing(r, RingCanceled, why)
	}
	t.unask(by)
	t.release(by, false)
	t.changePark().State = ParkWaiting
}

// nobodyReturns has a queue's caller wait at the front of that queue again; anybody else stays parked for as long as before, and
// then it rings again.
func (t *turn) nobodyReturns() {
	if t.Park.Taker != "" {
		t.changePark().State = ParkWaiting
		t.parkDue()
		return
	}
	if caller := t.customer(); t.Queue != nil && t.Direction == Inbound && caller != nil && t.parks(caller) {
		t.overPark(ParkQueued, "")
		t.wait(true)
		return
	}
	k := t.changePark()
	k.State = ParkWaiting
	t.after(time.Duration(k.Seconds)*time.Second, parkTimer)
}
