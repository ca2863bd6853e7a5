package dtmf

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"parley/internal/tel"
)

const keys = "0123456789*#ABCD"

// press is one key as a test wants it: everything a line can do to it.
type press struct {
	key       string
	ms        float64
	low, high float64 // dBm0
	off       float64 // frequencies off by this share
}

func (p press) sound(rate int) []int16 {
	row, column := place(tel.Digit(p.key).Event())
	n := int(p.ms * float64(rate) / 1000)
	out := make([]int16, n)
	low, high := peak(p.low), peak(p.high)
	for i := range out {
		t := 2 * math.Pi * float64(i) / float64(rate) * (1 + p.off)
		v := low*math.Sin(lows[row]*t+0.3) + high*math.Sin(highs[column]*t+1.1)
		out[i] = clip(v)
	}
	return out
}

func clip(v float64) int16 { return int16(min(math.MaxInt16, max(math.MinInt16, v))) }

func silence(rate int, ms float64) []int16 { return make([]int16, int(ms*float64(rate)/1000)) }

func join(parts ...[]int16) (all []int16) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// noise adds white noise of so many dBm0.
func noise(pcm []int16, dBm0 float64, seed uint64) []int16 {
	random := rand.New(rand.NewPCG(seed, 7))
	out := make([]int16, len(pcm))
	deviation := peak(dBm0) / math.Sqrt2
	for i, s := range pcm {
		out[i] = clip(float64(s) + random.NormFloat64()*deviation)
	}
	return out
}

func detector(t testing.TB, rate int) *Detector {
	t.Helper()
	d, err := NewDetector(rate)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// heard feeds sound in frames of 20 ms, then 100 ms of silence, and returns what was found.
func heard(t testing.TB, rate int, pcm []int16) (found []Event) {
	t.Helper()
	d := detector(t, rate)
	pcm = join(pcm, silence(rate, 100))
	frame := rate / 50
	for len(pcm) > 0 {
		n := min(frame, len(pcm))
		found = append(found, d.Feed(pcm[:n])...)
		pcm = pcm[n:]
	}
	return found
}

func digits(events []Event) string {
	var b strings.Builder
	for _, e := range events {
		if e.Over {
			b.WriteString(string(e.Digit))
		}
	}
	return b.String()
}

// amplitudeAt is the amplitude of a sine of that frequency in pcm.
func amplitudeAt(pcm []int16, f float64, rate int) float64 {
	stepS, stepC := math.Sincos(2 * math.Pi * f / float64(rate))
	c, s, sin, cos := 0.0, 0.0, 0.0, 1.0
	for _, v := range pcm {
		c, s = c+float64(v)*cos, s+float64(v)*sin
		sin, cos = sin*stepC+cos*stepS, cos*stepC-sin*stepS
	}
	return 2 * math.Hypot(c, s) / float64(len(pcm))
}
