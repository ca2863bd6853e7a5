package main

import (
	"math"
	"math/rand/v2"
)

// player adds a note to the tape: frequency in Hz, start and length in seconds, loudness about 0 to 1. All tones are
// sums of sines well under half the rate, so nothing aliases.
type player func(t *tape, frequency, start, length, gain float64)

// partial is a sine in a struck sound: its ratio to the note, its loudness, the seconds until it has fallen to 1/e.
type partial struct{ ratio, gain, decay float64 }

var (
	marimbaPartials = []partial{{1, 1, 0.42}, {2, 0.16, 0.3}, {3.93, 0.42, 0.16}, {9.2, 0.1, 0.04}}
	bassPartials    = []partial{{1, 1, 0.9}, {2, 0.75, 0.6}, {3, 0.5, 0.4}, {4, 0.3, 0.3}, {5, 0.16, 0.22}, {6, 0.08, 0.15}}
	blockPartials   = []partial{{1, 1, 0.018}, {1.48, 0.5, 0.012}}
)

func marimba(t *tape, frequency, start, length, gain float64) {
	slower := math.Pow(440/frequency, 0.4)
	strike(t, marimbaPartials, slower, 0.002, frequency, start, length+0.5, gain)
}

func bass(t *tape, frequency, start, length, gain float64) {
	strike(t, bassPartials, 1, 0.008, frequency, start, length, gain)
}

func woodblock(t *tape, frequency, start, length, gain float64) {
	strike(t, blockPartials, 1, 0.001, frequency, start, length, gain)
}

// strike sounds partials that start together and fade each at its own pace; attack in seconds.
func strike(t *tape, partials []partial, slower, attack, frequency, start, length, gain float64) {
	const release = 0.06
	for _, p := range partials {
		if frequency*p.ratio > rate*0.4 {
			continue
		}
		step := 2 * math.Pi * frequency * p.ratio
		t.add(start, length+release, func(at float64) float64 {
			envelope := math.Exp(-at/(p.decay*slower)) * math.Min(1, at/attack) * fadeOut(at, length, release)
			return gain * p.gain * envelope * math.Sin(step*at)
		})
	}
}

// electricPiano is a phase-modulated sine: a warm body that is brightest when struck,
// and the short bell of the tine; a slow tremolo moves both.
func electricPiano(t *tape, frequency, start, length, gain float64) {
	const release, attack, tremolo = 0.18, 0.004, 4.6
	w := 2 * math.Pi * frequency
	decay := 1.7 * math.Pow(330/frequency, 0.35)
	tine := 7.0
	if frequency*tine > rate*0.3 {
		tine = 4
	}
	t.add(start, length+release, func(at float64) float64 {
		body := math.Sin(w*at + (0.55+1.1*math.Exp(-at/0.45))*math.Sin(w*at))
		bell := 0.1 * math.Exp(-at/0.12) * math.Sin(w*tine*at)
		envelope := math.Exp(-at/decay) * math.Min(1, at/attack) * fadeOut(at, length, release)
		sway := 1 + 0.1*math.Sin(2*math.Pi*tremolo*(start+at))
		return gain * envelope * sway * (body + bell)
	})
}

// pad is a soft choir of detuned tones that swells and dies away.
func pad(t *tape, frequency, start, length, gain float64) {
	const swell, release = 0.7, 0.9
	for _, cents := range []float64{-6, 0, 7} {
		w := 2 * math.Pi * frequency * math.Pow(2, cents/1200)
		t.add(start, length+release, func(at float64) float64 {
			rise := math.Min(1, at/swell)
			envelope := rise * rise * (3 - 2*rise) * fadeOut(at, length, release)
			wave := math.Sin(w*at) + 0.45*math.Sin(2*w*at+cents) + 0.2*math.Sin(3*w*at) + 0.08*math.Sin(4*w*at+cents)
			return gain / 3 * envelope * wave
		})
	}
}

// brush is a short burst of noise, as of a brush on a drum or a shaker; bright is 0 to 1, decay in seconds.
func brush(t *tape, noise *rand.Rand, bright, decay, start, gain float64) {
	low, band := 0.0, 0.0
	cutoff := 2 * math.Sin(math.Pi*(1400+2600*bright)/rate)
	t.add(start, decay*6, func(at float64) float64 {
		high := noise.Float64()*2 - 1 - low - 1.1*band
		band += cutoff * high
		low += cutoff * band
		return gain * band * math.Exp(-at/decay) * math.Min(1, at/0.006)
	})
}

func fadeOut(at, length, release float64) float64 {
	if at <= length {
		return 1
	}
	left := math.Max(0, 1-(at-length)/release)
	return left * left
}

// frequencyOf is equal temperament at A4 = 440 Hz.
func frequencyOf(key int) float64 { return 440 * math.Pow(2, float64(key-69)/12) }
