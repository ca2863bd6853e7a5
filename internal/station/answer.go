package station

import (
	"slices"

	"parley/internal/id"
	"parley/internal/tel"
)

// answer takes the call in the browser, by the agent's click.
func (t *turn) answer(s Answer) error {
	switch {
	case t.Ring == nil || t.Ring.Offer != s.Offer:
		return ErrRingOver
	case t.waitsAtPage():
		return t.answerAtPage()
	case t.Browser.Tab == "":
		return ErrNotStarted
	case s.Tab != t.Browser.Tab:
		return ErrElsewhere
	case !t.Browser.Connected:
		return ErrNoVoice
	case t.Line != nil && (t.Other != nil || t.Line.Both || t.Line.Device != Browser):
		return ErrBothLines
	}
	t.tabSeen(s.Tab)
	if a := t.attempt(Browser); a != nil && !a.Seen {
		t.acknowledge(a)
	}
	t.answered(Line{Leg: t.Browser.Leg, Device: Browser})
	return nil
}

// answered gives the line to the call that rang; the other devices stop.
func (t *turn) answered(line Line) {
	r := t.Ring
	line.Call = r.Call
	t.closeRing(tel.CauseNormal)
	ended := TellRingEnded{Call: r.Call, Offer: r.Offer, Result: Answered, Leg: line.Leg, Device: line.Device}
	if t.Line != nil {
		t.answerBeside(line, ended)
		return
	}
	t.Line = &line
	t.quiet(line)
	t.do(ended)
}

// reject ends the ring by the agent's click.
func (t *turn) reject(s Reject) error {
	if t.Ring == nil || t.Ring.Offer != s.Offer {
		return ErrRingOver
	}
	t.endRing(Ignored, tel.CauseRejected)
	return nil
}

// endRing gives a ring its one result, other than answered.
func (t *turn) endRing(result Result, cause tel.Cause) {
	r := t.Ring
	t.closeRing(cause)
	if t.Line == nil {
		t.waitOn()
	}
	t.do(TellRingEnded{Call: r.Call, Offer: r.Offer, Result: result})
}

// closeRing silences every device that still rings.
func (t *turn) closeRing(cause tel.Cause) {
	if t.knocking() {
		t.knock(false)
	}
	for _, a := range t.Ring.Devices {
		if a.Leg != "" && !a.Over {
			t.do(EndLeg{Leg: a.Leg, Cause: cause})
		}
		if t.Ring.Auto && a.Device == Browser && t.Browser.Leg != "" && !t.persistent() { // it may beep still
			t.do(Play{Leg: t.Browser.Leg, Cue: Quiet})
		}
	}
	t.past(t.Ring.Offer)
	t.Ring = nil
	t.do(StopTimer{Timer: ringTimer}, StopTimer{Timer: ackTimer}, StopTimer{Timer: nextTimer})
}

// maxPast bounds the offers that are remembered; words about older ones do not come any more.
const maxPast = 32

func (t *turn) past(offer id.Offer) {
	if t.isPast(offer) {
		return
	}
	if len(t.Past) >= maxPast {
		t.Past = t.Past[1:]
	}
	t.Past = append(t.Past, offer)
}

func (t *turn) isPast(offer id.Offer) bool { return slices.Contains(t.Past, offer) }
