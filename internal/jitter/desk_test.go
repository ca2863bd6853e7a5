package jitter

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"
)

func TestTimeIsPutInAndTakenOutInSilence(t *testing.T) {
	const grain, slack, target = 160, 16, 400
	for _, c := range []struct {
		name             string
		in               desk
		stretch, shorten int64
	}{
		{"margin as wanted", desk{silent: 2, margins: 5, lowest: 420}, 0, 0},
		{"margin too small", desk{silent: 2, margins: 5, lowest: 300}, grain, 0},
		{"too small, in voice", desk{silent: 0, margins: 5, lowest: 300}, 0, 0},
		{"too small, but only for a moment", desk{silent: 2, margins: 4, lowest: 300}, 0, 0},
		{"margin too large", desk{silent: 2, margins: 5, lowest: 580}, 0, grain},
		{"too large, in voice", desk{silent: 1, margins: 5, lowest: 580}, 0, 0},
		{"too large, the last one was cut", desk{silent: 2, margins: 5, lowest: 580, cut: true}, 0, 0},
		{"larger by less than a grain", desk{silent: 2, margins: 5, lowest: 540}, 0, 0},
		{"far too large, in endless voice", desk{voiced: 501, margins: 5, lowest: 1000}, 0, grain},
		{"packets straddle ticks", desk{silent: 2, given: 40}, 120, 0},
	} {
		if got := c.in.stretch(target, grain, slack); got != c.stretch {
			t.Errorf("%s: put in %d, want %d", c.name, got, c.stretch)
		}
		if got := c.in.shorten(target, grain, slack, 8000); got != c.shorten {
			t.Errorf("%s: take out %d, want %d", c.name, got, c.shorten)
		}
	}
}

func TestNetworkFollowsItsPath(t *testing.T) {
	var n network
	n.reset(8000, 80, 960)
	at := int64(0)
	run := func(packets int, delay func(int) int64) {
		for i := range packets {
			n.observe(at+delay(i), at)
			at += 160
		}
	}
	run(500, func(i int) int64 { return int64(i%5) * 80 })
	if n.target < 320 || n.target > 360 {
		t.Errorf("target %d units of a path that varies by 320", n.target)
	}
	run(5000, func(int) int64 { return 0 })
	if n.target != 0 {
		t.Errorf("target %d units long after a path became even", n.target)
	}
	run(1, func(int) int64 { return 0 })
	n.opened = at - windowTime*n.clock
	run(1, func(int) int64 { return 200 })
	if n.base() != 0 {
		t.Errorf("base %d: one slow packet at a window's beginning moved it", n.base())
	}
	run(500, func(int) int64 { return 200 })
	if n.base() != 200 {
		t.Errorf("base %d long after the path became longer by 200", n.base())
	}
}

func TestAStallHoldsNoMoreThanTheLongestDelay(t *testing.T) {
	s := newStage()
	for n := range 50 {
		s.put(n, n, false)
		s.tick()
	}
	for range 9 {
		s.tick()
	}
	for n := range 9 {
		s.put(50+n, 50+n, false)
	}
	for n := range 5 {
		s.put(59+n, 59+n, false)
		s.tick()
		if d := s.b.Stats().Delay; d > 140*time.Millisecond || d < 60*time.Millisecond {
			t.Errorf("delay %s after a stall of 180 ms", d)
		}
		if m := s.b.Stats().Crowded; m != 0 {
			t.Errorf("%d packets thrown away", m)
		}
	}
}

