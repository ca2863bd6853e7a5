package media

import "math"

// noise is the quiet of a far side that pauses: as strong as the weakest sound heard of late.
type noise struct {
	seed      uint32
	floor     int64 // mean square
	amplitude int32
	frames    int
	weakest   int64
}

const (
	noiseWindow = 50        // frames in which the weakest is looked for
	noiseLimit  = 100 * 100 // mean square: -50 dB of full scale, so that no voice is taken for noise
)

// learn takes the strength of one frame.
func (n *noise) learn(strength int64) {
	if strength > 0 && (n.weakest == 0 || strength < n.weakest) {
		n.weakest = strength
	}
	if n.frames++; n.frames < noiseWindow {
		return
	}
	if n.weakest > 0 {
		n.floor = min(n.weakest, noiseLimit)
		n.amplitude = int32(math.Sqrt(3 * float64(n.floor))) // of a uniform distribution
	}
	n.frames, n.weakest = 0, 0
}

// fill appends so many samples.
func (n *noise) fill(dst []int16, samples int) []int16 {
	for range samples {
		n.seed = n.seed*1664525 + 1013904223
		x := int32(n.seed>>16) - 32768
		dst = append(dst, int16(x*n.amplitude>>15))
	}
	return dst
}
