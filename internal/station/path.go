package station

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// dialledIn takes the leg of an agent who dialled in as the voice path; one that nobody waits for any more is ended.
func (t *turn) dialledIn(s DialledIn) {
	switch {
	case s.Leg == "" || s.Leg == t.Path.Leg:
	case t.Voice.Mode != ByCallIn || t.Path.Leg != "":
		t.do(EndLeg{Leg: s.Leg, Cause: tel.CauseNormal})
	default:
		t.Path.Leg = s.Leg
		t.pathUp()
	}
}

// pathUp begins the waiting for calls on the path.
func (t *turn) pathUp() {
	if t.Path.Up {
		return
	}
	if !t.Path.Worked {
		t.tell(Started{Device: t.Voice.device()})
	}
	t.Path.Up, t.Path.Worked = true, true
	t.tell(VoicePath{Up: true})
	t.do(Play{Leg: t.Path.Leg, Cue: Waiting})
}

// pathLost hears that the path's leg has ended (VC-6). A call that sounded through it has lost the agent as by hanging up.
func (t *turn) pathLost(s LegEnded) {
	up := t.Path.Up
	t.Path.Leg, t.Path.Up = "", false
	if up {
		t.tell(VoicePath{})
	}
	if t.Line != nil && t.Line.Leg == s.Leg {
		t.hungUp(t.Line.Call, s)
	}
	if t.attempt(t.Voice.device()) != nil { // the beep was lost with it
		t.pause(t.Ring.Direct)
		t.endRing(Failed, tel.CauseNormal)
	}
}

// pause has a queue send no more until the agent wants it: a call could not be delivered (VC-8).
func (t *turn) pause(direct bool) {
	if !direct {
		t.do(AutoPause{})
	}
}

// persistent tells whether calls come by a beep; then AG-5 has no say (VC-10).
func (s *Station) persistent() bool { return s.Voice.Persistent }

// openPath is the leg that calls come by in a persistent session; empty when it is not up.
func (s *Station) openPath() id.Leg {
	switch {
	case s.Voice.telephone() && s.Path.Up:
		return s.Path.Leg
	case !s.Voice.telephone() && s.Browser.rings():
		return s.Browser.Leg
	}
	return ""
}

// beep announces a call on the persistent path.
func (t *turn) beep() {
	t.Ring.Left = nil
	t.Ring.Devices = []Attempt{{Device: t.Voice.device()}}
	t.acknowledge(&t.Ring.Devices[0])
	t.do(Play{Leg: t.openPath(), Cue: Beep})
}

// beepAgain announces a call to a browser whose connection was made anew meanwhile.
func (t *turn) beepAgain() {
	if t.announces() && t.attempt(Browser) != nil {
		t.do(Play{Leg: t.Browser.Leg, Cue: Beep})
	}
}

// cueEnded connects the call that was announced, and asks once more for key 1 after a while.
func (t *turn) cueEnded(s CueEnded) {
	if s.Leg == "" {
		return
	}
	if t.beeps() && t.Ring != nil && s.Leg == t.openPath() && t.attempt(t.Voice.device()) != nil {
		t.answered(Line{Leg: s.Leg, Device: t.Voice.device()})
		return
	}
	if t.Ring != nil && t.Ring.Auto && s.Leg == t.Browser.Leg && t.attempt(Browser) != nil {
		t.answered(Line{Leg: s.Leg, Device: Browser})
		return
	}
	if t.askedLeg(s.Leg) {
		t.after(againTime, againTimer)
	}
}
