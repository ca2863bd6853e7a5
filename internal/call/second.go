package call

import (
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// LegDials is a second call that an agent's telephone places while the agent is in this one: line 2, as with Consult. It ends at
// once where nobody can be called now.
type LegDials struct {
	Agent id.Agent `json:"agent"`
	Leg   id.Leg   `json:"leg"` // the call's own from now on
	To    string   `json:"to"`  // as typed
}

func (LegDials) callSignal() {}

// Second is the other connection of an agent whose telephone has two: the first came with the call, this one with line 2. The
// telephone holds one of them itself, and the agent's voice goes through the other.
type Second struct {
	Leg   id.Leg `json:"leg"`
	Now   bool   `json:"now,omitempty"` // the agent speaks through this one
	Up    bool   `json:"up,omitempty"`
	Early bool   `json:"early,omitempty"` // it is not answered, and hears what the far side sends
	Away  bool   `json:"away,omitempty"`  // the telephone has put it on hold
}

// voice is the leg that a party speaks and hears through now.
func (p *Party) voice() id.Leg {
	if p.Second.Now {
		return p.Second.Leg
	}
	return p.Leg
}

// hearing tells whether that leg can hear: it is up, or hears early sound as the one who has placed the call.
func (p *Party) hearing() bool {
	if p.Second.Now {
		return p.Second.Up || p.Second.Early
	}
	return p.Up || p.Early && p.Agent != ""
}

// speaks tells whether that leg is up.
func (p *Party) speaks() bool {
	if p.Second.Now {
		return p.Second.Up
	}
	return p.Up
}

// bySecond is the agent whose telephone has this leg for line 2.
func (c *Call) bySecond(leg id.Leg) *Party {
	return c.find(func(p *Party) bool { return p.Second.Leg == leg && leg != "" })
}

// legDials is Consult through a leg of its own.
func (t *turn) legDials(s LegDials) {
	p := t.party(s.Agent)
	if t.Stage == Ended || p == nil || p.Device != onPhone || p.Second.Leg != "" ||
		t.consult(Consult{Agent: s.Agent, To: dest.Destination{Kind: dest.External, Target: s.To}}) != nil {
		t.do(EndLeg{Leg: s.Leg, Cause: tel.CauseBusy})
		return
	}
	p.Second = Second{Leg: s.Leg}
	t.tell(LegOpened{Leg: s.Leg, Party: p.ID, Device: p.Device})
}

// secondRings lets the telephone hear that line 2 rings, or with sound what is sent there before the answer.
func (t *turn) secondRings(early bool) {
	p := t.party(t.moving().By)
	if p == nil || p.Second.Leg == "" || p.Second.Up || p.Second.Early {
		return
	}
	if p.Second.Early = early; early {
		t.do(EarlyLeg{Leg: p.Second.Leg})
		return
	}
	t.do(RingLeg{Leg: p.Second.Leg})
}

// answerSecond answers the telephone, since line 2 has been.
func (t *turn) answerSecond() {
	if p := t.party(t.moving().By); p != nil && p.Second.Leg != "" && !p.Second.Up {
		t.do(AnswerLeg{Leg: p.Second.Leg})
	}
}

// dropSecond ends the telephone's connection for line 2; the agent's voice goes through the first again.
func (t *turn) dropSecond(p *Party, cause tel.Cause) {
	if p == nil || p.Second.Leg == "" {
		return
	}
	t.tell(LegClosed{Leg: p.Second.Leg, Cause: cause})
	t.endLeg(p.Second.Leg, cause)
	p.Second = Second{}
}

// secondEnded hears that the telephone has given up line 2: the agent is back with the other one.
func (t *turn) secondEnded(p *Party, s LegEnded) {
	p.Second = Second{}
	t.tell(LegClosed(s))
	if m := t.moving(); m != nil && !m.Left && m.By == p.Agent {
		t.quitMove(MoveCanceled)
	}
}

// firstEnded lets an agent go on by line 2 whose telephone has given up line 1; false when there is no line 2 that is up. Who was on
// line 1 stays in the call.
func (t *turn) firstEnded(p *Party, s LegEnded) bool {
	if !p.Second.Up {
		return false
	}
	t.anew(p)
	t.tell(LegClosed(s))
	p.Leg, p.Own, p.Closed, p.Up, p.Away = p.Second.Leg, true, false, true, p.Second.Away
	p.Second = Second{}
	t.offHold(p)
	return true
}

// telephoneHeld hears that a telephone with two connections has put one on hold, or taken it off: that is the one that the agent
// speaks through then, on the other line if there are two.
func (t *turn) telephoneHeld(p *Party, s LegHeld) {
	second := p.Second.Leg == s.Leg
	away := &p.Away
	if second {
		away = &p.Second.Away
	}
	if *away == s.Held {
		return
	}
	*away = s.Held
	t.tell(PeerHeld(s))
	t.offHold(p)
	if s.Held || p.Second.Now == second || second && !p.Second.Up {
		return
	}
	p.Second.Now = second
	if m := t.moving(); m != nil && !m.Left && m.By == p.Agent && m.State != MoveAsking {
		p.Side = 1 - p.Side
		t.settleSides()
	}
}
