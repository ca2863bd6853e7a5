package report

import (
	"slices"
	"testing"

	"parley/internal/call"
)

// TestCodecsOfALeg changes the codec in mid-call, and then at every sample.
func TestCodecsOfALeg(t *testing.T) {
	var h *Heard
	for i, codec := range []string{"PCMU", "PCMU", "", "opus", "opus", "G722"} {
		h = h.with(5*(i+1), call.Sample{Packets: 250, MOS: 4.4, Codec: codec})
	}
	want := []Spell{{0, "PCMU"}, {15, "opus"}, {25, "G722"}}
	if !slices.Equal(h.Codecs, want) {
		t.Errorf("%+v", h.Codecs)
	}
	for i := range 100 {
		h = h.with(5*(i+7), call.Sample{Packets: 250, MOS: 4.4, Codec: []string{"PCMU", "PCMA"}[i%2]})
	}
	if len(h.Codecs) != mostSpells || h.Samples != 106 {
		t.Errorf("%d codecs of %d samples", len(h.Codecs), h.Samples)
	}
}

// TestChartIsThinned folds an hour and a half of samples, one of them poor, which must not drown.
func TestChartIsThinned(t *testing.T) {
	var h *Heard
	const samples = 1080
	for i := range samples {
		s := call.Sample{Packets: 250, Jitter: 2, MOS: 4.4}
		if i == 700 {
			s = call.Sample{Packets: 250, Loss: 30, Jitter: 80, RoundTrip: 500, MOS: 1.5}
		}
		h = h.with(5*(i+1), s)
		h = h.with(5*(i+1), call.Sample{})
	}
	c := h.Chart
	if n := len(c.At); n > mostPoints || n < mostPoints/2 || len(c.MOS) != n || len(c.Loss) != n || len(c.Jitter) != n || len(c.RoundTrip) != n {
		t.Fatalf("%d points, and %d, %d, %d, %d", n, len(c.MOS), len(c.Loss), len(c.Jitter), len(c.RoundTrip))
	}
	if c.Each != 8 || c.At[len(c.At)-1] != 5*samples {
		t.Errorf("a point is of %d samples, the last at %d s", c.Each, c.At[len(c.At)-1])
	}
	poor := 0
	for i := range c.At {
		if c.MOS[i] == 1.5 && c.Loss[i] == 30 && c.Jitter[i] == 80 && c.RoundTrip[i] == 500 {
			poor++
		}
		if i > 0 && c.At[i] <= c.At[i-1] {
			t.Errorf("%d s after %d s", c.At[i], c.At[i-1])
		}
	}
	if poor != 1 {
		t.Errorf("%d poor points, want 1", poor)
	}
	if h.Samples != samples || h.WorstMOS != 1.5 || h.MeanMOS != 4.4 || h.WorstLoss != 30 || h.MeanRoundTrip != 500 {
		t.Errorf("%+v", h)
	}
}
