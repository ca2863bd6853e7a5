package call

import (
	"parley/internal/dest"
	"parley/internal/tel"
)

// placed begins a call by an agent; the ACD gives the place first.
func (t *turn) placed(s Placed) error {
	if t.Stage != Fresh {
		return refusal("the call has begun already")
	}
	t.Direction, t.Type, t.Started = Outbound, TypeManual, t.now
	t.From, t.Name, t.To, t.Typed, t.AutoRecord, t.Detect = s.From, s.Name, tel.Number(s.To), s.To, s.Record, s.Detect
	t.Emergency = s.Emergency
	began := Began{Direction: Outbound, Type: TypeManual, From: s.From, Name: s.Name, To: t.To, Agent: s.Agent}
	if began.From == "" {
		began.From = tel.Number(s.Extension)
	}
	t.tell(began)
	p := Party{Kind: Agent, Agent: s.Agent, Name: s.Name, Number: tel.Number(s.Extension), Leg: s.Leg}
	if s.Leg != "" {
		p.Device, p.Own = onPhone, true
	}
	t.add(p)
	t.enter(Routing)
	t.reserve(s.Agent, forOutbound, 0)
	return nil
}

// takeLine asks the station of the agent who places the call for a line.
func (t *turn) takeLine(s *Seat) {
	s.Station, s.Taking = true, true
	take := Take{Agent: s.Agent, Urgent: t.Emergency}
	if placer := t.placer(); placer.Own {
		take.Leg = placer.Leg
	}
	t.do(take)
}

func (t *turn) taken(s Taken) {
	seat := t.findSeat(s.Agent)
	if seat == nil {
		t.do(Leave{Agent: s.Agent, Cause: endCause})
		return
	}
	if !seat.Taking {
		return
	}
	seat.Taking = false
	if t.Stage == Ended {
		return // its Leave is on the way
	}
	if p := t.takes(s.Agent); p != nil {
		t.retrieveTaken(p, s)
		return
	}
	p := t.placer()
	if !p.Own {
		p.Leg, p.Device, p.Up = s.Leg, s.Device, true
		t.tell(LegOpened{Leg: p.Leg, Party: p.ID, Device: p.Device})
	}
	t.do(FindPlan{Agent: s.Agent, To: t.Typed, From: t.From, Hand: true, Working: seat.Working, Phone: p.Device == onPhone})
}

func (t *turn) notTaken(s NotTaken) {
	seat := t.findSeat(s.Agent)
	if seat == nil || !seat.Taking {
		return
	}
	seat.Taking = false
	if p := t.takes(s.Agent); p != nil {
		t.retrieveFails(p, orWords(s.Why, tel.CauseTemporaryFailure))
		return
	}
	if t.Stage != Ended && !t.takeAgain() {
		t.finish(ending{Disposition: Failed, Cause: tel.CauseTemporaryFailure, Reason: orWords(s.Why, tel.CauseTemporaryFailure)})
	}
}

// planning tells whether the number plan has been asked and has not answered yet.
func (t *turn) planning() bool {
	placer := t.placer()
	if t.Attempt.First {
		return t.Stage == Routing && t.Attempt.Open && len(t.Parties) == 0
	}
	if t.Stage != Routing || t.Direction != Outbound || placer == nil || len(t.Parties) != 1 || t.Target != "" || t.Whispering != "" {
		return false
	}
	s := t.findSeat(placer.Agent)
	return s != nil && s.Station && !s.Taking
}

// planned places the call as the number plan says.
func (t *turn) planned(s Planned) {
	if s.Move > 0 {
		t.movePlanned(s)
		return
	}
	if s.Park != nil || !t.planning() || !t.mayDialBack(s) {
		t.freeSlot(s)
		return
	}
	t.To, t.Caller, t.Consent = s.Number, s.Caller, s.Consent
	if s.Access != nil {
		t.openMailbox(s)
		return
	}
	if len(s.Say) > 0 {
		t.confirm(s)
		return
	}
	if s.Page != nil {
		t.page(s)
		return
	}
	if s.Agent != "" {
		t.callAgent(s)
		return
	}
	t.Routes, t.Emergency = s.Routes, t.Emergency || s.Emergency
	if len(t.Routes) == 0 {
		t.Routes = []Route{{Trunk: s.Trunk, CallerID: s.CallerID}}
	}
	first := t.nextRoute()
	t.tell(Directed{
		Direction: Outbound, Type: t.Type, From: t.From, To: s.Number, Trunk: first.Trunk, Caller: s.Caller,
		Destination: dest.Destination{Kind: dest.External, Target: string(s.Number)}, Target: s.Caller.Name,
		Notice: t.Notice, Emergency: t.Emergency, Location: s.Location,
	})
	leg := t.newLeg()
	t.add(Party{Kind: Customer, Number: s.Number, Leg: leg, Device: onTrunk, Own: true})
	t.dialRoute(leg, first)
}

