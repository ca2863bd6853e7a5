package station

import (
	"testing"
	"time"

	"parley/internal/story"
)

const seeds = 500

// TestChaos lets stations live through signals that come late, twice, at once and out of place, and checks that every
// promise is kept: one result for each ring, one answer for each line asked for, no leg left behind, and an ACD that
// knows how the devices are.
func TestChaos(t *testing.T) {
	tried := map[string]int{}
	for seed := range uint64(seeds) {
		w := newWorld(t, seed)
		w.begin()
		if w.oneIn(2) {
			w.handle(PhoneRegistered{On: true})
			w.handle(DeskWork{On: true})
		}
		for w.now.Sub(epoch) < 2*time.Minute {
			for range w.chance.IntN(4) {
				if !w.step(w.now.Add(3 * time.Second)) {
					w.now = w.now.Add(time.Second)
				}
			}
			if w.oneIn(3) {
				w.begins(w.acts())
			}
			if s := w.waits(); s != nil && (w.oneIn(6) || w.s.talksByVoice() && w.oneIn(3)) {
				w.begins(s)
			}
		}
		w.drain()
		for _, state := range w.ledger.rings {
			tried["ring "+state]++
		}
		for _, state := range w.ledger.takes {
			tried["take "+state]++
		}
		for _, did := range w.history {
			switch did := did.(type) {
			case TellRingEnded:
				tried[string(did.Device)+" "+string(did.Result)]++
				if did.Turn > 0 {
					tried["beside"]++
					tried["beside by "+string(did.Device)]++
				}
			case TellAside:
				tried["aside"]++
			case TellKnock:
				tried["knocks"]++
			case TellTaken:
				tried[string(did.Device)+" taken"]++
			case AutoPause:
				tried["paused"]++
			}
		}
		tried["dialled"] += len(w.ledger.dialled)
	}
	for _, way := range []string{
		"receiving_number answered", "call_me answered", "call_in answered", "call_me taken", "call_in taken", "paused", "beside", "aside",
		"beside by desk_phone", "beside by call_me", "beside by call_in", "knocks",
	} {
		if tried[way] < seeds/50 {
			t.Errorf("the chaos tries %s too little: %v", way, tried)
		}
	}
	if tried["ring over"] < seeds || tried["take over"] < seeds/4 || tried["dialled"] < seeds/2 {
		t.Errorf("the chaos tries too little: %v", tried)
	}
}

// begin has the agent start work in one of the ways there are.
func (w *world) begin() {
	c := Configure{Preferred: Browser, Strategy: Sequential, Phone: "p1"}
	if w.oneIn(3) {
		c.Preferred, c.Number = Number, "+32470111222"
	}
	w.handle(c)
	switch w.chance.IntN(4) {
	case 0:
		w.handle(w.telephones())
	case 1:
		w.handle(ConnectVoice{Voice: Voice{Mode: ByCallIn, Persistent: true}})
		w.handle(DialledIn{Leg: "page-0-in"})
	default:
		w.handle(Start{Tab: "t0", Leg: "page-0", Persistent: w.oneIn(4)})
		w.handle(LegUp{Leg: "page-0"})
	}
}

// drain lets what was begun come to its end, whatever is left of timers after an hour being the page's.
func (w *world) drain() {
	for w.s.Line != nil {
		w.handle(Leave{Call: w.s.Line.Call, Cause: 16})
	}
	end := w.now.Add(time.Hour)
	for range 2000 {
		if !w.step(end) || w.now.After(end) {
			break
		}
	}
	for w.s.Line != nil {
		w.handle(Leave{Call: w.s.Line.Call, Cause: 16})
	}
	if w.s.Ring != nil {
		w.fail("a ring hangs: %s", story.State(w.fail, w.s))
	}
	if w.s.Voice.telephone() {
		w.handle(DisconnectVoice{Sure: true})
	}
	for leg, state := range w.ledger.dialled {
		if state != "ended" {
			w.fail("desk phone leg %s hangs", leg)
		}
	}
}

// TestWreck breaks stations at any moment: every call is told, and no leg is left behind.
func TestWreck(t *testing.T) {
	for seed := range uint64(seeds) {
		w := newWorld(t, seed)
		w.handle(Configure{Preferred: Browser, Strategy: Simultaneous, Phone: "p1"})
		w.handle(PhoneRegistered{On: true})
		for range w.chance.IntN(60) {
			w.handle(w.acts())
			w.step(w.now.Add(2 * time.Second))
		}
		for _, a := range w.s.Wreck() {
			w.history = append(w.history, a)
			w.ledger.did(a)
		}
		w.ledger.between()
	}
}
