package callcontrol_test

import (
	"strings"
	"sync"
	"time"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/tel"
)

// wires are the legs of the world: what they do comes a little later, in order for each leg.
type wires struct {
	w *world

	mu      sync.Mutex
	all     map[id.Leg]*wire
	brokeAt time.Time
	refers  map[id.Leg]bool // that have no answer yet
}

type wire struct {
	order   sync.Mutex // what happens on a leg is told in order
	mu      sync.Mutex
	name    id.Leg
	browser id.Agent // set for a page's leg
	up      bool
	ending  bool // End was asked for
	ended   bool
}

func (v *wires) open(leg id.Leg) *wire { return v.openPage(leg, "") }

func (v *wires) openPage(leg id.Leg, agent id.Agent) *wire {
	v.mu.Lock()
	defer v.mu.Unlock()
	k := &wire{name: leg, browser: agent}
	v.all[leg] = k
	return k
}

func (v *wires) find(leg id.Leg) *wire {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.all[leg]
}

// happen tells of a leg that has not ended.
func (v *wires) happen(k *wire, what sip.Progress) {
	k.order.Lock()
	defer k.order.Unlock()
	if k.browser != "" || !k.takes(what) {
		return
	}
	if _, over := what.(sip.Ended); over && v.w.fault.deaf != nil && v.w.fault.deaf(k.ending) {
		return
	}
	v.w.x.Happened(k.name, what)
}

// pass tells of a page's leg.
func (v *wires) pass(k *wire, what rtc.Progress) {
	k.order.Lock()
	defer k.order.Unlock()
	if k.takes(what) {
		callcontrol.Browsers{Exchange: v.w.x}.Happened(k.name, what)
	}
}

// takes tells whether this can happen to the leg as it is now.
func (k *wire) takes(what any) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ended {
		return false
	}
	switch what.(type) {
	case sip.Ended, rtc.Ended:
		k.ended = true
	case sip.Answered:
		if k.up || k.ending {
			return false
		}
		k.up = true
	}
	return true
}

func (v *wires) gone(leg id.Leg) bool {
	k := v.find(leg)
	if k == nil && (v.w.breaks || strings.Contains(string(leg), ".s")) { // what a station broke at, or gave up, was never dialled
		v.w.x.Gone(leg)
		return true
	}
	if k == nil {
		v.w.l.fail("leg %s is not known to the wires", leg)
		return true
	}
	k.mu.Lock()
	ended := k.ended
	k.mu.Unlock()
	if ended {
		v.w.x.Gone(leg)
	}
	return ended
}

func (v *wires) soon() time.Duration { return time.Duration(v.w.pick(2)) * time.Second }

func (v *wires) Ring(leg id.Leg) {
	v.breaks()
	v.gone(leg)
}

// breaks panics at times, as nothing should, but not twice in a second: what broke is tried once more.
func (v *wires) breaks() {
	if !v.w.breaks || !v.w.chance(3) {
		return
	}
	v.mu.Lock()
	since := time.Since(v.brokeAt)
	if since > time.Second {
		v.brokeAt = time.Now()
	}
	v.mu.Unlock()
	if since > time.Second {
		panic("the wires break")
	}
}

func (v *wires) Early(leg id.Leg) { v.gone(leg) }

func (v *wires) Answer(leg id.Leg) {
	v.breaks()
	if v.gone(leg) {
		return
	}
	k := v.find(leg)
	v.w.later(v.soon(), func() {
		if v.w.chance(3) {
			v.happen(k, sip.Ended{Cause: tel.CauseNetworkOutOfOrder, Code: 408})
			return
		}
		v.happen(k, sip.Answered{})
	})
}

func (v *wires) End(leg id.Leg, cause tel.Cause) {
	if v.gone(leg) || v.w.fault.keep != nil && v.w.fault.keep(leg) {
		return
	}
	v.breaks()
	k := v.find(leg)
	k.mu.Lock()
	k.ending = true
	k.mu.Unlock()
	after := v.soon()
	if v.w.chance(2) {
		after = 7 * time.Second // the far side does not answer our BYE
	}
	if k.browser != "" {
		v.w.later(after, func() { v.pass(k, rtc.Ended{Reason: rtc.HungUp, Cause: cause}) })
		return
	}
	v.w.later(after, func() { v.happen(k, sip.Ended{Cause: cause}) })
}

// arrive is a caller with a patience.
func (v *wires) arrive(leg id.Leg, to string) {
	k := v.open(leg)
	v.w.x.Arrived(sip.Incoming{Leg: leg, Org: org, Trunk: "trunk", From: "+32470111222", To: to})
	if v.w.chance(5) {
		v.happen(k, sip.Ended{Cause: tel.CauseNormal, ByPeer: true})
	}
	for range v.w.pick(5) {
		key := tel.Digit([]byte{"111222*#59"[v.w.pick(10)]})
		v.w.later(v.w.within(60), func() { v.happen(k, sip.Digit{Digit: key}) })
	}
	v.w.later(v.w.within([]int{150, 150, 600}[v.w.pick(3)]), func() { v.happen(k, sip.Ended{Cause: tel.CauseNormal, ByPeer: true}) })
	v.chatter(k)
}

