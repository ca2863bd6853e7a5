// Package resample changes the sample rate of sound as it streams by.
package resample

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// ErrRates says that there is no resampler between two rates.
var ErrRates = errors.New("sample rates not possible")

// Limits of what New takes.
const (
	lowestRate  = 4000
	highestRate = 192000
	mostPhases  = 1000 // of the smallest fraction that the rates make
)

// Resampler takes 16-bit sound at one rate and gives it at another: flat to 0.9 of the lower rate's half within 0.5 dB,
// and 60 dB down from 1.1 of it on. It belongs to one goroutine.
type Resampler struct {
	from, to int
	filter   *filter
	sound    []int16 // what the filter still needs of the past, and then the chunk
	pairs    []int64 // sound, each sample with the one that stands a cycle later above it
	chunk    int     // samples taken at a time
	at       int     // place of the next output: inputs after the past's end …
	phase    int     // … and the phase there
}

// New makes a resampler between two rates, in samples a second, that make a fraction of no more than 1000 to 1000 and
// lie from 4000 to 192000.
func New(from, to int) (*Resampler, error) {
	if min(from, to) < lowestRate || max(from, to) > highestRate {
		return nil, fmt.Errorf("%w: %d to %d Hz", ErrRates, from, to)
	}
	divisor := gcd(from, to)
	up, down := to/divisor, from/divisor
	if max(up, down) > mostPhases {
		return nil, fmt.Errorf("%w: %d to %d Hz", ErrRates, from, to)
	}
	f := filterFor(up, down)
	chunk := 2 * down * max(1, 120/down)
	return &Resampler{
		from: from, to: to, filter: f, chunk: chunk,
		sound: make([]int16, f.length-1+chunk), pairs: make([]int64, f.length-1+chunk),
	}, nil
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// From is the rate of the sound taken.
func (r *Resampler) From() int { return r.from }

// To is the rate of the sound given.
func (r *Resampler) To() int { return r.to }

// Delay is how much later than it came in a sound comes out.
func (r *Resampler) Delay() time.Duration {
	return time.Duration(r.filter.delay / float64(r.from) * float64(time.Second))
}

// String is the stage and its settings, on one line.
func (r *Resampler) String() string {
	return fmt.Sprintf("resample %g to %g kHz", float64(r.from)/1000, float64(r.to)/1000)
}

// Resample appends to dst what pcm becomes. The number of samples is that of pcm times to/from, over time exactly.
func (r *Resampler) Resample(dst, pcm []int16) []int16 {
	for len(pcm) > 0 {
		n := min(len(pcm), r.chunk)
		dst = r.take(dst, pcm[:n])
		pcm = pcm[n:]
	}
	return dst
}

func (r *Resampler) take(dst, pcm []int16) []int16 {
	past := r.filter.length - 1
	copy(r.sound[past:], pcm)
	r.pair(past + len(pcm))
	if r.outputs(len(pcm)) > cap(dst)-len(dst) {
		dst = append(dst, make([]int16, r.outputs(len(pcm)))...)[:len(dst)]
	}
	dst = r.double(dst, len(pcm))
	dst = r.single(dst, len(pcm))
	r.at -= len(pcm)
	copy(r.sound[:past], r.sound[len(pcm):])
	return dst
}

// outputs is how many samples come of so many, or one more.
func (r *Resampler) outputs(n int) int { return n*r.filter.up/r.filter.down + 1 }

// pair puts two samples that stand a cycle apart into one word, so that one multiplication does for two.
func (r *Resampler) pair(n int) {
	sound, pairs := r.sound[:n], r.pairs[:n]
	near := max(n-r.filter.down, 0)
	far := sound[n-near:]
	for i, x := range sound[:near] {
		pairs[i] = int64(x) + int64(far[i])<<32
	}
	for i := near; i < n; i++ {
		pairs[i] = int64(sound[i])
	}
}

// double makes outputs two cycles at a time, while so much sound is there.
func (r *Resampler) double(dst []int16, n int) []int16 {
	f := r.filter
	for r.at+2*f.down <= n {
		start := len(dst)
		dst = dst[:start+2*f.up]
		first, second := dst[start:start+f.up], dst[start+f.up:]
		at, phase := r.at, r.phase
		for i := range first {
			low, high := f.apply(phase, r.pairs[at:])
			first[i], second[i] = low, high
			at += f.steps[phase]
			phase = f.following[phase]
		}
		r.at += 2 * f.down
	}
	return dst
}

// single makes the rest of the outputs one by one.
func (r *Resampler) single(dst []int16, n int) []int16 {
	f := r.filter
	for r.at < n {
		low, _ := f.apply(r.phase, r.pairs[r.at:])
		dst = append(dst, low)
		r.at += f.steps[r.phase]
		r.phase = f.following[r.phase]
	}
	return dst
}

func clip(x int32) int16 { return int16(min(max(x, math.MinInt16), math.MaxInt16)) }
