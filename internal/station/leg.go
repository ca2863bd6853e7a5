package station

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// legUp hears that the browser's voice connection is up, or that a phone or number answered.
func (t *turn) legUp(s LegUp) {
	if s.Leg == "" {
		return
	}
	switch {
	case s.Leg == t.Browser.Leg:
		t.setVoice(true)
		t.moveLine()
		t.beepAgain()
	case s.Leg == t.Path.Leg:
		t.pathUp()
	case t.Taking != nil && s.Leg == t.Taking.Leg:
		t.takingUp()
	case t.ringingLeg(s.Leg) != nil:
		t.phoneUp(t.ringingLeg(s.Leg))
	}
}

// phoneUp hears that what rings for a call was answered; a number is asked for key 1 first (AG-5).
func (t *turn) phoneUp(a *Attempt) {
	if !a.Seen {
		t.acknowledge(a)
	}
	switch {
	case t.Line != nil && !t.secondFree(a.Device): // both lines have come into use since it rings
		t.endRing(Failed, tel.CauseBusy)
	case !t.asks(a.Device):
		a.Over = true // it is not to be silenced with the others
		t.answered(Line{Leg: a.Leg, Device: a.Device, Dialled: true})
	case !a.Asked:
		a.Asked = true
		t.ask(a.Leg)
	}
}

func (t *turn) ringingLeg(leg id.Leg) *Attempt {
	return t.find(func(a *Attempt) bool { return a.Leg == leg && leg != "" })
}

// legRinging takes a 180 as the acknowledgement (CF-3).
func (t *turn) legRinging(s LegRinging) {
	if a := t.ringingLeg(s.Leg); a != nil && !a.Seen {
		t.acknowledge(a)
	}
}

func (t *turn) legDown(s LegDown) {
	if s.Leg != "" && s.Leg == t.Browser.Leg {
		t.setVoice(false)
	}
}

// renew has the page repair its connection. One that is not there repairs it when it comes back.
func (t *turn) renew(s Renew) {
	if s.Leg != "" && s.Leg == t.Browser.Leg && t.Browser.Socket {
		t.do(RenewVoice{Tab: t.Browser.Tab, Leg: s.Leg})
	}
}

func (t *turn) setVoice(up bool) {
	if t.Browser.Connected != up {
		t.Browser.Connected = up
		t.tell(VoicePath{Up: up})
	}
}

// legEnded hears the last word about a leg. The browser must Start again before it can ring.
func (t *turn) legEnded(s LegEnded) {
	switch a := t.ringingLeg(s.Leg); {
	case s.Leg == "":
	case a != nil:
		t.numberOver(a, s.Cause)
	case s.Leg == t.Path.Leg:
		t.pathLost(s)
	case t.Taking != nil && s.Leg == t.Taking.Leg:
		t.Taking.Leg = "" // ended by itself
		t.takingOver("your phone was not answered")
	case s.Leg == t.Browser.Leg:
		t.setVoice(false)
		t.Browser.Leg = ""
	case t.telephoneLine(s.Leg) != nil:
		t.hungUp(t.telephoneLine(s.Leg).Call, s)
	}
}

// hungUp ends the agent's part in a call whose leg to a telephone has ended.
func (t *turn) hungUp(which id.Call, s LegEnded) {
	t.do(TellHungUp{Call: which, Leg: s.Leg, Cause: s.Cause})
	if t.Other != nil && t.Other.Leg == t.Line.Leg { // one telephone has both
		t.do(TellHungUp{Call: t.Other.Call, Leg: s.Leg, Cause: s.Cause})
		t.Other = nil
	}
	if t.leaveOne(which) {
		return
	}
	t.freeLine()
	if !t.persistent() {
		t.ringsAnew()
	}
}

// refusedOr tells an agent who pressed reject on the phone from a phone that failed.
func refusedOr(cause tel.Cause) Result {
	if cause == tel.CauseBusy || cause == tel.CauseRejected {
		return Ignored
	}
	return Failed
}