// callAgent makes the call one between agents: who placed it is the customer.
func (t *turn) callAgent(s Planned) {
	placer := t.placer()
	t.Direction, t.Type, placer.Kind = Internal, TypeInternal, Customer
	t.From, t.TargetName, t.FollowMe = placer.Number, s.AgentName, s.FollowMe
	if s.Intercom {
		t.Type, t.AutoRecord, t.FollowMe = TypeIntercom, false, nil
	}
	t.tell(Directed{
		Direction: Internal, Type: t.Type, From: placer.Number, To: s.Number, Target: s.AgentName,
		Destination: dest.Destination{Kind: dest.Agent, Target: string(s.Agent)},
	})
	if s.Agent == placer.Agent {
		t.finish(ending{Disposition: Failed, Cause: tel.CauseBusy, Reason: "this is the agent's own extension"})
		return
	}
	if s.Intercom {
		t.reserve(s.Agent, forIntercom, s.RingSeconds)
		return
	}
	if s.Diverts {
		t.find(FindNext{To: dest.Destination{Kind: dest.Agent, Target: string(s.Agent)}})
		return
	}
	t.reserve(s.Agent, forDirect, s.RingSeconds)
}

func (t *turn) unplanned(s Unplanned) {
	if s.Move > 0 {
		t.moveRefused(s.Move, s.Cause, orWords(s.Why, s.Cause))
		return
	}
	if t.planning() {
		t.finish(ending{Disposition: Failed, Cause: s.Cause, Reason: orWords(s.Why, s.Cause)})
	}
}

// moved takes an agent's voice to another leg; nothing else about the agent changes (BX-51).
func (t *turn) moved(s Moved) {
	p := t.party(s.Agent)
	if p == nil || p.Own || p.Leg == "" || s.Leg == "" || p.Leg == s.Leg {
		return
	}
	t.anew(p)
	t.tell(LegClosed{Leg: p.Leg, Cause: endCause}, LegOpened{Leg: s.Leg, Party: p.ID, Device: p.Device, Beside: p.State == Beside})
	p.Leg, p.Away = s.Leg, false
	t.setSilent(p, false)
	t.offHold(p)
}

// agentLost takes out an agent whose voice did not come back. A queue's caller goes back to the queue's front.
func (t *turn) agentLost(s AgentLost) {
	p := t.party(s.Agent)
	if p == nil || p.Own {
		return
	}
	if p.State == Beside {
		t.overWatch("")
		return
	}
	lost := ending{Disposition: Failed, Cause: tel.CauseTemporaryFailure, Reason: "the agent's connection was lost"}
	switch {
	case p.Listens:
		t.pageLeft(p, tel.CauseTemporaryFailure)
		return
	case t.Page != nil:
		t.finish(t.ended(lost))
		return
	}
	if t.leavesPark(p, lost) {
		return
	}
	if t.goesOn(p) {
		t.leaveTalk(p, tel.CauseTemporaryFailure)
		return
	}
	t.leaveConsult(p)
	caller := t.customer()
	waits := t.Stage == Active || t.Whispering == s.Agent
	if waits && t.Queue != nil && caller != nil && p != caller && caller.State == Joined {
		t.stopSaying()
		if m := t.moving(); m != nil && !m.Left { // of a caller who is an agent too, and waits again instead
			t.quitMove(MoveAbandoned)
		}
		t.part(p, tel.CauseTemporaryFailure)
		t.wait(true)
		return
	}
	t.finish(t.ended(lost))
}
