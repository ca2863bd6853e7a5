package station

import (
	"slices"
	"time"

	"parley/internal/tel"
)

const defaultRing = 20 * time.Second // SP-9

// ring rings the agent's devices for a call; exactly one TellRingEnded follows.
func (t *turn) ring(s Ring) {
	if t.isPast(s.Offer) || t.Ring != nil && t.Ring.Offer == s.Offer {
		return // a twin
	}
	length := time.Duration(s.Seconds) * time.Second
	if length <= 0 {
		length = defaultRing
	}
	order := t.ringers(s.Direct, length)
	if s.Auto {
		order = t.answerers(length)
	}
	waits := t.mayWait(s)
	if waits {
		order = []Device{t.Line.Device}
	}
	busy := t.busy(waits)
	noPath := t.persistent() && t.openPath() == ""
	if busy || noPath || len(order) == 0 {
		if noPath && !busy {
			t.pause(s.Direct)
		}
		t.past(s.Offer)
		t.do(TellRingEnded{Call: s.Call, Offer: s.Offer, Result: Failed})
		return
	}
	t.Ring = &Ringing{
		Call: s.Call, Offer: s.Offer, Direct: s.Direct, Auto: s.Auto, Began: t.now, Ends: t.now.Add(length), Left: order, Waits: waits,
	}
	t.after(length, ringTimer)
	if t.persistent() && !waits {
		t.beep()
		return
	}
	t.ringNext()
	for t.together() && len(t.Ring.Left) > 0 {
		t.ringNext()
	}
}

// busy tells whether nothing may ring now; waits: but for a call that waits beside the one that is on.
func (s *Station) busy(waits bool) bool {
	return s.Ring != nil || s.Line != nil && !waits || s.Taking != nil
}

// ringNext rings the next device for its share of what is left of the ring.
func (t *turn) ringNext() {
	r := t.Ring
	d := r.Left[0]
	r.Left = r.Left[1:]
	a := Attempt{Device: d}
	switch d {
	case Browser:
		if r.Auto {
			a.Seen = true
			t.do(TellRingSeen{Call: r.Call, Offer: r.Offer, Device: d}, Play{Leg: t.Browser.Leg, Cue: Beep})
			break
		}
		t.do(ShowRing{Tab: t.Browser.Tab, Call: r.Call, Offer: r.Offer})
		t.after(ackTime, ackTimer)
	case DeskPhone:
		a.Leg = t.dial("", t.Phone.ID, r.Call)
	case Number:
		a.Leg = t.dial(t.Number, "", r.Call)
	case CallMe, CallIn: // CallIn is never rung: it is a path
		if t.waitsAtPage() {
			t.ringPages()
			break
		}
		a.Leg = t.dial(t.Voice.Number, t.Voice.Phone, r.Call)
	}
	r.Devices = append(r.Devices, a)
	if len(r.Left) > 0 && !t.together() {
		t.after(r.Ends.Sub(t.now)/time.Duration(1+len(r.Left)), nextTimer)
	}
}

// together tells whether all devices ring at once. Of those that answer by themselves one is enough.
func (t *turn) together() bool { return t.Strategy == Simultaneous && !t.Ring.Auto }

// ringAgain shows the ring to a page that was reloaded or took over meanwhile.
func (t *turn) ringAgain() {
	a := t.attempt(Browser)
	if a == nil || t.announces() { // a beep sounds again with the new connection
		return
	}
	t.do(ShowRing{Tab: t.Browser.Tab, Call: t.Ring.Call, Offer: t.Ring.Offer})
	if !a.Seen {
		t.after(ackTime, ackTimer)
	}
}

// attempt is a device's open part in the ring; nil when it has none.
func (t *turn) attempt(d Device) *Attempt {
	return t.find(func(a *Attempt) bool { return a.Device == d })
}

func (t *turn) find(is func(*Attempt) bool) *Attempt {
	if t.Ring == nil {
		return nil
	}
	for i := range t.Ring.Devices {
		if a := &t.Ring.Devices[i]; !a.Over && is(a) {
			return a
		}
	}
	return nil
}

// ringSeen takes the page's acknowledgement.
func (t *turn) ringSeen(s RingSeen) {
	if t.Ring == nil || s.Offer != t.Ring.Offer {
		return
	}
	if t.waitsAtPage() {
		t.pageSeen()
		return
	}
	if s.Tab != t.Browser.Tab {
		return
	}
	if a := t.attempt(Browser); a != nil && !a.Seen {
		t.stopTimer(ackTimer)
		t.acknowledge(a)
	}
}

func (t *turn) acknowledge(a *Attempt) {
	a.Seen = true
	t.do(TellRingSeen{Call: t.Ring.Call, Offer: t.Ring.Offer, Device: a.Device})
}

// notAcknowledged puts a page to sleep that did not acknowledge in time; the next device rings (CF-3).
func (t *turn) notAcknowledged() {
	if t.waitsAtPage() {
		t.noPage()
		return
	}
	if a := t.attempt(Browser); a == nil || a.Seen {
		return
	}
	t.Browser.Asleep = true
	t.tell(FellAsleep{Device: Browser})
	t.after(probeTime, probeTimer)
	t.attemptOver(Browser, NotAcknowledged)
}

// attemptOver ends one device's part. When it was the last one, the ring ends.
func (t *turn) attemptOver(d Device, result Result) {
	a := t.attempt(d)
	if a == nil {
		return
	}
	a.Over = true
	if t.find(func(*Attempt) bool { return true }) == nil {
		t.goOn(result)
	}
}

// goOn rings the next device that can ring. When there is none and nothing rings any more, the ring ends.
func (t *turn) goOn(result Result) {
	for len(t.Ring.Left) > 0 {
		if slices.Contains(t.canRing(), t.Ring.Left[0]) {
			t.ringNext()
			return
		}
		t.Ring.Left = t.Ring.Left[1:]
	}
	if t.find(func(*Attempt) bool { return true }) != nil {
		return
	}
	if result != Ignored && t.seen() {
		result = Missed
	}
	t.endRing(result, tel.CauseNormal)
}

// canRing lists the devices that can still ring for the call that does.
func (t *turn) canRing() []Device {
	if t.Ring.Auto {
		return t.reachable()
	}
	return t.ringable(t.Ring.Direct)
}

// seen tells whether any device has acknowledged the ring.
func (t *turn) seen() bool {
	return slices.ContainsFunc(t.Ring.Devices, func(a Attempt) bool { return a.Seen })
}

// shareOver lets the next device ring. The page shows the ring on and can still answer it, and so can somebody who has
// answered a number and is asked for key 1.
func (t *turn) shareOver() {
	if t.Ring == nil || len(t.Ring.Left) == 0 {
		return
	}
	if a := &t.Ring.Devices[len(t.Ring.Devices)-1]; !a.Over && !a.Asked {
		if a.Leg != "" {
			t.do(EndLeg{Leg: a.Leg, Cause: tel.CauseNoAnswer})
		}
		t.countAsSeen(a)
		a.Over = true
	}
	t.goOn(NotAcknowledged)
}

func (t *turn) rangOut() {
	if t.Ring == nil {
		return
	}
	for i := range t.Ring.Devices {
		t.countAsSeen(&t.Ring.Devices[i])
	}
	switch {
	case t.beeps(): // the beep was not to be heard
		t.endRing(Failed, tel.CauseTemporaryFailure)
	case t.seen():
		t.endRing(Missed, tel.CauseNoAnswer)
	default:
		t.endRing(NotAcknowledged, tel.CauseNoAnswer)
	}
}
