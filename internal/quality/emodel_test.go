package quality

import (
	"math"
	"testing"
	"time"
)

func TestRatingsOfTheEModel(t *testing.T) {
	for _, c := range []struct {
		name string
		in   Path
		r    float64 // worked out by hand from the formulas of G.107
		mos  float64
	}{
		{"all default", Path{Codec: "PCMU"}, 93.2, 4.41},
		{"1 % lost", Path{Codec: "PCMA", Loss: 1}, 93.2 - 95./26.1, 4.32},
		{"3 % lost", Path{Codec: "PCMA", Loss: 3}, 93.2 - 285./28.1, 4.12},
		{"10 % lost", Path{Codec: "PCMA", Loss: 10}, 93.2 - 950./35.1, 3.40},
		{"10 % lost in bursts of twice the length", Path{Codec: "PCMA", Loss: 10, Bursts: 2}, 93.2 - 950./30.1, 3.17},
		{"3 % lost, Opus", Path{Codec: "opus", Loss: 3}, 93.2 - 285./14.28, 3.76},
		{"50 ms", Path{Codec: "PCMU", Delay: 50 * time.Millisecond}, 91.2, 4.36},
		{"400 ms", Path{Codec: "PCMU", Delay: 400 * time.Millisecond}, 62.4, 3.22},
		{"everything lost", Path{Codec: "PCMU", Loss: 100}, 93.2 - 9500./125.1, 1.17},
		{"a codec never heard of", Path{Codec: "x"}, 93.2, 4.41},
	} {
		if r := c.in.R(); math.Abs(r-c.r) > 0.6 {
			t.Errorf("%s: R %.2f, want %.2f", c.name, r, c.r)
		}
		if mos := c.in.MOS(); math.Abs(mos-c.mos) > 0.03 {
			t.Errorf("%s: MOS %.3f, want %.2f", c.name, mos, c.mos)
		}
	}
}

func TestMOSOfRatings(t *testing.T) {
	for _, c := range []struct{ r, mos float64 }{ // worked out by hand from G.107 annex B
		{-1, 1}, {0, 1}, {50, 2.58}, {60, 3.10}, {70, 3.60}, {80, 4.02}, {90, 4.34}, {100, 4.5}, {120, 4.5},
	} {
		if got := MOS(c.r); math.Abs(got-c.mos) > 0.005 {
			t.Errorf("R %.0f: %.3f, want %.2f", c.r, got, c.mos)
		}
	}
}

func TestMoreLossAndMoreDelayAreNeverBetter(t *testing.T) {
	for _, codec := range []string{"PCMU", "G722", "opus", "G729"} {
		before := Path{Codec: codec}.R()
		for loss := 0.5; loss <= 100; loss += 0.5 {
			r := Path{Codec: codec, Loss: loss}.R()
			if r > before {
				t.Fatalf("%s: R rises at %.1f %%", codec, loss)
			}
			before = r
		}
		before = Path{Codec: codec}.R()
		for d := time.Millisecond; d < 2*time.Second; d += time.Millisecond {
			r := Path{Codec: codec, Delay: d}.R()
			if math.IsNaN(r) || r > before {
				t.Fatalf("%s: R %.3f after %.3f at %s", codec, r, before, d)
			}
			before = r
		}
	}
}

func TestSamplesFromCounters(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 5, 0, time.UTC)
	ms := time.Millisecond
	m := Meter{}
	for _, c := range []struct {
		name string
		in   Counters
		want string
	}{
		{"a good start", Counters{Codec: "PCMU", Expected: 250, Jitter: 2 * ms, RoundTrip: 40 * ms, Buffer: 40 * ms},
			"from: PCMU, 250 packets, loss 0.0 %, jitter 2 ms, round trip 40 ms, delay 60 ms, MOS 4.37"},
		{"lost and late", Counters{Codec: "PCMU", Expected: 500, Lost: 10, Discarded: 15, Jitter: 10 * ms, RoundTrip: 40 * ms},
			"from: PCMU, 250 packets, loss 10.0 %, jitter 10 ms, round trip 40 ms, delay 60 ms, MOS 3.33"},
		{"the same loss at once", Counters{Codec: "PCMU", Expected: 750, Lost: 35, Losses: 5, Discarded: 15, Jitter: 10 * ms, RoundTrip: 40 * ms},
			"from: PCMU, 250 packets, loss 10.0 %, jitter 10 ms, round trip 40 ms, delay 60 ms, MOS 2.93"},
		{"hold", Counters{Codec: "PCMU", Expected: 750, Lost: 35, Losses: 5, Discarded: 15}, "from: nothing"},
		{"duplicates took loss back", Counters{Codec: "PCMU", Expected: 1000, Lost: 30, Losses: 5, Discarded: 15, Buffer: 20 * ms},
			"from: PCMU, 250 packets, loss 0.0 %, jitter 0 ms, round trip 0 ms, delay 20 ms, MOS 4.40"},
		{"a new stream", Counters{Codec: "opus", Expected: 100, Lost: 3, Buffer: 20 * ms},
			"from: opus, 100 packets, loss 3.0 %, jitter 0 ms, round trip 0 ms, delay 20 ms, MOS 3.72"},
	} {
		if got := m.Sample(at, c.in); got.String() != c.want || !got.At.Equal(at) {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}
