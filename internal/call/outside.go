package call

import (
	"parley/internal/dest"
	"parley/internal/tel"
)

// dialOutside calls a number outside that the caller is sent on to, by the first way of those that are left.
func (t *turn) dialOutside(o *Outside) {
	if len(o.Ways) == 0 {
		t.leave(t.At, "no trunk carries calls there")
		return
	}
	if tel.Spent(t.Behind) {
		t.leave(t.At, "it was forwarded too often on its way here")
		return
	}
	way := o.Ways[0]
	t.Outside = &Outside{To: o.To, Ways: o.Ways[1:]}
	leg := t.newLeg()
	t.add(Party{Kind: External, Number: o.To, Leg: leg, Device: onTrunk, Own: true})
	d := way.dial(leg, o.To)
	d.Diverted = t.diverted()
	t.do(d)
	c := t.customer()
	if c.Own && !c.Up {
		t.do(RingLeg{Leg: c.Leg})
	} else {
		t.join(c)
		t.Ringback = true
	}
	t.enter(Ringing)
}

// outside is the number that the caller is sent on to, until somebody answers there.
func (c *Call) outside() *Party {
	return c.find(func(p *Party) bool { return p.Kind == External && p.State == Dialling && p.Follow == 0 })
}

// outsideAnswered joins the caller with the number that was dialled.
func (t *turn) outsideAnswered(p *Party) {
	p.Up = true
	t.Outside = nil
	t.join(p)
	t.answerCaller()
}

// outsideGone tries the next way after one has failed, or asks the plan.
func (t *turn) outsideGone(p *Party, s LegEnded) {
	t.part(p, s.Cause)
	o := t.Outside
	t.Outside, t.Ringback = nil, false
	if o != nil && len(o.Ways) > 0 && fails(s) {
		t.dialOutside(o)
		return
	}
	t.SentOn = sentOnBy(dispositionOf(s.Cause, s.Code), "")
	t.leave(t.At, reasonOf(s.Cause, s.Reason))
}

// fails tells whether another trunk may reach what this one did not: a telephone that is engaged or that nobody takes is
// so by every way.
func fails(s LegEnded) bool {
	how := dispositionOf(s.Cause, s.Code)
	return how != Busy && how != NoAnswer
}

// quitRinging ends the call of whoever was rung on behalf of the caller.
func (t *turn) quitRinging() {
	if p := t.outside(); p != nil {
		t.part(p, tel.CauseNormal)
	}
	t.Outside, t.Ringback, t.Target = nil, false, ""
}

// unreached sends a caller on whose agent was not reached (AG-4, AG-8).
func (t *turn) unreached(e ending, offline bool) {
	at := dest.Destination{Kind: dest.Agent, Target: string(t.Target)}
	if t.Direction == Outbound || t.Type == TypeIntercom {
		t.finish(e)
		return
	}
	if offline && t.Forward.Kind != "" {
		to := t.Forward
		t.Forward, t.SentOn = dest.Destination{}, tel.DiversionUnavailable
		t.find(FindNext{To: to, Forwarder: t.Target})
		return
	}
	t.Unreached, t.SentOn = &e, sentOnBy(e.Disposition, e.Reason)
	t.leave(at, e.Reason)
}
