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
	if p.State == Beside {
		return nil, refusal("you supervise this call: barge in to talk, its agents do the rest")
	}
	if t.Frozen() {
		return nil, mergesNow
	}
	if t.Stage != Active || p.State != Joined {
		return nil, refusal("nobody has answered yet")
	}
	if p.Aside {
		return nil, p.whereTo()
	}
	if t.Page != nil {
		return nil, onlyHeard
	}
	if t.Park != nil {
		return nil, refusal("somebody is parked in slot " + t.Park.Slot)
	}
	return p, nil
}

// hold holds the only other one; of several the agent goes on hold, and they talk on.
func (t *turn) hold(s Hold) error {
	p, err := t.talking(s.Agent)
	switch {
	case err != nil:
		return err
	case p.Held && p.HeldBy != s.Agent:
		return refusal("the other side has put you on hold")
	case t.consulting():
		return refusal("complete, swap or cancel first")
	case t.heldBy(s.Agent) > 0 || t.others(p) == 1 && t.other(p).Held:
		return refusal("the other side is already on hold")
	case t.others(p) == 0:
		return refusal("there is nobody to hold")
	case t.others(p) > 1:
		t.putOnHold(p, s.Agent)
	default:
		t.putOnHold(t.other(p), s.Agent)
	}
	return nil
}

// resume ends what Hold began.
func (t *turn) resume(s Resume) error {
	p, err := t.talking(s.Agent)
	switch {
	case err != nil:
		return err
	case t.consulting():
		return refusal("complete, swap or cancel first")
	case t.heldBy(s.Agent) > 0:
		t.unholdBy(s.Agent)
	case p.Held:
		return refusal("the other side has put you on hold")
	default:
		return refusal("nobody is on hold")
	}
	return nil
}

func (t *turn) putOnHold(p *Party, by id.Agent) {
	t.announcementOver(true)
	p.Held, p.HeldBy, p.HeldAt = true, by, t.now
	t.tell(HoldBegan{Agent: by, Party: p.ID})
}

func (t *turn) unhold(p *Party) {
	t.tell(HoldOver{Agent: p.HeldBy, Party: p.ID, Held: t.now.Sub(p.HeldAt)})
	p.Held, p.HeldBy, p.HeldAt = false, "", noTime
}

// unholdBy takes all off hold whom an agent has put there.
func (t *turn) unholdBy(agent id.Agent) {
	for i := range t.Parties {
		if p := &t.Parties[i]; p.Held && p.HeldBy == agent && p.State != Gone {
			t.unhold(p)
		}
	}
}

// endHoldsOf ends the hold that a party leaving the call is in, and those in which it has put others.
func (t *turn) endHoldsOf(p *Party) {
	if p.Held {
		t.unhold(p)
	}
	if p.Agent != "" {
		t.unholdBy(p.Agent)
	}
}

// mute sets whether the others hear the agent.
func (t *turn) mute(s Mute) error {
	if p := t.beside(); p != nil && p.Agent == s.Agent {
		p.Muted = s.On
		return nil
	}
	p := t.placer()
	if t.Page == nil || t.Stage != Active || p == nil || p.Agent != s.Agent {
		var err error
		if p, err = t.talking(s.Agent); err != nil {
			return err
		}
	}
	if p.Muted != s.On {
		p.Muted = s.On
		t.tell(MuteSet{Agent: s.Agent, On: s.On})
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
	case p.State == Beside:
		t.overWatch("")
	case t.leavesPark(p, ending{Cause: tel.CauseNormal}):
	case t.Whispering == s.Agent && !t.attempting(): // the caller has not heard of it, and waits on
		t.part(p, tel.CauseNormal)
		t.wait(true)
	case p.Listens:
		t.pageLeft(p, tel.CauseNormal)
	case t.AnsweredAt.IsZero():
		t.finish(ending{Disposition: NoAnswer, Cause: tel.CauseNormal, Reason: "the agent hung up before an answer"})
	case t.Page == nil && t.goesOn(p):
		if !t.agentStays(p) {
			if !s.LeaveOutside {
				return ErrOutsideForbidden
			}
			if !s.Sure {
				return ErrOutsideAlone
			}
		}
		t.leaveTalk(p, tel.CauseNormal)
	case t.leavesMove(p):
		t.leaveMove(p)
	case t.survey(p):
	default:
		t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal})
	}
	return nil
}
