package station

import "parley/internal/tel"

// takeLine gives the line to a call that the agent places, or says why not.
func (t *turn) takeLine(s Take) {
	if t.Line != nil && t.Line.Call == s.Call || t.Other != nil && t.Other.Call == s.Call || t.Taking != nil && t.Taking.Call == s.Call {
		return // a twin
	}
	line := Line{Call: s.Call, Leg: s.Leg, Device: DeskPhone}
	if s.Leg == "" {
		line.Leg, line.Device = t.Browser.Leg, t.Voice.device()
		if t.Voice.telephone() {
			line.Leg = t.Path.Leg
		}
	}
	if s.Urgent && t.Ring != nil {
		t.endRing(Ignored, tel.CauseBusy)
	}
	if why := t.whyNoLine(line); why != "" {
		t.do(TellNotTaken{Call: s.Call, Why: why})
		return
	}
	if line.Device == CallMe && !t.Voice.Persistent {
		t.callFirst(s)
		return
	}
	t.Line = &line
	t.quiet(line)
	t.do(TellTaken{Call: s.Call, Leg: line.Leg, Device: line.Device})
}

func (t *turn) whyNoLine(line Line) string {
	switch {
	case t.Line != nil || t.Taking != nil:
		return "you are in another call"
	case t.Ring != nil:
		return "another call is ringing for you"
	case line.Device == DeskPhone:
		return ""
	case t.Voice.telephone() && t.Voice.Persistent && !t.Path.Up:
		return ErrNoPath.Error()
	case t.Voice.telephone():
		return ""
	case t.Browser.Tab == "":
		return "work is not started in this browser: press Start"
	case !t.Browser.Connected:
		return ErrNoVoice.Error()
	}
	return ""
}

// leave ends the agent's part in a call: its ring stops, its line is free.
func (t *turn) leave(s Leave) {
	if t.Ring != nil && t.Ring.Call == s.Call {
		t.endRing(Canceled, s.Cause)
	}
	if t.Taking != nil && t.Taking.Call == s.Call {
		t.takingOver("the call is over")
	}
	l := t.lineOf(s.Call)
	if l == nil {
		return
	}
	t.endDialled(l, s.Cause)
	if t.leaveOne(s.Call) {
		return
	}
	t.freeLine()
	if !t.ringsAnew() {
		t.waitOn()
	}
}

// waitOn lets the path by telephone wait for the next call.
func (t *turn) waitOn() {
	if t.Path.Up {
		t.do(Play{Leg: t.Path.Leg, Cue: Waiting})
	}
}

// quiet takes back what a leg hears from the station, before it goes to a call.
func (t *turn) quiet(line Line) {
	if t.persistent() && line.Device == t.Voice.device() || t.asks(line.Device) {
		t.do(Play{Leg: line.Leg, Cue: Quiet})
	}
}

// freeLine ends the line. A page that was waited for only because of the call is given up now.
func (t *turn) freeLine() {
	here := t.talksHere()
	t.Line = nil
	t.stopTimer(returnTimer)
	if here && t.Browser.Tab != "" && !t.Browser.Socket && t.now.Sub(t.Browser.Seen) >= aliveTime {
		t.stopBrowser(true)
	}
}

// moveLine lets the call sound through the browser's new leg (BX-51).
func (t *turn) moveLine() {
	if t.talksHere() && t.Line.Leg != t.Browser.Leg {
		t.Line.Leg = t.Browser.Leg
		t.do(TellMoved{Call: t.Line.Call, Leg: t.Line.Leg})
		if t.Other != nil {
			t.Other.Leg = t.Line.Leg
			t.do(TellMoved{Call: t.Other.Call, Leg: t.Line.Leg})
		}
	}
}

// watchLine waits for a browser that is away in a call, and forgets the waiting when it is back.
func (t *turn) watchLine() {
	if !t.talksHere() {
		return
	}
	lost := !t.Browser.Socket || !t.Browser.Connected
	switch {
	case lost && !t.Line.Lost:
		t.after(returnTime, returnTimer)
	case !lost && t.Line.Lost:
		t.stopTimer(returnTimer)
	}
	t.Line.Lost = lost
}

// notReturned gives up a voice that did not come back. While sound still flows only the page is away: the conversation
// is not broken for that.
func (t *turn) notReturned() {
	if !t.talksHere() || !t.Line.Lost {
		return
	}
	if t.Browser.Connected && t.Line.Leg == t.Browser.Leg {
		t.after(returnTime, returnTimer)
		return
	}
	t.do(TellLost{Call: t.Line.Call})
	t.loseOther()
	t.Line = nil
	t.stopBrowser(true)
}

// watchHealth tells the ACD when something can ring, nothing can, or what there is does not respond.
func (t *turn) watchHealth() {
	there := t.works()
	rings := len(t.reachable()) > 0
	switch {
	case t.Health == "" && rings:
		t.Health = Up
		t.do(DeviceUp{})
	case t.Health != "" && !there:
		t.Health = ""
		t.do(DeviceDown{Lost: t.lost})
	case t.Health == Up && !rings:
		t.Health = Asleep
		t.do(DeviceAsleep{})
	case t.Health == Asleep && rings:
		t.Health = Up
		t.do(DeviceAwake{})
	}
}

// Wreck ends what a station holds whose machine broke, by walking over it and no more. A fresh station follows.
func (s *Station) Wreck() []Action {
	var all []Action
	if r := s.Ring; r != nil {
		for _, a := range r.Devices {
			if a.Leg != "" && !a.Over {
				all = append(all, EndLeg{Leg: a.Leg, Cause: tel.CauseTemporaryFailure})
			}
		}
		all = append(all, TellRingEnded{Call: r.Call, Offer: r.Offer, Result: Failed})
	}
	for _, l := range s.lines() {
		if l.Dialled && (l != s.Other || l.Leg != s.Line.Leg) {
			all = append(all, EndLeg{Leg: l.Leg, Cause: tel.CauseTemporaryFailure})
		}
		all = append(all, TellLost{Call: l.Call})
	}
	if k := s.Taking; k != nil {
		all = append(all, EndLeg{Leg: k.Leg, Cause: tel.CauseTemporaryFailure}, TellNotTaken{Call: k.Call, Why: "the system failed: try again"})
	}
	if s.Path.Leg != "" {
		all = append(all, EndLeg{Leg: s.Path.Leg, Cause: tel.CauseTemporaryFailure})
	}
	if s.Browser.Leg != "" {
		all = append(all, EndLeg{Leg: s.Browser.Leg, Cause: tel.CauseTemporaryFailure})
	}
	if s.Browser.Tab != "" {
		all = append(all, TakenOver{Tab: s.Browser.Tab}) // its page offers to start again
	}
	if s.Health != "" {
		all = append(all, DeviceDown{Lost: true})
	}
	s.Ring, s.Line, s.Other, s.Browser, s.Phone.Working, s.Health = nil, nil, nil, Page{}, false, ""
	s.Taking, s.Voice, s.Path = nil, Voice{}, Path{}
	return all
}
