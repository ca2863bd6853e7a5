package resample

import (
	"math"
	"testing"
)

// TestWhole keeps length, place and tone of a sound, and lets nothing fold into what can be heard.
func TestWhole(t *testing.T) {
	for _, rates := range [][2]int{{8000, 16000}, {16000, 8000}, {48000, 8000}, {44100, 16000}, {8000, 8000}} {
		from, to := rates[0], rates[1]
		tone := func(rate int, hertz float64) []int16 {
			pcm := make([]int16, rate)
			for i := range pcm {
				at := float64(i) / float64(rate)
				pcm[i] = int16(10000 * math.Sin(2*math.Pi*hertz*at) * math.Sin(math.Pi*at)) // swells and fades over its second
			}
			return pcm
		}
		got, err := Whole(tone(from, 440), from, to)
		if err != nil || len(got) != to {
			t.Fatalf("%d to %d: %d samples, %v", from, to, len(got), err)
		}
		want, wrong := tone(to, 440), 0.0
		for i, x := range got {
			wrong = max(wrong, math.Abs(float64(x)-float64(want[i])))
		}
		if wrong > 900 { // half a sample at 16 kHz; half a one at 8 kHz makes 1700
			t.Errorf("%d to %d: off by %.0f of 10000", from, to, wrong)
		}
		if from <= to {
			continue
		}
		folded, err := Whole(tone(from, 0.6*float64(to)), from, to)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range folded {
			if x > 20 || x < -20 {
				t.Fatalf("%d to %d: what is above half the rate leaves %d", from, to, x)
			}
		}
	}
	if _, err := Whole(nil, 8000, 1); err == nil {
		t.Error("an impossible rate is taken")
	}
}
