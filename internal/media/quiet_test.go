package media

import (
	"net/netip"
	"testing"
	"time"
)

func TestLegCostsNoWorkerBeforeItAgrees(t *testing.T) {
	e := openEngine(t, 1)
	leg, err := e.OpenSocket("ann", nil)
	if err != nil {
		t.Fatal(err)
	}
	ann := newPhone(t, PCMU)
	ann.to = loopbackAt(leg.Port())
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", Play: &Play{Tag: "tone", Sounds: []*Sound{NewSound(sine(440, time.Second))}, Loop: true}}})
	for range 5 {
		ann.say(sine(440, 20*time.Millisecond))
	}
	if leg.at.Load() != nil || e.workers[0].load != 0 {
		t.Error("a worker has the leg already")
	}
	leg.Agree(ann.terms())
	if bad := leg.Stats().Bad; bad != 5 {
		t.Errorf("%d packets that came too early are dropped, want 5", bad)
	}
	eventually(t, "the play begins", func() bool { return len(ann.packets()) > 0 })
	ann.say(sine(440, 20*time.Millisecond))
	eventually(t, "sound is taken", func() bool { return leg.Stats().PacketsIn == 1 })
}

func TestWorkerWithoutWorkSleepsForEver(t *testing.T) {
	w, ann, bob := bare(t)
	w.houseDue = w.now
	w.housekeep()
	if d := time.Duration(w.houseDue - w.now); d < time.Duration(lossTime) || d > time.Duration(lossTime+houseTime) {
		t.Errorf("keeps house in %v, want when sound is lost, in 1 s", d)
	}
	if d := w.next() - w.now; d < lossTime || d > lossTime+houseTime {
		t.Errorf("sleeps for %v, want 1 s", time.Duration(d))
	}
	w.now = w.houseDue
	w.housekeep()
	if !ann.lost || !bob.lost {
		t.Error("the loss was not noticed")
	}
	if next := w.next(); next != never {
		t.Errorf("sleeps for %v, want for ever", time.Duration(next-w.now))
	}
	w.arrange(ann, nil, newPlay(&Play{Tag: "tone", Sounds: []*Sound{NewSound(sine(440, time.Second))}, Loop: true}))
	if d := w.next() - w.now; d < 0 || d > tick {
		t.Errorf("sleeps for %v although a play is due", time.Duration(d))
	}
}

func loopbackAt(port uint16) netip.AddrPort { return netip.AddrPortFrom(loopback, port) }
