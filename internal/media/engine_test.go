package media

import (
	"errors"
	"net/netip"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
)

func openFiles(t *testing.T) int {
	t.Helper()
	names, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(names)
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	files, routines := openFiles(t), runtime.NumGoroutine()
	for range 3 {
		e, err := Open(Config{First: 23000, Last: 23999, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		room := e.OpenRoom("call")
		for _, name := range []id.Leg{"a", "b", "c", "d"} {
			if _, err := e.OpenSocket(name, nil); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := e.OpenPipe("pipe", func([]byte) {}, nil); err != nil {
			t.Fatal(err)
		}
		room.Arrange([]Hearing{{Leg: "a", From: "b"}, {Leg: "c", From: "d"}, {Leg: "pipe", From: "a"}})
		e.Close()
		e.Close()
		if _, err := e.OpenPipe("late", nil, nil); !errors.Is(err, ErrClosed) {
			t.Errorf("open after close: %v", err)
		}
	}
	eventually(t, "goroutines end", func() bool { return runtime.NumGoroutine() <= routines })
	if left := openFiles(t); left > files {
		t.Errorf("%d files are open, %d were before", left, files)
	}
}

func TestPortsComeBack(t *testing.T) {
	e, err := Open(Config{First: 24001, Last: 24005, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	a, errA := e.OpenSocket("a", nil)
	b, errB := e.OpenSocket("b", nil)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	if a.Port()+b.Port() != 24002+24004 {
		t.Errorf("ports are %d and %d, want 24002 and 24004", a.Port(), b.Port())
	}
	if _, err := e.OpenSocket("c", nil); !errors.Is(err, ErrNoPort) {
		t.Errorf("a third leg: %v", err)
	}
	if _, err := e.OpenPipe("a", nil, nil); !errors.Is(err, ErrNameTaken) {
		t.Errorf("a second leg of a name: %v", err)
	}
	b.Close() // no worker knows it, so its port is free at once
	if _, err := e.OpenSocket("b", nil); err != nil {
		t.Error(err)
	}
	a.Agree(Terms{})
	a.Close()
	a.Close()
	eventually(t, "the port is free", func() bool {
		again, err := e.OpenSocket("c", nil)
		return err == nil && again.Port() == a.Port()
	})
}

func TestTakenRangeIsNamed(t *testing.T) {
	taken := bound(t)
	port := taken.at.Port()
	_, err := Open(Config{First: port &^ 1, Last: port | 1})
	if err == nil || !strings.Contains(err.Error(), "rtp ports") || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("error is %v", err)
	}
	for _, c := range []Config{{First: 5, Last: 5}, {First: 9, Last: 3}, {First: 24000, Last: 24001, Bind: netip.MustParseAddr("192.0.2.1")}} {
		if e, err := Open(c); err == nil {
			e.Close()
			t.Errorf("range %d-%d on %s was opened", c.First, c.Last, c.Bind)
		}
	}
}

func TestStrangerCannotTakeOverAStream(t *testing.T) {
	e := openEngine(t, 1)
	ann, bob, eve := newPhone(t, PCMU), newPhone(t, PCMU), newPhone(t, PCMU)
	leg := ann.dial(e, "ann", nil)
	bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	ann.hum(440)
	bob.hum(700)
	eventually(t, "they talk", func() bool { return ann.hears(700) && bob.hears(440) })
	eve.to = ann.to
	eve.hum(1000)
	ann.forget()
	bob.forget()
	eventually(t, "the stranger had time to be heard", func() bool { return len(ann.packets()) > 50 && len(bob.packets()) > 50 })
	if s := (Ear{}).Strength(bob.heard(10), 1000); s > 0.02 || !bob.hears(440) {
		t.Errorf("bob hears the stranger: %.3f", s)
	}
	if len(eve.packets()) > 0 {
		t.Errorf("the stranger gets %d packets", len(eve.packets()))
	}
	// A re-INVITE to the stranger's address makes it the peer.
	leg.Agree(eve.terms())
	eventually(t, "the new peer talks", func() bool { return bob.hears(1000) && eve.hears(700) })
}

func TestLatch(t *testing.T) {
	near, far := netip.MustParseAddrPort("10.0.0.1:4000"), netip.MustParseAddrPort("192.0.2.1:4000")
	other := netip.MustParseAddrPort("192.0.2.2:4000")
	for _, c := range []struct {
		name    string
		sources []netip.AddrPort
		want    string
		end     netip.AddrPort
	}{
		{"negotiated first", []netip.AddrPort{near, far, near}, "+-+", near},
		{"behind NAT", []netip.AddrPort{far, other, far}, "+-+", far},
		{"stranger first", []netip.AddrPort{far, near, far, near}, "++-+", near},
	} {
		t.Run(c.name, func(t *testing.T) {
			var k latch
			got := ""
			for _, source := range c.sources {
				ok, _ := k.accept(source, near)
				got += map[bool]string{true: "+", false: "-"}[ok]
			}
			if got != c.want || k.source != c.end {
				t.Errorf("accepted %s and latched %s, want %s and %s", got, k.source, c.want, c.end)
			}
		})
	}
}

func TestSoundLostAndBack(t *testing.T) {
	e := openEngine(t, 1)
	heard := &log{}
	ann := newPhone(t, PCMU)
	leg := ann.dial(e, "ann", heard.hear)
	start := time.Now()
	eventually(t, "sound is lost", func() bool { return heard.has(SoundLost{"ann"}) })
	if d := time.Since(start); d < 950*time.Millisecond || d > 4*time.Second {
		t.Errorf("lost after %v, want 1 s", d)
	}
	ann.say(sine(440, 20*time.Millisecond))
	eventually(t, "sound is back", func() bool { return heard.has(SoundBack{"ann"}) })
	held := ann.terms()
	held.Receive = false
	leg.Agree(held)
	at := time.Now()
	eventually(t, "a held leg is silent for a while", func() bool { return time.Since(at) > 1300*time.Millisecond })
	got := slices.DeleteFunc(heard.all(), func(e Event) bool { _, sampled := e.(Sampled); return sampled })
	if len(got) != 2 {
		t.Errorf("events are %v", got)
	}
}

func TestGarbageIsCountedAndDropped(t *testing.T) {
	e := openEngine(t, 1)
	ann := newPhone(t, PCMU)
	leg := ann.dial(e, "ann", nil)
	for _, junk := range [][]byte{{}, {0}, make([]byte, 11), make([]byte, 1400), {0x80, 77, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}, {0xBF, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}} {
		_, _ = ann.conn.WriteToUDPAddrPort(junk, ann.to) // what does not arrive is not counted below
	}
	eventually(t, "six bad packets", func() bool { return leg.Stats().Bad == 6 })
	ann.say(sine(440, 20*time.Millisecond))
	eventually(t, "one good", func() bool { return leg.Stats().PacketsIn == 1 && leg.Stats().BytesIn == 160 })
	if s := leg.Stats(); time.Since(s.Last) > time.Minute || s.Lost != 0 {
		t.Errorf("stats are %+v", s)
	}
}
