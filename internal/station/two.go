package station

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// Of two calls at once, one on each line (SP-25).
type (
	// Switch is the agent's click: to speak in that one of two calls.
	Switch struct {
		Call id.Call `json:"call"`
	}
	// UseLines says whether a call needs both lines: then no other one can wait.
	UseLines struct {
		Call id.Call `json:"call"`
		Both bool    `json:"both"`
	}
	// Merged says that a call the agent is in has become part of another one, Into.
	Merged struct {
		Call id.Call `json:"call"`
		Into id.Call `json:"into"`
	}
	// Speaks says that the agent's telephone has taken a call off hold by its own keys: the agent speaks in that one now.
	Speaks struct {
		Call id.Call `json:"call"`
	}
	// TellAside: the agent goes over to the call For. That one is told by the call which is left, once the voice is free.
	TellAside struct {
		Call id.Call `json:"call"`
		For  id.Call `json:"for"`
		Turn int     `json:"turn"`
	}
	// TellHere: the other call has ended, and the agent is in this one alone.
	TellHere struct {
		Call id.Call `json:"call"`
		Turn int     `json:"turn"`
	}
)

func (Switch) stationSignal()    {}
func (UseLines) stationSignal()  {}
func (Merged) stationSignal()    {}
func (Speaks) stationSignal()    {}
func (TellAside) stationAction() {}
func (TellHere) stationAction()  {}

// mayWait tells whether a call may ring in the agent's ear beside the one that is on: where the agent talks, in the browser, on a desk
// phone, which is called a second time and plays the tone itself, or by the session's telephone, for which the page answers.
func (t *turn) mayWait(s Ring) bool {
	if !s.Direct || s.Auto || t.Line == nil || !t.secondFree(t.Line.Device) {
		return false
	}
	switch t.Line.Device {
	case Browser:
		return t.Browser.rings()
	case DeskPhone:
		return t.Phone.ID != "" && t.Phone.Registered
	case Number, CallMe, CallIn:
	}
	return t.talksByVoice()
}

// secondFree tells whether the agent, who is in a call on a device, has a line left there.
func (s *Station) secondFree(on Device) bool {
	return s.Other == nil && s.Line.Device == on && !s.Line.Both && !s.Line.Lost
}

// beeps tells whether the ring, or the next one, is a beep that needs no answer.
func (t *turn) beeps() bool { return t.persistent() && (t.Ring == nil || !t.Ring.Waits) }

// announces tells whether the browser that rings beeps instead, and needs no answer.
func (t *turn) announces() bool { return t.beeps() || t.Ring != nil && t.Ring.Auto }

// answerBeside takes the waiting call; the one that was on waits then.
func (t *turn) answerBeside(line Line, ended TellRingEnded) {
	t.Other = &line
	ended.Turn = t.Turn + 1
	t.do(ended)
	t.goOver()
}

// goOver exchanges the two calls.
func (t *turn) goOver() {
	t.Turn++
	t.Line, t.Other = t.Other, t.Line
	t.Line.Lost, t.Other.Lost = t.Other.Lost, false
	t.do(TellAside{Call: t.Other.Call, For: t.Line.Call, Turn: t.Turn})
}

// switchCalls has the agent speak in the other call.
func (t *turn) switchCalls(s Switch) error {
	switch {
	case t.Other == nil || t.Line.Call != s.Call && t.Other.Call != s.Call:
		return ErrOneCall
	case t.Line.Call == s.Call:
		return nil
	case t.Line.Device == DeskPhone:
		return ErrPhoneLines
	}
	t.goOver()
	return nil
}

// speaks follows the keys of a desk phone, which has both calls and lets the agent speak in one.
func (t *turn) speaks(s Speaks) {
	if t.Other != nil && t.Other.Call == s.Call && t.Line.Device == DeskPhone {
		t.goOver()
	}
}

// lineOf is the line on which a call is; nil when it is on none.
func (t *turn) lineOf(which id.Call) *Line {
	return t.findLine(func(l *Line) bool { return l.Call == which })
}

// telephoneLine is the line that comes through this leg to a telephone; nil when none does.
func (t *turn) telephoneLine(leg id.Leg) *Line {
	return t.findLine(func(l *Line) bool { return l.Leg == leg && l.Device != Browser })
}

func (t *turn) findLine(is func(*Line) bool) *Line {
	for _, l := range t.lines() {
		if is(l) {
			return l
		}
	}
	return nil
}

// lines are those that are in use.
func (s *Station) lines() []*Line {
	switch {
	case s.Line == nil:
		return nil
	case s.Other == nil:
		return []*Line{s.Line}
	}
	return []*Line{s.Line, s.Other}
}

// leaveOne ends one of two calls: the agent is back in the other one. False when there are not two, or this is neither.
func (t *turn) leaveOne(which id.Call) bool {
	switch {
	case t.Other == nil || t.Line.Call != which && t.Other.Call != which:
		return false
	case t.Line.Call == which:
		t.Other.Lost = t.Line.Lost
		t.Line = t.Other
	}
	t.Other = nil
	t.Turn++
	t.do(TellHere{Call: t.Line.Call, Turn: t.Turn})
	return true
}

// endDialled ends the leg that the station dialled for a line that is given up; one that the other line needs stays.
func (t *turn) endDialled(l *Line, cause tel.Cause) {
	shared := t.Other != nil && t.Line.Leg == t.Other.Leg
	if l.Dialled && !shared {
		t.do(EndLeg{Leg: l.Leg, Cause: cause})
	}
}

// loseOther ends the agent's part in the call that waits, with the one that is on.
func (t *turn) loseOther() {
	if t.Other != nil {
		t.do(TellLost{Call: t.Other.Call})
		t.Other = nil
	}
}

func (t *turn) useLines(s UseLines) {
	if l := t.lineOf(s.Call); l != nil {
		l.Both = s.Both
	}
}

// merged has the line that a call is on belong to the call which has taken it in.
func (t *turn) merged(s Merged) {
	if l := t.lineOf(s.Call); l != nil {
		l.Call = s.Into
		if l == t.Line && t.talksByVoice() {
			t.do(TellKnock{Call: s.Into, On: t.knocking()})
		}
	}
}