func TestPayloadsNeverRunIntoEachOther(t *testing.T) {
	const size = 1275
	var one shelf
	gone := 0
	for n := range int64(20) {
		payload := make([]byte, size)
		for i := 0; i+4 <= size; i += 4 {
			binary.BigEndian.PutUint32(payload[i:], uint32(n))
		}
		gone += one.put(slot{sequence: n}, payload)
	}
	kept := 0
	for n := range int64(20) {
		p := one.find(n)
		if p == nil {
			continue
		}
		kept++
		for i, payload := 0, one.payload(p); i+4 <= size; i += 4 {
			if got := binary.BigEndian.Uint32(payload[i:]); got != uint32(n) {
				t.Fatalf("packet %d holds bytes of %d", n, got)
			}
		}
	}
	if kept != 6 || gone != 14 {
		t.Errorf("kept %d, gone %d", kept, gone)
	}
}

func TestShortPacketsWaitForATickOfThem(t *testing.T) {
	b := New(Settings{Start: 10 * time.Millisecond})
	b.Put(0, 0, 0, true, make([]byte, 80))
	b.Put(10*ms, 1, 80, false, make([]byte, 80))
	if p := b.Take(12*ms, 160); p.Kind != Waiting {
		t.Errorf("%s with one packet and a half of margin", p.Kind)
	}
	b.Put(20*ms, 2, 160, false, make([]byte, 80))
	b.Put(30*ms, 3, 240, false, make([]byte, 80))
	if p := b.Take(32*ms, 160); p.Kind != Frame || p.Units != 80 || !p.Fresh {
		t.Errorf("%+v when two are there", p)
	}
}

func TestAnOpusSenderFallsSilent(t *testing.T) {
	b := New(Settings{ClockRate: 48000, Units: OpusUnits})
	kinds := ""
	for n := range 8 {
		now := int64(n) * 20 * ms
		switch {
		case n < 3:
			b.Put(now, uint16(n), uint32(n*960), n == 0, append([]byte{31 << 3}, make([]byte, 60)...))
		case n == 3:
			b.Put(now, 3, 3*960, false, []byte{31 << 3})
		}
		kinds += b.Take(now+ms, 960).Kind.String()[:1]
	}
	if kinds != "wffffeee" {
		t.Errorf("heard %s", kinds)
	}
}

// TestAPathThatBecomesLongerIsFollowed: a sender stalls, or its way changes, and everything comes later from then on. It is
// heard again as soon as that is sure, and not only when the memory of the old way is over.
func TestAPathThatBecomesLongerIsFollowed(t *testing.T) {
	const packets, change = 1000, 500
	for _, later := range []int64{50, 130, 200, 300, 600, 900} {
		weather := func() weather {
			return func(_ *rand.Rand, at int64) int64 {
				if at >= change*20*ms {
					return later * ms
				}
				return 0
			}
		}
		for _, tick := range []int64{5 * ms, 20 * ms} {
			h := play(t, path{packets: packets, delay: weather, length: 20 * ms}, 8000, tick, 1, speech(20*ms))
			missed := packets - h.frames
			t.Logf("%d ms later, tick of %d ms: %d packets not heard, %d of them late", later, tick/ms, missed, h.late)
			if missed > 12 {
				t.Errorf("%d ms later, tick of %d ms: %d packets, or %d ms, are not heard", later, tick/ms, missed, missed*20)
			}
			if after := h.delays[len(h.delays)-1] - later*ms; after > 60*ms { // the memory of shorter delays fades
				t.Errorf("%d ms later, tick of %d ms: the sound is %d ms behind in the end", later, tick/ms, after/ms)
			}
		}
	}
}

// TestASlowSenderIsHeard: no clock is so slow, but the sender of a machine that is too busy is.
func TestASlowSenderIsHeard(t *testing.T) {
	const packets = 3000
	for _, percent := range []float64{1, 3, 10} {
		h := play(t, path{packets: packets, delay: still, length: 20 * ms, ppm: -percent * 1e4}, 8000, 20*ms, 1, speech(20*ms))
		missed := 100 * float64(packets-h.frames) / packets
		t.Logf("%g %% too slow: %.1f %% of its packets are not heard", percent, missed)
		if missed > 2*percent+2 {
			t.Errorf("%g %% too slow: %.1f %% of its packets are not heard", percent, missed)
		}
	}
}
