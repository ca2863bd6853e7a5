package call

import (
	"slices"

	"parley/internal/tel"
)

// legRinging hears that the far side of a placed call rings.
func (t *turn) legRinging(s LegRinging) {
	switch p := t.byLeg(s.Leg); {
	case p == nil || !t.dialled(p):
	case t.comes(p):
		t.moveRings()
	default:
		t.farRings()
	}
}

// dialled tells whether a party is one that the call dials and that has not answered.
func (t *turn) dialled(p *Party) bool {
	return p.State == Dialling && (t.Direction == Outbound && p.Kind == Customer || p.Kind == External)
}

// farRings lets whoever placed the call hear that it rings.
func (t *turn) farRings() {
	placer := t.placer()
	if placer == nil || t.Ringback {
		return
	}
	t.Ringback = true
	if placer.Own && !placer.Up && !placer.Early {
		t.do(RingLeg{Leg: placer.Leg})
	}
	t.enter(Ringing)
}

// legEarly lets whoever placed the call hear what the far side sends before it answers.
func (t *turn) legEarly(s LegEarly) {
	p := t.byLeg(s.Leg)
	if p == nil || p.Early || p.Follow > 0 || !t.dialled(p) {
		return
	}
	p.Early = true
	if t.comes(p) {
		t.moveRings()
		t.secondRings(true)
		return
	}
	if placer := t.placer(); placer != nil && placer.Own && !placer.Up {
		placer.Early = true
		t.do(EarlyLeg{Leg: placer.Leg})
	}
	t.enter(Ringing)
}

// legAnswered hears that a leg is up.
func (t *turn) legAnswered(s LegAnswered) {
	if p := t.bySecond(s.Leg); p != nil {
		p.Second.Up, p.Second.Early = true, false
		return
	}
	p := t.byLeg(s.Leg)
	if p == nil || p.Up || !p.Own {
		return
	}
	switch {
	case t.Page != nil:
		p.Up = true
		t.pageUp(p)
		return
	case p.Kind == Customer && t.Route != nil:
		p.Up = true
		t.arrive()
	case t.comes(p):
		t.moveJoined(p)
		return
	case t.taker(p):
		t.retrieved(p)
		return
	case p.Follow > 0:
		t.followUp(p)
	case p.Kind == External:
		t.outsideAnswered(p)
	case t.Direction == Outbound && p.Kind == Customer:
		p.Up = true
		t.detect(p)
		t.join(p)
		if t.customerReached() {
			return
		}
		t.answerPlacer()
	case t.other(p) != nil: // the caller's own leg, answered because the far side was there
		p.Up = true
		t.join(p)
	}
	t.activate()
}

// answerPlacer joins the agent who placed the call; a desk phone is answered first.
func (t *turn) answerPlacer() {
	placer := t.placer()
	if placer != nil && placer.Own && !placer.Up {
		t.do(AnswerLeg{Leg: placer.Leg})
		return
	}
	t.join(placer)
}

func (t *turn) legHeld(s LegHeld) {
	p := t.byLeg(s.Leg)
	if p == nil {
		p = t.bySecond(s.Leg)
	}
	switch {
	case p == nil:
		return
	case p.Second.Leg != "":
		t.telephoneHeld(p, s)
		return
	case p.Away == s.Held:
		return
	}
	p.Away = s.Held
	t.tell(PeerHeld(s))
	t.offHold(p)
}

func (t *turn) legDigit(s LegDigit) {
	p := t.byLeg(s.Leg)
	switch {
	case p == nil:
	case p.Follow > 0:
		t.followKeyed(p, s.Digit)
	case p.State == Joined:
		t.tell(DigitHeard{Leg: s.Leg})
		if !t.decided(p, s.Digit) {
			t.keyed(p, s.Digit)
		}
	}
}

func (t *turn) legSilent(s LegSilent) {
	if p := t.byLeg(s.Leg); p != nil && p.State == Joined {
		t.setSilent(p, s.Silent)
	}
}

// legTalks notes who talks, for the screens alone.
func (t *turn) legTalks(s LegTalks) {
	if p := t.byLeg(s.Leg); p != nil && p.State == Joined {
		p.Talks = s.On
	}
}

