package dtmf

import (
	"fmt"
	"math"
	"testing"
	"time"

	"parley/internal/dtmf/voices"
	"parley/internal/tel"
)

func guard(t testing.TB, rate int) *Guard {
	t.Helper()
	g, err := NewGuard(rate)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// guarded is the sound behind a guard, in frames of 20 ms, with the delay taken off.
func guarded(t testing.TB, rate int, pcm []int16) ([]int16, []Event) {
	t.Helper()
	g := guard(t, rate)
	held := int(samples(rate, GuardDelay))
	all := join(pcm, make([]int16, held))
	var found []Event
	for rest := all; len(rest) > 0; {
		n := min(rate/50, len(rest))
		found = append(found, g.Pass(rest[:n])...)
		rest = rest[n:]
	}
	return all[held:], found
}

// loudestTone is the greatest dBm0 at any of the eight frequencies in any 5 ms.
func loudestTone(pcm []int16, rate int) float64 {
	worst := 0.0
	for piece := rate / 200; len(pcm) >= piece; pcm = pcm[piece/2:] {
		for i := range 8 {
			worst = max(worst, amplitudeAt(pcm[:piece], hertz(i), rate))
		}
	}
	return level(worst)
}

// TestGuardLeavesNothing keys every digit, at every position against the frames, and looks for the eight
// frequencies in what comes out: not even the first 5 ms of a tone pass.
func TestGuardLeavesNothing(t *testing.T) {
	for _, c := range []struct {
		name  string
		rate  int
		press press
		noise float64
		echo  bool
		most  float64 // dBm0 at any of the frequencies
	}{
		{"plain", 8000, press{ms: 100, low: -9, high: -7}, -90, false, -60},
		{"loud", 8000, press{ms: 100, low: -3, high: -3}, -90, false, -60},
		{"quiet", 8000, press{ms: 100, low: -30, high: -30}, -90, false, -60},
		{"short", 8000, press{ms: 40, low: -9, high: -7}, -90, false, -60},
		{"30 ms", 8000, press{ms: 30, low: -9, high: -7}, -90, false, -60},
		{"long", 8000, press{ms: 400, low: -9, high: -7}, -90, false, -60},
		{"off", 8000, press{ms: 60, low: -9, high: -7, off: 0.015}, -90, false, -60},
		{"twist", 8000, press{ms: 60, low: -7, high: -15}, -90, false, -60},
		{"16 kHz", 16000, press{ms: 60, low: -9, high: -7}, -90, false, -60},
		{"48 kHz", 48000, press{ms: 60, low: -9, high: -7}, -90, false, -60},
		{"echo", 8000, press{ms: 60, low: -9, high: -7}, -90, true, -60},
		{"15 dB of noise", 8000, press{ms: 60, low: -9, high: -7}, -22, false, -20},
		{"noise", 8000, press{ms: 60, low: -9, high: -7}, -30, false, -24}, // that of the noise itself
	} {
		t.Run(c.name, func(t *testing.T) {
			worst := -200.0
			for i, key := range keys {
				for shift := range 4 {
					c.press.key = string(key)
					pcm := join(silence(c.rate, 80+6*float64(shift)), c.press.sound(c.rate), silence(c.rate, 100))
					if c.echo {
						pcm = echoed(pcm)
					}
					out, _ := guarded(t, c.rate, noise(pcm, c.noise, uint64(i)))
					worst = max(worst, loudestTone(out, c.rate))
				}
			}
			t.Logf("at most %.1f dBm0 at the eight frequencies", worst)
			if worst > c.most {
				t.Errorf("%.1f dBm0 of a key pass the guard, at most %.1f may", worst, c.most)
			}
		})
	}
}

// TestGuardCardNumber keys a card number fast: all of it is found and none of it passes.
func TestGuardCardNumber(t *testing.T) {
	pcm, err := Append(nil, Settings{On: 70 * time.Millisecond, Off: 50 * time.Millisecond}, keysOf("4012888888881881#")...)
	if err != nil {
		t.Fatal(err)
	}
	out, found := guarded(t, 8000, join(silence(8000, 100), pcm))
	if got := digits(found); got != "4012888888881881#" {
		t.Errorf("found %q", got)
	}
	if worst := loudestTone(out, 8000); worst > -60 {
		t.Errorf("%.1f dBm0 pass", worst)
	}
}

func keysOf(text string) (keys []tel.Digit) {
	for _, key := range text {
		keys = append(keys, tel.Digit(key))
	}
	return keys
}

// TestGuardLetsSpeechThrough: speech before and after a key comes out as it went in, without a click.
func TestGuardLetsSpeechThrough(t *testing.T) {
	speech, err := voices.All()[0].Say(t.Context(), "My number is")
	if err != nil {
		t.Fatal(err)
	}
	key := press{key: "8", ms: 100, low: -9, high: -7}.sound(8000)
	pcm := join(speech, silence(8000, 50), key, silence(8000, 50), speech)
	in := join(pcm)
	out, _ := guarded(t, 8000, pcm)
	kept := len(speech) + 8*40
	for i := range in {
		inside := i > kept && i < len(in)-len(speech)
		if !inside && out[i] != in[i] {
			t.Fatalf("sample %d of %d is %d, was %d", i, len(in), out[i], in[i])
		}
		if inside && math.Abs(float64(out[i])) > 20 {
			t.Fatalf("sample %d is %d", i, out[i])
		}
	}
}

// TestGuardAllocatesNothing holds the rule for the path of every frame.
func TestGuardAllocatesNothing(t *testing.T) {
	g := guard(t, 16000)
	pcm := join(press{key: "1", ms: 60, low: -9, high: -7}.sound(16000), silence(16000, 60))
	if n := testing.AllocsPerRun(50, func() {
		for i := 0; i+320 <= len(pcm); i += 320 {
			g.Pass(pcm[i : i+320])
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if fmt.Sprint(g) == "" {
		t.Error("the guard does not print itself")
	}
	if _, err := NewGuard(11025); err == nil {
		t.Error("11025 Hz are taken")
	}
}
