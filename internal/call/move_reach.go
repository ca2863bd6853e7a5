package call

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// reach begins to reach who is to come: the agent speaks on line 2, or leaves at once.
func (t *turn) reach(m *Move) {
	t.movedTo(MoveRinging)
	by := t.party(m.By)
	switch {
	case by == nil: // hung up when it was not known yet whether this can be
		return
	case !m.Warm:
		t.leaveMove(by)
		return
	}
	by.Side, by.Second.Now = 1, by.Second.Leg != ""
	t.settleSides()
}

// leaveMove lets the agent go before who is to come has answered: the other one hears that it rings.
func (t *turn) leaveMove(by *Party) {
	if t.goesOnThere() {
		t.leaveThere()
		return
	}
	if t.Move.Route != nil {
		t.stopThere()
	}
	t.referDone(0, "")
	t.changeMove().Left = true
	t.leaveTalk(by, tel.CauseNormal)
	for i := range t.Parties {
		t.Parties[i].Side = 0
	}
	t.Ringback = true
	t.enter(Ringing)
}

// dialMove calls the number by the first trunk that is left.
func (t *turn) dialMove() {
	m := t.changeMove()
	way := m.Ways[0]
	m.Ways = m.Ways[1:]
	leg := t.newLeg()
	p := Party{Kind: External, Number: m.Dials, Leg: leg, Device: onTrunk, Own: true, Name: m.Name}
	if p.Name == string(p.Number) {
		p.Name = ""
	}
	if !m.Left {
		p.Side = 1
	}
	t.add(p)
	m.Party = t.Parties[len(t.Parties)-1].ID
	t.do(way.dial(leg, m.Dials))
	t.after(outsideRings, moveTimer)
}

// moveTimeUp ends the time of a number outside to answer, or that in which an agent is told of a failure.
func (t *turn) moveTimeUp() {
	switch m := t.Move; {
	case m == nil:
	case m.State == MoveFailed:
		t.Move = nil
	case m.State == MoveRinging && m.Party != "":
		t.moveRangOut()
	}
}

// moveRangOut gives up a number outside that nobody has answered in time.
func (t *turn) moveRangOut() {
	t.part(t.Call.find(func(p *Party) bool { return p.ID == t.Move.Party }), tel.CauseNoAnswer)
	t.failMove(tel.CauseNoAnswer, "nobody answered")
}

// comes tells whether a party is the one whom the move has called from outside.
func (c *Call) comes(p *Party) bool {
	m := c.moving()
	return m != nil && m.Party == p.ID && m.State == MoveRinging
}

// moveRings hears that who is to come is being rung.
func (t *turn) moveRings() {
	if m := t.moving(); m != nil && !m.Rung {
		t.changeMove().Rung = true
		t.secondRings(false)
	}
}

// moveDialledOver tries the next trunk after one has failed, or gives up.
func (t *turn) moveDialledOver(p *Party, s LegEnded) {
	t.part(p, s.Cause)
	m := t.moving()
	if len(m.Ways) > 0 && !m.Rung && trunkFailed(s.Cause, s.Code) {
		t.dialMove()
		return
	}
	t.failMove(s.Cause, reasonOf(s.Cause, s.Reason))
}

// awaited tells whether the ring of an agent is the move's.
func (c *Call) awaited(agent id.Agent) bool {
	m := c.moving()
	return m != nil && m.Agent == agent && (m.State == MoveRinging || m.State == MoveReturning)
}

// moveAnswered brings the agent in who was rung.
func (t *turn) moveAnswered(s RingEnded) {
	m := t.moving()
	p := Party{Kind: Agent, Agent: s.Agent, Name: m.Name, Leg: s.Leg, Device: s.Device, Up: true}
	if m.State != MoveReturning {
		p.BroughtBy, p.Notes = m.By, m.Notes
	}
	if !m.Left {
		p.Side = 1
	}
	t.add(p)
	t.do(Connected{Agent: s.Agent})
	t.moveJoined(t.party(s.Agent))
}

// moveJoined has who has come speak with the agent, or with the other one if the agent has gone.
func (t *turn) moveJoined(p *Party) {
	p.Up = true
	t.join(p)
	switch m := t.moving(); {
	case m.State == MoveReturning:
		t.Move = nil
		t.Ringback = false
		t.activate()
	case m.Left:
		t.overMove(MoveCompleted)
		t.Ringback = false
		t.activate()
	default:
		t.movedTo(MoveTalking).Party = p.ID
		t.settleSides()
		t.answerSecond()
	}
}

// moveUnanswered hears that the agent who is to come did not take the call, or the one who was to come back.
func (t *turn) moveUnanswered(why string) {
	if t.moving().State == MoveReturning {
		t.nobodyBack()
		return
	}
	t.failMove(tel.CauseNoAnswer, why)
}