// setSilent notes whether sound comes from a party; of an agent in the browser the others are spared the silence (BX-51).
func (t *turn) setSilent(p *Party, silent bool) {
	if p.Silent == silent {
		return
	}
	p.Silent = silent
	switch {
	case p.Device != onBrowser:
	case silent:
		t.tell(VoiceLost{Agent: p.Agent})
	default:
		t.tell(VoiceBack{Agent: p.Agent})
	}
}

// legEnded hears the last word about a leg.
func (t *turn) legEnded(s LegEnded) {
	if i := slices.Index(t.Closing, s.Leg); i >= 0 {
		t.Closing = slices.Delete(t.Closing, i, i+1)
		if len(t.Closing) == 0 {
			t.do(StopTimer{Timer: legTimer})
		}
		return
	}
	if p := t.bySecond(s.Leg); p != nil {
		t.secondEnded(p, s)
		return
	}
	p := t.byLeg(s.Leg)
	if p == nil || t.firstEnded(p, s) {
		return
	}
	if p.Device == onBrowser { // the page may come back; its station knows (BX-51)
		if p.State == Joined {
			t.setSilent(p, true)
		}
		return
	}
	p.Closed = true
	t.tell(LegClosed(s))
	t.partyGone(p, s)
}

// partyGone ends the call of a party whose leg is gone.
func (t *turn) partyGone(p *Party, s LegEnded) {
	if t.oneLess(p, s) {
		return
	}
	switch {
	case !t.AnsweredAt.IsZero() && p.Kind == Agent && t.survey(p):
	case !t.AnsweredAt.IsZero():
		t.finish(t.ended(ending{Cause: s.Cause, Code: s.Code, Reason: abnormal(s)}))
	case t.Direction == Outbound && p.Kind == Customer && t.failsOver(p, s):
		t.reroute(p, s)
	case t.Direction == Outbound && p.Kind == Customer && !t.cameFirst(p):
		t.finish(ending{
			Disposition: dispositionOf(s.Cause, s.Code), Cause: s.Cause, Code: s.Code, Reason: reasonOf(s.Cause, s.Reason),
		})
	case p.Agent != "" && p == t.placer():
		t.finish(ending{Disposition: NoAnswer, Cause: tel.CauseNormal, Reason: "the agent hung up before an answer"})
	case p.Agent != "":
		t.finish(ending{Disposition: Failed, Cause: s.Cause, Code: s.Code, Reason: reasonOf(s.Cause, s.Reason)})
	case !p.Up && !s.ByPeer: // we could not answer it
		t.finish(ending{Disposition: Failed, Cause: s.Cause, Code: s.Code, Reason: reasonOf(s.Cause, s.Reason)})
	default:
		t.finish(ending{Disposition: Abandoned, Cause: s.Cause, Code: s.Code, Reason: t.abandoned()})
	}
}

// oneLess takes a party out whose leg is gone and without whom the call goes on; false when it does not.
func (t *turn) oneLess(p *Party, s LegEnded) bool {
	switch {
	case p.State == Beside:
		t.overWatch("")
	case p.Casts():
		t.castOver(p, s)
	case p.Listens:
		t.pageLeft(p, s.Cause)
	case t.Page != nil:
		return false
	case t.leavesPark(p, ending{Cause: s.Cause, Code: s.Code, Reason: abnormal(s)}):
	case t.comes(p):
		t.moveDialledOver(p, s)
	case p.Follow > 0:
		t.followGone(p, s)
	case p.Kind == External && p.State == Dialling:
		t.outsideGone(p, s)
	case t.goesOn(p):
		t.leaveTalk(p, s.Cause)
	case t.leavesMove(p):
		t.leaveMove(p)
	default:
		return false
	}
	return true
}

// abandoned says where the caller gave up (CH-3).
func (t *turn) abandoned() string {
	switch {
	case t.Treatment.Menu != nil:
		return "in menu"
	case t.Message != nil:
		return "the caller left no message"
	}
	return "the caller hung up before an answer"
}

// abnormal says why a conversation broke off; a normal end needs no words.
func abnormal(s LegEnded) string {
	switch s.Cause {
	case 0, tel.CauseNormal, tel.CauseNormalUnspecified:
		return ""
	default:
		return reasonOf(s.Cause, s.Reason)
	}
}
