package call

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// From people, about the others in a conference (TR-5, TR-6).
type (
	// HoldParty holds one of the others, or takes one off hold.
	HoldParty struct {
		Agent id.Agent `json:"agent"`
		Party id.Party `json:"party"`
		On    bool     `json:"on"`
	}
	// MuteParty makes one of the others unheard, or heard again.
	MuteParty struct {
		Agent id.Agent `json:"agent"`
		Party id.Party `json:"party"`
		On    bool     `json:"on"`
	}
	// RemoveParty ends the part of one of the others.
	RemoveParty struct {
		Agent id.Agent `json:"agent"`
		Party id.Party `json:"party"`
	}
	// EndForAll ends the call for everybody in it.
	EndForAll struct {
		Agent id.Agent `json:"agent"`
	}
)

func (HoldParty) callSignal()   {}
func (MuteParty) callSignal()   {}
func (RemoveParty) callSignal() {}
func (EndForAll) callSignal()   {}

// ErrOutsideAlone refuses to let an agent go after whom only outside parties would talk on; HangUp.Sure does it.
const ErrOutsideAlone = refusal("only outside parties would be left in the call: confirm that they may talk on, or end it for all")

// ErrOutsideForbidden refuses the same to an agent whose class of service does not allow it.
const ErrOutsideForbidden = refusal("your class of service does not let outside parties talk on without you: end the call for all, or stay")

// present is how many are in the conversation, or are being called to it.
func (c *Call) present() int {
	n := 0
	for i := range c.Parties {
		if s := c.Parties[i].State; s != Gone && s != Beside {
			n++
		}
	}
	return n
}

// others is how many besides a party are in the conversation.
func (c *Call) others(than *Party) int {
	n := 0
	for i := range c.Parties {
		if p := &c.Parties[i]; p.ID != than.ID && p.State == Joined {
			n++
		}
	}
	return n
}

// anyHeld tells whether somebody is on hold.
func (c *Call) anyHeld() bool { return c.find(func(p *Party) bool { return p.Held }) != nil }

// heldBy is how many an agent has put on hold.
func (c *Call) heldBy(agent id.Agent) int {
	n := 0
	for i := range c.Parties {
		if p := &c.Parties[i]; p.Held && p.HeldBy == agent && p.State != Gone {
			n++
		}
	}
	return n
}

// another is one of the others of a conference, as an agent who is in it may act on.
func (t *turn) another(agent id.Agent, which id.Party) (*Party, error) {
	mine, err := t.talking(agent)
	if err != nil {
		return nil, err
	}
	p := t.Call.find(func(p *Party) bool { return p.ID == which && p.State != Beside })
	switch {
	case p == nil:
		return nil, refusal("this party has left the call")
	case p.ID == mine.ID:
		return nil, refusal("this is you")
	case p.State != Joined:
		return nil, refusal("nobody has answered there yet")
	case t.consulting():
		return nil, refusal("complete, merge or cancel first")
	}
	return p, nil
}

func (t *turn) holdParty(s HoldParty) error {
	p, err := t.another(s.Agent, s.Party)
	if err != nil {
		return err
	}
	switch {
	case s.On && !p.Held:
		t.putOnHold(p, s.Agent)
	case !s.On && p.Held:
		t.unhold(p)
	}
	return nil
}

func (t *turn) muteParty(s MuteParty) error {
	p, err := t.another(s.Agent, s.Party)
	if err != nil {
		return err
	}
	if p.Muted != s.On {
		p.Muted = s.On
		t.tell(MuteSet{Agent: s.Agent, Party: p.ID, On: s.On})
	}
	return nil
}

// removeParty ends the part of one of the others; with the last one the call ends.
func (t *turn) removeParty(s RemoveParty) error {
	p, err := t.another(s.Agent, s.Party)
	if err != nil {
		return err
	}
	if mine := t.party(s.Agent); t.others(mine) < 2 {
		t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal})
		return nil
	}
	t.leaveTalk(p, tel.CauseNormal)
	return nil
}

func (t *turn) endForAll(s EndForAll) error {
	if _, err := t.talking(s.Agent); err != nil {
		return err
	}
	t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal})
	return nil
}

