package main

import "math"

// rate at which the piece is made, in samples a second; it is brought down to telephone rates at the end.
const rate = 32000

// tape is a loop: what sounds past its end is heard at its beginning.
type tape struct{ samples []float64 }

// newTape makes a silent loop, rounded to whole hundredths of a second so that it is a whole number of samples at
// telephone rates too: a part of a sample would be a click at the seam.
func newTape(seconds float64) *tape {
	return &tape{samples: make([]float64, int(math.Round(seconds*100))*rate/100)}
}

// add mixes in a wave, a function of seconds since its start.
func (t *tape) add(start, length float64, wave func(at float64) float64) {
	first := int(math.Round(start * rate))
	for i := range int(length * rate) {
		at := (first + i) % len(t.samples)
		if at < 0 {
			at += len(t.samples)
		}
		t.samples[at] += wave(float64(i) / rate)
	}
}

// mix adds another tape of the same length.
func (t *tape) mix(other *tape, gain float64) {
	for i, v := range other.samples {
		t.samples[i] += gain * v
	}
}

// room returns the sound of a small room around the tape: combs in parallel, then two all-passes in a row, after
// M. R. Schroeder, "Natural Sounding Artificial Reverberation" (1962). The loop runs through twice and the second
// round is kept, so that the end is heard in the beginning.
func (t *tape) room() *tape {
	out := &tape{samples: make([]float64, len(t.samples))}
	for _, delay := range []float64{0.0297, 0.0371, 0.0411, 0.0437} {
		out.mix(&tape{samples: comb(t.samples, int(delay*rate), 0.76)}, 0.25)
	}
	for _, delay := range []float64{0.005, 0.0017} {
		out.samples = allPass(out.samples, int(delay*rate), 0.7)
	}
	return out
}

// comb is an echo that feeds itself, duller each time.
func comb(in []float64, delay int, feedback float64) []float64 {
	line := make([]float64, delay)
	out := make([]float64, len(in))
	dull := 0.0
	for i := range 2 * len(in) {
		v := line[i%delay]
		dull += 0.6 * (v - dull)
		line[i%delay] = in[i%len(in)] + feedback*dull
		out[i%len(in)] = v
	}
	return out
}

func allPass(in []float64, delay int, gain float64) []float64 {
	line := make([]float64, delay)
	out := make([]float64, len(in))
	for i := range 2 * len(in) {
		held := line[i%delay]
		v := in[i%len(in)] + gain*held
		line[i%delay] = v
		out[i%len(in)] = held - gain*v
	}
	return out
}

// even brings loud and soft passages of the loop nearer to each other: a slow compressor whose ear is the power of
// the last half second, ratio 2:1 around the mean.
func (t *tape) even() {
	mean := 0.0
	for _, v := range t.samples {
		mean += v * v / float64(len(t.samples))
	}
	ear, blend := mean, 1/(0.5*rate)
	for i := range 2 * len(t.samples) {
		at := i % len(t.samples)
		v := t.samples[at]
		if i < len(t.samples) {
			ear += blend * (v*v - ear)
			continue
		}
		ear += blend * (v*v - ear)
		t.samples[at] = v * math.Pow(mean/(ear+mean/50), 0.2)
	}
}
