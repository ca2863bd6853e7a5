package call

import (
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// LegRefers is the wish of an agent at a desk phone to transfer the other one by the phone's own key (RFC 3515): to what is
// dialled as To, or to who is on With, the phone's other connection (RFC 5589 §7). Into is set where that one is with another call of
// the agent: the younger of the two is told, whichever the phone has asked in. Exactly one ReferDone follows.
type LegRefers struct {
	Leg          id.Leg  `json:"leg"`
	To           string  `json:"to,omitempty"`
	With         id.Leg  `json:"with,omitempty"`
	Into         id.Call `json:"into,omitempty"`          // the older call
	LeaveOutside bool    `json:"leave_outside,omitempty"` // the agent's class of service lets outside parties talk on
}

// ReferDone tells the phone what has come of LegRefers: cause 0, that the other one is on the way and the agent free; else why
// not, and the agent is in the call as before.
type ReferDone struct {
	Leg   id.Leg    `json:"leg"`
	Cause tel.Cause `json:"cause,omitempty"`
	Why   string    `json:"why,omitempty"`
}

func (LegRefers) callSignal() {}
func (ReferDone) callAction() {}

// legRefers is Transfer or Complete, asked for by a phone.
func (t *turn) legRefers(s LegRefers) {
	p := t.byLeg(s.Leg)
	if p == nil {
		p = t.bySecond(s.Leg)
	}
	if p == nil && s.Into != "" {
		p = t.byLeg(s.With)
	}
	if p == nil || p.Agent == "" || t.Stage == Ended {
		t.do(ReferDone{Leg: s.Leg, Cause: tel.CauseNotAllowed, Why: "nobody else is in this call"})
		return
	}
	if err := t.refers(p, s); err != nil {
		t.do(ReferDone{Leg: s.Leg, Cause: tel.CauseRejected, Why: err.Error()})
	}
}

func (t *turn) refers(p *Party, s LegRefers) error {
	if s.Into != "" {
		return t.joinInto(p, s)
	}
	if s.With == "" {
		err := t.transfer(Transfer{Agent: p.Agent, To: dest.Destination{Kind: dest.External, Target: s.To}})
		if err == nil {
			t.changeMove().Refer = s.Leg
		}
		return err
	}
	if s.With == s.Leg || s.With != p.Leg && s.With != p.Second.Leg {
		return refusal("these two calls cannot be joined")
	}
	p, err := t.mayComplete(p.Agent)
	if err == nil {
		t.changeMove().Refer = s.Leg
		t.completeMove(p)
	}
	return err
}

// referDone answers the phone that the move was asked for by, if there is one, before its leg is ended.
func (t *turn) referDone(cause tel.Cause, why string) {
	if m := t.Move; m != nil && m.Refer != "" {
		t.do(ReferDone{Leg: m.Refer, Cause: cause, Why: why})
		t.changeMove().Refer = ""
	}
}
