package amd

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/dtmf/voices"
)

func clip(v float64) int16 { return int16(min(math.MaxInt16, max(math.MinInt16, v))) }

func silence(d time.Duration) []int16 { return make([]int16, int(d/time.Microsecond)*8/1000) }

// sines are some frequencies together, each of so many dBm0.
func sines(d time.Duration, dBm0 float64, hertz ...float64) []int16 {
	pcm := silence(d)
	peak := fullScale * math.Pow(10, dBm0/20)
	for i := range pcm {
		v := 0.0
		for _, f := range hertz {
			v += peak * math.Sin(2*math.Pi*f*float64(i)/8000)
		}
		pcm[i] = clip(v)
	}
	return pcm
}

func join(parts ...[]int16) (all []int16) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func again(n int, parts ...[]int16) (all []int16) {
	for range n {
		all = append(all, join(parts...)...)
	}
	return all
}

// noise adds white noise of so many dBm0.
func noise(pcm []int16, dBm0 float64, seed uint64) []int16 {
	random := rand.New(rand.NewPCG(seed, 3))
	out := make([]int16, len(pcm))
	deviation := fullScale / math.Sqrt2 * math.Pow(10, dBm0/20)
	for i, s := range pcm {
		out[i] = clip(float64(s) + random.NormFloat64()*deviation)
	}
	return out
}

// heard feeds the sound in frames of 20 ms.
func heard(t testing.TB, s Settings, pcm []int16) (found []Signal) {
	t.Helper()
	d, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	frame := d.settings.Rate / 50
	for len(pcm) >= frame {
		found = append(found, d.Feed(pcm[:frame])...)
		pcm = pcm[frame:]
	}
	return found
}

func verdict(found []Signal) (Signal, bool) {
	for _, s := range found {
		if s.Kind == Decided {
			return s, true
		}
	}
	return Signal{}, false
}

func beeps(found []Signal) (all []Signal) {
	for _, s := range found {
		if s.Kind == BeepEnded {
			all = append(all, s)
		}
	}
	return all
}

// say speaks, without the silence that programs put around speech.
func say(t testing.TB, v voices.Voice, text string) []int16 {
	t.Helper()
	pcm, err := v.Say(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	first, last := len(pcm), 0
	for i, s := range pcm {
		if s > 250 || s < -250 {
			first, last = min(first, i), i+1
		}
	}
	return pcm[min(first, last):last]
}
