package codec

import (
	"fmt"
	"math"
)

// Quietest is the lowest level of noise that RFC 3389 §3.1 can name, in dB below the overload point.
const Quietest = 127

// Noise makes comfort noise as loud as a background: as loud as a comfort-noise packet says, or as what it has heard.
// It is silent until then, and belongs to one goroutine.
type Noise struct {
	power  float64 // of the background, samples squared; 0 is silence
	lowest float64 // power of the quietest stretch since the last estimate
	heard  int     // stretches since then
	state  uint32  // of the random numbers
}

// stretches of 20 ms make an estimate: half a second, in which speech leaves a gap.
const stretches = 25

// NewNoise is noise for sound of any rate.
func NewNoise() *Noise { return &Noise{state: 0x9E3779B9} }

// Hear learns how loud the background is from sound that came, given by the mean square of each 20 ms: the quietest of
// half a second is taken for it. Stretches of no sound at all tell nothing.
func (n *Noise) Hear(power int64) {
	if power > 0 {
		n.look(float64(power))
	}
}

// look believes at once that it is quieter than thought, and after half a second that it is louder.
func (n *Noise) look(power float64) {
	if n.heard == 0 || power < n.lowest {
		n.lowest = power
	}
	n.power = min(n.power, power)
	n.heard++
	if n.heard == stretches {
		n.power, n.heard = n.lowest, 0
	}
}

// SetLevel takes the level of a comfort-noise packet: its first octet, in dB below the overload point, 0 to 127 (RFC
// 3389 §3.1), of which 127 is silence here.
func (n *Noise) SetLevel(level uint8) {
	n.heard, n.power = 0, 0
	if level &= 0x7F; level < Quietest {
		n.power = overload * math.Pow(10, -float64(level)/10)
	}
}

// overload is the power of the overload point: of a square wave of the largest samples.
const overload = 32768 * 32768

// Level is the loudness of the noise as a comfort-noise packet says it (RFC 3389 §3.1).
func (n *Noise) Level() uint8 {
	if n.power <= 0 {
		return Quietest
	}
	return uint8(min(max(math.Round(-10*math.Log10(n.power/overload)), 0), Quietest))
}

// Fill appends so many samples of noise.
func (n *Noise) Fill(dst []int16, samples int) []int16 {
	dst, pcm := grow(dst, samples)
	if n.power <= 0 {
		clear(pcm)
		return dst
	}
	// A sum of two even distributions of width w has a power of w²/6, and is softer to the ear than one.
	scale := int64(math.Round(math.Sqrt(6*n.power) * 65536))
	for i := range pcm {
		n.state ^= n.state << 13
		n.state ^= n.state >> 17
		n.state ^= n.state << 5
		triangle := int64(n.state&0xFFFF) - int64(n.state>>16)
		pcm[i] = int16(min(max((triangle*scale+1<<31)>>32, math.MinInt16), math.MaxInt16))
	}
	return dst
}

// String is the stage and its settings, on one line.
func (n *Noise) String() string { return fmt.Sprintf("noise at -%d dBov", n.Level()) }
