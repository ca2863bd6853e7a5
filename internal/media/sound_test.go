package media

import (
	"math"
	"testing"
)

func TestEar(t *testing.T) {
	for _, rate := range []int{8000, 48000} {
		ear := Ear{Rate: rate}
		pcm := make([]int16, rate/4)
		for i := range pcm {
			pcm[i] = int16(16384*math.Sin(2*math.Pi*697*float64(i)/float64(rate)) + 1638*math.Sin(2*math.Pi*1209*float64(i)/float64(rate)))
		}
		if hz, strength := ear.Dominant(pcm); math.Abs(hz-697) > 2 || math.Abs(strength-0.5) > 0.02 {
			t.Errorf("at %d: %.1f Hz of %.3f, want 697 of 0.5", rate, hz, strength)
		}
		if s := ear.Strength(pcm, 1209); math.Abs(s-0.05) > 0.005 {
			t.Errorf("at %d: 1209 Hz has %.4f, want 0.05", rate, s)
		}
		if s := ear.Strength(pcm, 900); s > 0.001 {
			t.Errorf("at %d: 900 Hz has %.4f, want none", rate, s)
		}
		if level := ear.Level(pcm); math.Abs(level-0.3553) > 0.005 {
			t.Errorf("at %d: level %.4f, want 0.355", rate, level)
		}
	}
	for _, pcm := range [][]int16{nil, make([]int16, 63), make([]int16, 8000)} {
		if hz, strength := (Ear{}).Dominant(pcm); hz != 0 || strength != 0 {
			t.Errorf("%d samples of silence: %.0f Hz of %.3f", len(pcm), hz, strength)
		}
	}
}