// chatter are a far side's own holds, keys and silences.
func (v *wires) chatter(k *wire) {
	v.w.later(v.w.within(60), func() {
		switch v.w.pick(5) {
		case 0:
			v.happen(k, sip.Held{})
			v.w.later(5*time.Second, func() { v.happen(k, sip.Resumed{}) })
		case 1:
			v.happen(k, sip.Digit{Digit: "5"})
		case 2:
			v.happen(k, sip.Sound{Event: media.SoundLost{Leg: k.name}})
			v.w.later(5*time.Second, func() { v.happen(k, sip.Sound{Event: media.SoundBack{Leg: k.name}}) })
		case 3:
			v.happen(k, sip.Sound{Event: media.OneWay{Leg: k.name, Here: true}})
			v.w.later(v.w.within(60), func() { v.happen(k, sip.Sound{Event: media.OneWay{Leg: k.name}}) })
		default:
			v.refer(k, sip.Referred{To: "112"})
		}
	})
}

func (v *wires) DialTrunk(_ id.Org, a call.DialTrunk) { v.dial(v.open(a.Leg)) }

func (v *wires) DialPhone(_ id.Org, leg id.Leg, _ id.Device, _ tel.Number, _ string, _ bool) {
	v.dial(v.open(leg))
}

// Cast is a stream to a group, which at times somebody else speaks to, or cannot be opened.
func (v *wires) Cast(a call.SendMulticast) {
	k := v.open(a.Leg)
	if v.w.chance(20) {
		v.happen(k, sip.Ended{Cause: tel.CauseBusy, Reason: "somebody speaks to them now"})
		return
	}
	v.happen(k, sip.Answered{})
}

// Repair is a re-INVITE that some refuse.
func (v *wires) Repair(leg id.Leg) {
	v.breaks()
	if k := v.find(leg); k != nil {
		code := 200
		if v.w.chance(30) {
			code = 488
		}
		v.w.later(v.soon(), func() { v.happen(k, sip.Repaired{Code: code}) })
	}
}

// refer is a wish for a transfer; as on the wire, there is one at a time.
func (v *wires) refer(k *wire, wish sip.Referred) {
	v.mu.Lock()
	v.refers[k.name] = true
	v.mu.Unlock()
	v.happen(k, wish)
	k.mu.Lock()
	ended := k.ended
	k.mu.Unlock()
	if ended { // perhaps before: then nobody has heard the wish
		v.Refer(k.name, 0, "")
	}
}

// Refer answers a wish for a transfer, once.
func (v *wires) Refer(leg id.Leg, _ tel.Cause, _ string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.refers, leg)
}

// dial is what a far side does that we call.
func (v *wires) dial(k *wire) {
	if v.w.chance(90) {
		v.w.later(v.soon(), func() { v.happen(k, sip.Ringing{}) })
	}
	if v.w.chance(20) {
		v.w.later(v.soon(), func() { v.happen(k, sip.EarlyMedia{}) })
	}
	v.chatter(k)
	switch n := v.w.pick(100); {
	case n < 60:
		v.w.later(v.w.within(15), func() {
			v.happen(k, sip.Answered{})
			v.w.later(v.w.within(60), func() { v.happen(k, sip.Ended{Cause: tel.CauseNormal, ByPeer: true}) })
		})
	case n < 75:
		v.w.later(v.w.within(5), func() { v.happen(k, sip.Ended{Cause: tel.CauseBusy, Code: 486, ByPeer: true}) })
	case n < 80:
		v.happenSoon(k, sip.Ended{Cause: tel.CauseNetworkOutOfOrder, Code: 503})
	}
	v.w.later(40*time.Second, func() { // Timer C, as our leg keeps it
		k.mu.Lock()
		up := k.up
		k.mu.Unlock()
		if !up {
			v.happen(k, sip.Ended{Cause: tel.CauseNoAnswer, Code: 408})
		}
	})
}

func (v *wires) happenSoon(k *wire, what sip.Progress) { v.w.later(0, func() { v.happen(k, what) }) }

// hangUpAll ends the day for everybody who is not an agent's page.
func (v *wires) hangUpAll() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, k := range v.all {
		if k.browser == "" {
			v.happenSoon(k, sip.Ended{Cause: tel.CauseNormal, ByPeer: true})
		}
	}
}

// open lists what is still open, but for pages.
func (v *wires) left() (open []id.Leg) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, k := range v.all {
		k.mu.Lock()
		if !k.ended && k.browser == "" {
			open = append(open, k.name)
		}
		k.mu.Unlock()
	}
	return open
}
