package call

import (
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// own is the move that an agent has begun and is still in, or the refusal to anybody else.
func (t *turn) own(agent id.Agent) (*Move, *Party, error) {
	p, err := t.talking(agent)
	if err != nil {
		return nil, nil, err
	}
	m := t.moving()
	if m == nil || m.Left || m.By != agent {
		return nil, nil, refusal("you are not calling anybody else")
	}
	return m, p, nil
}

// swap lets the agent speak with the other line.
func (t *turn) swap(s Swap) error {
	m, p, err := t.own(s.Agent)
	if err != nil {
		return err
	}
	if m.State == MoveAsking {
		return refusal("it is not known yet whether this can be")
	}
	p.Side = 1 - p.Side
	t.settleSides()
	return nil
}

// merge makes one conversation of both lines.
func (t *turn) merge(s Merge) error {
	m, _, err := t.own(s.Agent)
	if err != nil {
		return err
	}
	if m.State != MoveTalking {
		return refusal("nobody has answered there yet")
	}
	t.joinSides()
	t.overMove(MoveMerged)
	t.activate()
	return nil
}

// complete lets the agent go. Before an answer the other one hears that it rings.
func (t *turn) complete(s Complete) error {
	p, err := t.mayComplete(s.Agent)
	if err == nil {
		t.completeMove(p)
	}
	return err
}

func (t *turn) mayComplete(agent id.Agent) (*Party, error) {
	m, p, err := t.own(agent)
	switch {
	case err != nil:
		return nil, err
	case t.unsettled(m):
		return nil, refusal("it is not known yet whether this can be")
	case m.State == MoveRinging && t.others(p) > 1:
		return nil, refusal("wait for the answer: several others are in the call")
	}
	return p, nil
}

func (t *turn) completeMove(by *Party) {
	if t.Move.State == MoveRinging {
		t.leaveMove(by)
		return
	}
	t.joinSides()
	t.passOver()
	t.overMove(MoveCompleted)
	t.leaveTalk(by, tel.CauseNormal)
	t.activate()
}

func (t *turn) cancelMove(s CancelMove) error {
	if _, _, err := t.own(s.Agent); err != nil {
		return err
	}
	t.quitMove(MoveCanceled)
	return nil
}

// quitMove gives a move up with its agent still there, who is back with the other one.
func (t *turn) quitMove(result MoveResult) {
	t.dropSecond(t.party(t.moving().By), tel.CauseNormal)
	t.quitTarget()
	t.joinSides()
	t.overMove(result)
}

// quitTarget ends the call of who was to come.
func (t *turn) quitTarget() {
	t.quitThere(ringGivenUp)
	m := t.moving()
	if p := t.Call.find(func(p *Party) bool { return p.ID == m.Party }); p != nil {
		t.part(p, tel.CauseNormal)
	}
	if m.Agent == "" {
		return
	}
	if r := t.RingAt(m.Agent); r != nil && r.Direct {
		t.overRing(r, RingCanceled, ringGivenUp)
	}
	t.unask(m.Agent)
	t.release(m.Agent, false)
}

// unask gives a place back at once that the ACD has not given yet.
func (t *turn) unask(agent id.Agent) {
	if s := t.findSeat(agent); s != nil {
		s.Asked = false
	}
}

// failMove ends a move that did not come about. The agent who is still there is told why; one who has left is called back.
func (t *turn) failMove(cause tel.Cause, why string) {
	m := t.moving()
	if m.Left {
		t.bringBack(why)
		return
	}
	t.referDone(cause, why)
	t.dropSecond(t.party(m.By), cause)
	t.quitTarget()
	t.joinSides()
	t.tell(MoveOver{Number: m.Number, Agent: m.By, Name: m.Name, Result: MoveRefused, Why: why})
	t.movedTo(MoveFailed).Why = why
	t.after(moveShown, moveTimer)
}

// bringBack calls the agent who has transferred, if the ACD finds the agent free (TR-2).
func (t *turn) bringBack(why string) {
	m := t.movedTo(MoveReturning)
	t.tell(MoveOver{Number: m.Number, Agent: m.By, Name: m.Name, Result: MoveRefused, Why: why})
	m.Why, m.Agent, m.Name, m.Party, m.Rung = why, m.By, "", "", false
	t.reserveFor(m.By, forReturn)
}

// nobodyBack lets a caller wait at the front of the queue, whose transfer failed and whose agent does not come back. Without
// a queue the plan says where to.
func (t *turn) nobodyBack() {
	m := t.Move
	t.Move, t.Ringback = nil, false
	switch {
	case t.Queue != nil && t.Direction == Inbound:
		t.wait(true)
	case t.Direction == Inbound:
		t.leave(dest.Destination{Kind: dest.Agent, Target: string(m.By)}, m.Why)
	default:
		t.finish(t.ended(ending{Cause: tel.CauseNoAnswer, Reason: "the transfer failed: " + m.Why}))
	}
}

// sendOn lets the other one go on to a queue, a menu or a mailbox, without the agent.
func (t *turn) sendOn(s Routed) {
	t.giveOver(s)
	t.Route = &s
	t.arrive()
}

// giveOver lets the agent go, and the other one on the way elsewhere.
func (t *turn) giveOver(s Routed) {
	by := t.party(t.moving().By)
	t.Brought = &Brought{By: t.Move.By, Notes: t.Move.Notes}
	t.overMove(MoveCompleted)
	if by != nil {
		t.leaveTalk(by, tel.CauseNormal)
	}
	t.Travel, t.Precedence = s.Travel, s.Precedence.Or(t.Precedence)
	if s.Language != "" {
		t.Language = s.Language
	}
	t.Trouble, t.Unreached, t.Message, t.Ringback = "", nil, nil, false
	t.Hops = max(t.Hops, 1) // where a placed call went was told, and who it is with
	t.enter(Routing)
	t.tellWay(s)
	t.timeMenus(s.Travel.MenusUntil)
}

// endMove ends a move with the call.
func (t *turn) endMove() {
	m := t.Move
	if m == nil {
		return
	}
	if m.State == MoveAsking || m.State == MoveRinging || m.State == MoveTalking {
		t.quitThere(ringCallEnded)
		t.overMove(MoveAbandoned)
	}
	t.dropMove()
}
