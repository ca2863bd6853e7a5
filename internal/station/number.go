package station

import (
	"strconv"

	"parley/internal/id"
	"parley/internal/tel"
)

// Taking is a call that the agent places in a session by call_me: the agent's phone is called first.
type Taking struct {
	Call  id.Call `json:"call"`
	Leg   id.Leg  `json:"leg"`
	Asked bool    `json:"asked,omitempty"`
}

// acceptKey takes a call on a number, which a voicemail does not press (AG-5).
const acceptKey tel.Digit = "1"

// dial calls a phone of the house or a number, for a call or for the voice path.
func (t *turn) dial(number tel.Number, phone id.Device, asked id.Call) id.Leg {
	t.Next++
	leg := id.Leg(string(t.Agent) + ".s" + strconv.Itoa(t.Next))
	if phone != "" {
		t.do(DialPhone{Leg: leg, Phone: phone, Call: asked, Auto: t.Ring != nil && t.Ring.Auto && t.Ring.Call == asked})
	} else {
		t.do(DialNumber{Leg: leg, Number: number, Call: asked})
	}
	return leg
}

// asks tells whether a device must press 1: it is a number, behind which a voicemail may be.
func (s *Station) asks(d Device) bool { return d == Number || d == CallMe && s.Voice.Number != "" }

// keyPressed takes key 1 as the acceptance; another one gives the call up.
func (t *turn) keyPressed(s KeyPressed) {
	accepted := s.Key == acceptKey
	if t.Taking != nil && t.Taking.Leg == s.Leg && t.Taking.Asked {
		if accepted {
			t.taken()
		} else {
			t.takingOver("the call was given up on your phone")
		}
		return
	}
	a := t.ringingLeg(s.Leg)
	switch {
	case a == nil || !a.Asked:
	case accepted:
		a.Over = true // it is not to be silenced with the others
		t.answered(Line{Leg: a.Leg, Device: a.Device, Dialled: true})
	default:
		t.do(EndLeg{Leg: a.Leg, Cause: tel.CauseNormal})
		t.attemptOver(a.Device, Ignored)
	}
}

// ask plays to whoever answered a number what is to be pressed.
func (t *turn) ask(leg id.Leg) { t.do(Play{Leg: leg, Cue: Accept}) }

func (t *turn) askedLeg(leg id.Leg) bool {
	if t.Taking != nil && t.Taking.Leg == leg {
		return t.Taking.Asked
	}
	a := t.ringingLeg(leg)
	return a != nil && a.Asked
}

// askAgain repeats the question to those who have not pressed anything.
func (t *turn) askAgain() {
	if t.Taking != nil && t.Taking.Asked {
		t.ask(t.Taking.Leg)
	}
	if t.Ring == nil {
		return
	}
	for _, a := range t.Ring.Devices {
		if a.Asked && !a.Over {
			t.ask(a.Leg)
		}
	}
}

// callFirst calls the agent's phone before the call that the agent places is made.
func (t *turn) callFirst(s Take) {
	t.Taking = &Taking{Call: s.Call, Leg: t.dial(t.Voice.Number, t.Voice.Phone, s.Call)}
	t.after(takeTime, takeTimer)
}

// takingUp hears that the agent's phone was answered.
func (t *turn) takingUp() {
	switch {
	case t.Taking.Asked:
	case t.asks(CallMe):
		t.Taking.Asked = true
		t.ask(t.Taking.Leg)
	default:
		t.taken()
	}
}

func (t *turn) taken() {
	k := *t.Taking
	t.Taking = nil
	t.stopTimer(takeTimer)
	if k.Asked {
		t.do(Play{Leg: k.Leg, Cue: Quiet})
	}
	t.Line = &Line{Call: k.Call, Leg: k.Leg, Device: CallMe, Dialled: true}
	t.do(TellTaken{Call: k.Call, Leg: k.Leg, Device: CallMe})
}

// takingOver ends the wait for the agent's phone without a line.
func (t *turn) takingOver(why string) {
	k := *t.Taking
	t.Taking = nil
	t.stopTimer(takeTimer)
	if k.Leg != "" {
		t.do(EndLeg{Leg: k.Leg, Cause: tel.CauseNoAnswer})
	}
	t.do(TellNotTaken{Call: k.Call, Why: why})
}

// numberOver hears that the leg to a phone or a number ended while it rang.
func (t *turn) numberOver(a *Attempt, cause tel.Cause) {
	result := refusedOr(cause)
	if cause == tel.CauseBusy && t.Ring.Waits { // the phone takes no second call
		result = Failed
	}
	if a.Asked { // it was answered, and 1 was not pressed
		result = NotAcknowledged
	}
	if !broken(cause) {
		t.countAsSeen(a)
	}
	t.attemptOver(a.Device, result)
}

// countAsSeen takes a number for one that rang: it cannot acknowledge (CF-3).
func (t *turn) countAsSeen(a *Attempt) {
	if !a.Over && !a.Seen && t.asks(a.Device) {
		t.acknowledge(a)
	}
}

// broken tells whether a call failed on the way and reached nobody, so that nobody missed it.
func broken(cause tel.Cause) bool {
	wrong := cause == tel.CauseUnallocated || cause == tel.CauseNoRoute || cause == tel.CauseInvalidNumber
	return wrong || cause >= tel.CauseNoCircuit
}
