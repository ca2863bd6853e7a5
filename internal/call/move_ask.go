package call

import (
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// mostParties is how many legs a conference has at most, supervisors apart (TR-5).
const mostParties = 10

// What an agent is told in more than one place.
const (
	notFirst    = "only an agent, a queue, a menu or a number can be spoken to first"
	hereAlready = "this agent is in the call already"
	noTransfer  = "calls cannot be transferred there"
)

// transfer asks where the other one is to go; nobody is moved before that is known to be possible.
func (t *turn) transfer(s Transfer) error {
	p, err := t.mayMove(s.Agent, s.To)
	switch {
	case err != nil:
		return err
	case t.others(p) > 1:
		return refusal("with several others in the call, speak to the new one first, or remove somebody")
	case p.Held && p.HeldBy != p.Agent:
		return refusal("the other side has put you on hold")
	}
	return t.beginMove(p, s.To, s.Notes, false)
}

// speaksFirst are the destinations at which somebody can be spoken to first.
var speaksFirst = map[dest.Kind]bool{dest.Agent: true, dest.External: true, dest.Queue: true, dest.Menu: true}

func (t *turn) consult(s Consult) error {
	p, err := t.mayMove(s.Agent, s.To)
	switch {
	case err != nil:
		return err
	case p.TwoCalls:
		return refusal("both of your lines are in use: hang up one of the two calls first")
	case !speaksFirst[s.To.Kind]:
		return refusal(notFirst)
	case t.present() >= mostParties:
		return refusal("a conference has ten parties at most")
	case p.Held && p.HeldBy != p.Agent:
		return refusal("the other side has put you on hold")
	}
	return t.beginMove(p, s.To, s.Notes, true)
}

// mayMove is the agent's place, from which somebody may be brought in now.
func (t *turn) mayMove(by id.Agent, to dest.Destination) (*Party, error) {
	p, err := t.talking(by)
	switch {
	case err != nil:
		return nil, err
	case t.moving() != nil:
		return nil, refusal("somebody is being called already: complete or cancel that first")
	case t.Treatment.On() || t.Whispering != "" || t.Drop != nil || t.others(p) == 0:
		return nil, refusal("nobody else is in this call")
	case to.Kind == dest.Agent && id.Agent(to.Target) == by:
		return nil, refusal("this is you")
	case to.Kind == dest.Agent && t.here(id.Agent(to.Target)):
		return nil, refusal(hereAlready)
	case to.Kind == "" || to.Kind == dest.Hangup || to.Target == "":
		return nil, refusal("say where to")
	}
	return p, nil
}

// beginMove asks the plan: a number as if the agent dialled it, with the agent's class of service, all else as the way of a call.
func (t *turn) beginMove(p *Party, to dest.Destination, notes string, warm bool) error {
	t.dropMove()
	t.stopSaying()
	t.Moves++
	t.Move = &Move{
		Number: t.Moves, By: p.Agent, Warm: warm, To: to, Name: to.Target, Notes: notes, State: MoveAsking, Since: t.now,
	}
	t.tell(MoveBegan{Number: t.Moves, Agent: p.Agent, Warm: warm, To: to, Notes: notes})
	if to.Kind == dest.External {
		t.do(FindPlan{Agent: p.Agent, To: to.Target, Move: t.Moves})
		return nil
	}
	t.do(FindNext{To: to, From: t.From, Forwarder: p.Agent, Move: t.Moves})
	return nil
}

// moveRouted hears where the destination leads. What leads elsewhere than asked cannot take the call now.
func (t *turn) moveRouted(s Routed) {
	m := t.moving()
	switch {
	case m == nil || m.Number != s.Move:
		return
	case m.Finding:
		t.ledOn(s)
		return
	case m.State != MoveAsking:
		return
	}
	m = t.changeMove()
	if s.Name != "" {
		m.Name = s.Name
	}
	switch {
	case s.Destination != m.To:
		t.failMove(tel.CauseNoAnswer, elsewhere(s))
	case s.Away != "":
		t.failMove(tel.CauseNoAnswer, s.Away)
	case s.Agent != "" && t.here(s.Agent):
		t.failMove(tel.CauseBusy, hereAlready)
	case s.Agent != "":
		m.Name = s.AgentName
		t.moveToAgent(m, s.Agent, s.RingSeconds)
	case m.Warm && (s.Queue != nil || s.Menu != nil):
		t.goThrough(s)
	case m.Warm:
		t.failMove(tel.CauseNotAllowed, notFirst)
	case s.Queue != nil, s.Menu != nil, s.Mailbox != nil:
		t.sendOn(s)
	default:
		t.failMove(tel.CauseNotAllowed, noTransfer)
	}
}

// elsewhere says why a destination does not take the call itself.
func elsewhere(s Routed) string {
	for _, h := range s.Hops {
		if h.Why != "" {
			return h.Why
		}
	}
	if s.Name != "" {
		return "calls there go to " + s.Name + " now"
	}
	return "calls there go elsewhere now"
}

// movePlanned hears how the number is reached.
func (t *turn) movePlanned(s Planned) {
	m := t.moving()
	if m == nil || m.State != MoveAsking || m.Number != s.Move {
		t.freeSlot(s)
		return
	}
	m = t.changeMove()
	switch {
	case s.Park != nil:
		t.movePark(m, s)
	case s.Emergency:
		t.failMove(tel.CauseNotAllowed, "an emergency number is called by itself, not from a call")
	case s.Access != nil, s.Say != nil, s.Page != nil:
		t.failMove(tel.CauseNotAllowed, noTransfer)
	case s.Agent != "" && t.here(s.Agent):
		t.failMove(tel.CauseBusy, hereAlready)
	case s.Agent != "" && s.Diverts:
		t.failMove(tel.CauseNoAnswer, "this agent's calls are forwarded now")
	case s.Agent != "":
		m.Name = s.AgentName
		t.moveToAgent(m, s.Agent, s.RingSeconds)
	default:
		m.Dials, m.Name, m.Ways = s.Number, s.Caller.Name, s.Routes
		if m.Name == "" {
			m.Name = string(s.Number)
		}
		if len(m.Ways) == 0 {
			m.Ways = []Route{{Trunk: s.Trunk, CallerID: s.CallerID}}
		}
		t.reach(m)
		t.dialMove()
	}
}

// moveRefused hears that the plan knows no way.
func (t *turn) moveRefused(number int, cause tel.Cause, why string) {
	switch m := t.moving(); {
	case m == nil || m.Number != number:
	case m.Finding:
		t.unledOn(cause, why)
	case m.State == MoveAsking:
		t.failMove(cause, why)
	}
}

// moveToAgent asks for the place of the agent who is to come.
func (t *turn) moveToAgent(m *Move, agent id.Agent, rings int) {
	m.Agent, m.Rings = agent, rings
	t.reserveFor(agent, forTransfer)
}

// reserveFor asks the ACD for an agent's place in this conversation.
func (t *turn) reserveFor(agent id.Agent, purpose string) {
	s := t.seat(agent)
	s.Purpose, s.Asked, s.Freed, s.Number = purpose, true, false, t.Move.Number
	r := Reserve{Agent: agent, Purpose: purpose, Number: s.Number}
	if t.Queue != nil {
		r.Queue = t.Queue.ID
	}
	t.do(r)
}

// moveGranted rings the agent who is to come, or who comes back.
func (t *turn) moveGranted(agent id.Agent) {
	m := t.moving()
	switch {
	case m == nil || m.Agent != agent || m.State == MoveTalking:
		t.release(agent, false)
		return
	case m.State == MoveAsking:
		t.reach(m)
	}
	t.RingSeconds = m.Rings
	t.ringDirect(agent)
}

// moveDenied hears that an agent's place cannot be had.
func (t *turn) moveDenied(agent id.Agent, why string) {
	switch m := t.moving(); {
	case m == nil || m.Agent != agent:
	case m.State == MoveReturning:
		t.nobodyBack()
	case m.State == MoveAsking, m.State == MoveRinging:
		e := deniedDirect(why)
		t.failMove(e.Cause, e.Reason)
	}
}