// goesOn tells whether the others go on talking when a party leaves. Who is on line 2 counts as one of them.
func (t *turn) goesOn(p *Party) bool {
	return !t.AnsweredAt.IsZero() && p.State == Joined && t.others(p) > 1
}

// agentStays tells whether an agent is among those who go on talking without a party.
func (t *turn) agentStays(without *Party) bool {
	return t.Call.find(func(p *Party) bool { return p.ID != without.ID && p.State == Joined && p.Agent != "" }) != nil
}

// leavesMove tells whether an agent goes while somebody is being rung for the other one, who then is not left alone, or while it
// is asked whether the other one can be sent there: phones hang up as soon as they have asked (RFC 5589 §6.1).
func (t *turn) leavesMove(p *Party) bool {
	m := t.moving()
	if m == nil || m.Left || m.By != p.Agent || t.others(p) != 1 {
		return false
	}
	return m.State == MoveRinging || m.State == MoveAsking && !m.Warm
}

// leaveTalk takes a party out of a conversation that goes on.
func (t *turn) leaveTalk(p *Party, cause tel.Cause) {
	t.leaveConsult(p)
	t.stopSaying()
	t.part(p, cause)
	t.succeed()
}

// leaveConsult ends a move that cannot go on without the party that leaves.
func (t *turn) leaveConsult(p *Party) {
	m := t.moving()
	switch {
	case m == nil || m.Left:
	case m.Party == p.ID && m.State == MoveTalking:
		t.overMoveOf(p)
	case m.By == p.Agent && m.State == MoveTalking:
		t.joinSides()
		t.passOver()
		t.overMove(MoveCompleted)
	case m.By == p.Agent:
		t.quitMove(MoveCanceled)
	case m.State == MoveTalking && t.others(p) == 2 && p.Side == 0: // the other one went: two are left, who speak already
		t.joinSides()
		t.overMove(MoveAbandoned)
	}
}

// overMoveOf tells the agent that who was called on line 2 has hung up.
func (t *turn) overMoveOf(p *Party) {
	const why = "hung up"
	m := t.movedTo(MoveFailed)
	m.Why, m.Party = why, ""
	p.Side = 0
	t.dropSecond(t.party(m.By), tel.CauseNormal)
	t.joinSides()
	t.tell(MoveOver{Number: m.Number, Agent: m.By, Name: m.Name, Result: MoveRefused, Why: why})
	t.after(moveShown, moveTimer)
}

// succeed makes one of those who are left the call's customer when that one has gone: somebody outside, else who is there longest.
func (t *turn) succeed() {
	if t.customer() != nil {
		return
	}
	heir := t.Call.find(func(p *Party) bool { return p.State == Joined && p.Agent == "" })
	if heir == nil {
		heir = t.Call.find(func(p *Party) bool { return p.State == Joined })
		t.colleagues()
	}
	if heir != nil {
		heir.Kind = Customer
	}
}

// colleagues ends the recording of a call in which only agents are left: what they say to each other was not asked for.
func (t *turn) colleagues() {
	if t.Direction != Internal {
		t.AutoRecord = false
		t.stopAnnouncing()
		t.endRecording()
	}
}

// settleSides holds who is alone on a line while the agent speaks on the other.
func (t *turn) settleSides() {
	m := t.moving()
	for side := range 2 {
		var alone *Party
		n := 0
		for i := range t.Parties {
			if p := &t.Parties[i]; p.State == Joined && p.Side == side {
				alone = p
				n++
			}
		}
		switch {
		case n == 1 && alone.Agent != m.By && !alone.Held:
			t.putOnHold(alone, m.By)
		case n > 1:
			t.unholdSide(side, m.By)
		}
	}
}

func (t *turn) unholdSide(side int, by id.Agent) {
	for i := range t.Parties {
		if p := &t.Parties[i]; p.State == Joined && p.Side == side && p.Held && p.HeldBy == by {
			t.unhold(p)
		}
	}
}

// joinSides brings all onto one line, off the hold of the agent who had two.
func (t *turn) joinSides() {
	m := t.Move
	for i := range t.Parties {
		p := &t.Parties[i]
		p.Side = 0
		if p.Held && p.HeldBy == m.By && p.State != Gone {
			t.unhold(p)
		}
	}
}
