//go:build linux && !portable

package media

import (
	"testing"
	"time"

	"parley/internal/id"
)

// isIdle asks the leg's worker whether the packets of the leg wake it.
func isIdle(l *Leg) bool {
	answer := make(chan bool, 1)
	l.order(&order{do: func(_ *worker, l *Leg, _ *order) bool {
		answer <- l.idle
		return true
	}}, true)
	return <-answer
}

// TestUnheardPacketsWakeNobody has a caller wait with music, who sends sound to nobody.
func TestUnheardPacketsWakeNobody(t *testing.T) {
	e := openEngine(t, 1)
	caller, other, told := newPhone(t, PCMU), newPhone(t, PCMU), &log{}
	ann, bob := caller.dial(e, "ann", told.hear), other.dial(e, "bob", told.hear)
	muxed := caller.terms()
	muxed.Mux = true
	ann.Agree(muxed)
	r := e.OpenRoom("call")
	r.Arrange([]Hearing{{Leg: "ann", Play: &Play{Tag: "music", Sounds: []*Sound{NewSound(sine(440, time.Second))}, Loop: true}}})
	caller.hum(700)
	eventually(t, "a leg that nobody hears to rest", func() bool { return isIdle(ann) })
	if isIdle(bob) {
		t.Error("a leg that gets nothing is looked at for nothing")
	}
	before := ann.Stats()
	eventually(t, "its packets to be counted all the same", func() bool { return ann.Stats().PacketsIn > before.PacketsIn+10 })
	if s := ann.Stats(); s.Lost > 0 || s.Bad > 0 {
		t.Errorf("lost %d, bad %d", s.Lost, s.Bad)
	}
	eventually(t, "the music", func() bool { return caller.hears(440) })
	h := header{payloadType: caller.event, sequence: 1000, timestamp: 1, ssrc: 7}
	caller.write(h, []byte{5, 10, 0, 160})
	eventually(t, "a digit", func() bool { return told.has(DigitPressed{Leg: "ann", Digit: "5"}) })
	r.Arrange([]Hearing{{Leg: "bob", From: "ann"}, {Leg: "ann", From: "bob"}})
	eventually(t, "the other to hear the caller", func() bool { return other.hears(700) })
	if isIdle(ann) {
		t.Error("packets that somebody hears wake nobody")
	}
	r.Arrange([]Hearing{{Leg: id.Leg("ann")}})
	eventually(t, "the leg to rest again", func() bool { return isIdle(ann) })
	caller.close()
	eventually(t, "a leg without packets to be left alone", func() bool { return !isIdle(ann) })
}

// TestRestingLegMayMoveAndClose takes a resting leg to another worker and back, where it must be heard again.
func TestRestingLegMayMoveAndClose(t *testing.T) {
	e := openEngine(t, 2)
	caller, other := newPhone(t, PCMU), newPhone(t, PCMU)
	ann, bob := caller.dial(e, "ann", nil), other.dial(e, "bob", nil)
	e.OpenRoom("one").Arrange([]Hearing{{Leg: "ann"}})
	second := e.OpenRoom("two")
	second.Arrange([]Hearing{{Leg: "bob"}})
	caller.hum(700)
	eventually(t, "the leg to rest", func() bool { return isIdle(ann) })
	if ann.at.Load() == bob.at.Load() {
		t.Fatal("both legs live on one worker")
	}
	second.Arrange([]Hearing{{Leg: "bob", From: "ann"}})
	eventually(t, "sound on the other worker", func() bool { return other.hears(700) })
	second.Arrange([]Hearing{{Leg: "bob"}, {Leg: "ann"}})
	eventually(t, "the leg to rest there", func() bool { return isIdle(ann) })
	ann.Close()
	eventually(t, "the port to be free", func() bool { e.reap(); return e.ports.tenant(ann.Port()) == nil })
}

// TestReportsReadLateTellNoLongerWay looks at when reports count as having come.
func TestReportsReadLateTellNoLongerWay(t *testing.T) {
	w, ann, _ := bare(t)
	ann.terms.Mux = true
	if at := w.arrived(ann); at != w.now {
		t.Errorf("a report of a leg that wakes the worker came %v ago", time.Duration(w.now-at))
	}
	ann.idle = true
	if at := w.arrived(ann); at != w.now-idleTime/2 {
		t.Errorf("a report of a resting leg came %v ago", time.Duration(w.now-at))
	}
}
