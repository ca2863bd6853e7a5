package call

import (
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

var noTime time.Time

// talking is an agent's place in a conversation, or the refusal to somebody who is in none.
func (t *turn) talking(agent id.Agent) (*Party, error) {
	p := t.party(agent)
	if p == nil {
		return nil, refusal("you are not in this call")
	}
	if t.Stage != Active || p.State != Joined {
		return nil, refusal("nobody has answered yet")
	}
	return p, nil
}

func (c *Call) held() *Party { return c.find(func(p *Party) bool { return p.Held }) }

func (t *turn) hold(s Hold) error {
	p, err := t.talking(s.Agent)
	if err != nil {
		return err
	}
	if held := t.held(); held != nil {
		if held.ID == p.ID {
			return refusal("the other side has put you on hold")
		}
		return refusal("the other side is already on hold")
	}
	other := t.other(p)
	if other == nil {
		return refusal("there is nobody to hold")
	}
	other.Held, other.HeldBy, other.HeldAt = true, s.Agent, t.now
	t.tell(HoldBegan{Agent: s.Agent})
	return nil
}

func (t *turn) resume(s Resume) error {
	p, err := t.talking(s.Agent)
	if err != nil {
		return err
	}
	held := t.held()
	switch {
	case held == nil:
		return refusal("nobody is on hold")
	case held.ID == p.ID:
		return refusal("the other side has put you on hold")
	}
	t.unhold(held)
	return nil
}

func (t *turn) unhold(p *Party) {
	t.tell(HoldOver{Agent: p.HeldBy, Held: t.now.Sub(p.HeldAt)})
	p.Held, p.HeldBy, p.HeldAt = false, "", noTime
}

// endHoldsOf ends the hold that a party leaving the call is in, or has put another one in.
func (t *turn) endHoldsOf(p *Party) {
	if held := t.held(); held != nil && (held.ID == p.ID || held.HeldBy == p.Agent) {
		t.unhold(held)
	}
}

// mute sets whether the others hear the agent.
func (t *turn) mute(s Mute) error {
	p, err := t.talking(s.Agent)
	if err != nil {
		return err
	}
	if p.Muted != s.On {
		p.Muted = s.On
		t.tell(MuteSet(s))
	}
	return nil
}

// hangUp ends the agent's part; a conversation needs two.
func (t *turn) hangUp(s HangUp) error {
	p := t.party(s.Agent)
	switch {
	case p == nil && t.RingAt(s.Agent) != nil:
		return refusal("the call is ringing: answer or reject it")
	case p == nil:
		return refusal("you are not in this call")
	case t.Whispering == s.Agent: // the caller has not heard of it, and waits on
		t.part(p, tel.CauseNormal)
		t.wait(true)
	case t.AnsweredAt.IsZero():
		t.finish(ending{Disposition: NoAnswer, Cause: tel.CauseNormal, Reason: "the agent hung up before an answer"})
	case t.survey(p):
	default:
		t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal})
	}
	return nil
}
