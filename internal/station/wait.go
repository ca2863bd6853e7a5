package station

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// TellKnock has the agent, who is in a call by the session's telephone, hear there that another call waits, or no more (SP-25).
type TellKnock struct {
	Call id.Call `json:"call"`
	On   bool    `json:"on,omitempty"`
}

func (TellKnock) stationAction() {}

// waitsAtPage tells whether the call that rings waits beside one on the session's telephone: the agent's pages show it, and one of them
// answers it, since the telephone is up already.
func (s *Station) waitsAtPage() bool { return s.Ring != nil && s.Ring.Waits && s.talksByVoice() }

// ringPages shows a call that waits to every page of the agent. The first that acknowledges has the telephone hear the tone.
func (t *turn) ringPages() {
	t.do(ShowRing{Call: t.Ring.Call, Offer: t.Ring.Offer})
	t.after(ackTime, ackTimer)
}

// pageSeen takes the acknowledgement of a page, whichever it is.
func (t *turn) pageSeen() {
	a := t.attempt(t.Line.Device)
	if a == nil || a.Seen {
		return
	}
	t.stopTimer(ackTimer)
	t.acknowledge(a)
	t.knock(true)
}

// noPage ends the ring of a call that waits and that no page shows: nothing can answer it, so that the agent is busy.
func (t *turn) noPage() {
	if a := t.attempt(t.Line.Device); a != nil && !a.Seen {
		t.endRing(Failed, tel.CauseBusy)
	}
}

// answerAtPage takes the call that waits onto the telephone, by the agent's click.
func (t *turn) answerAtPage() error {
	if t.Other != nil || t.Line.Both {
		return ErrBothLines
	}
	t.pageSeen()
	t.answered(Line{Leg: t.Line.Leg, Device: t.Line.Device, Dialled: t.Line.Dialled})
	return nil
}

// knocking tells whether the telephone hears that a call waits.
func (t *turn) knocking() bool {
	if !t.waitsAtPage() {
		return false
	}
	a := t.attempt(t.Line.Device)
	return a != nil && a.Seen
}

func (t *turn) knock(on bool) {
	if t.waitsAtPage() {
		t.do(TellKnock{Call: t.Line.Call, On: on})
	}
}

// ringsAnew rings a call that has waited when the one before it is over, as if it came now: by a beep on the path, or by a call to the
// telephone. False when none waits so.
func (t *turn) ringsAnew() bool {
	r, d := t.Ring, t.Voice.device()
	if r == nil || !r.Waits || !t.Voice.telephone() {
		return false
	}
	a := t.attempt(d)
	if a == nil {
		return false
	}
	r.Waits = false
	t.stopTimer(ackTimer)
	if !t.persistent() {
		a.Over, r.Left = true, []Device{d}
		t.ringNext()
		return true
	}
	if !a.Seen {
		t.acknowledge(a)
	}
	t.do(Play{Leg: t.openPath(), Cue: Beep})
	return true
}
