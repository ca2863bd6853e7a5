package media

import (
	"math"
	"math/bits"
	"math/cmplx"
)

// Ear listens to samples: it says how strong a frequency is and which one is the strongest.
type Ear struct {
	Rate int // samples a second; 0 means 8000
}

func (e Ear) rate() float64 {
	if e.Rate <= 0 {
		return SampleRate
	}
	return float64(e.Rate)
}

// Strength is the amplitude of a frequency in pcm, from 0 to 1 (a sine of full scale); it needs some 20 ms of
// sound. It is Goertzel's recurrence over a Hann window, so that neighbours 100 Hz away do not leak in.
func (e Ear) Strength(pcm []int16, hertz float64) float64 {
	n := len(pcm)
	if n < 2 {
		return 0
	}
	turn := 2 * math.Cos(2*math.Pi*hertz/e.rate())
	var s1, s2, weight float64
	for i, x := range pcm {
		w := hann(i, n)
		weight += w
		s1, s2 = w*float64(x)+turn*s1-s2, s1
	}
	power := s1*s1 + s2*s2 - turn*s1*s2
	return 2 * math.Sqrt(max(power, 0)) / weight / 32768
}

// Dominant is the strongest frequency above 50 Hz, in hertz to within a few, and its strength. In silence both are 0.
func (e Ear) Dominant(pcm []int16) (hertz, strength float64) {
	if len(pcm) < 64 {
		return 0, 0
	}
	n := min(1<<(bits.Len(uint(len(pcm)))-1), 1<<15)
	pcm = pcm[len(pcm)-n:]
	spectrum := make([]complex128, n)
	for i, x := range pcm {
		spectrum[i] = complex(hann(i, n)*float64(x), 0)
	}
	fft(spectrum)
	best, first := 0, int(50*float64(n)/e.rate())+1
	for i := first; i < n/2; i++ {
		if best == 0 || cmplx.Abs(spectrum[i]) > cmplx.Abs(spectrum[best]) {
			best = i
		}
	}
	if best == 0 || cmplx.Abs(spectrum[best]) == 0 {
		return 0, 0
	}
	hertz = (float64(best) + between(spectrum, best)) * e.rate() / float64(n)
	return hertz, e.Strength(pcm, hertz)
}

// Level is the root mean square of pcm, from 0 to 1.
func (e Ear) Level(pcm []int16) float64 {
	if len(pcm) == 0 {
		return 0
	}
	sum := 0.0
	for _, x := range pcm {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum/float64(len(pcm))) / 32768
}

func hann(i, n int) float64 { return 0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/float64(n)) }

// between is where a peak lies between two lines of the spectrum, -0.5 to 0.5, by a parabola through three.
func between(spectrum []complex128, i int) float64 {
	a, b, c := cmplx.Abs(spectrum[i-1]), cmplx.Abs(spectrum[i]), cmplx.Abs(spectrum[i+1])
	if curve := a - 2*b + c; curve != 0 {
		return (a - c) / curve / 2
	}
	return 0
}

// fft is the radix-2 transform, in place; the length is a power of two.
func fft(x []complex128) {
	n := len(x)
	shift := bits.UintSize - bits.Len(uint(n-1))
	for i := range x {
		if j := int(bits.Reverse(uint(i)) >> shift); i < j {
			x[i], x[j] = x[j], x[i]
		}
	}
	for size := 2; size <= n; size *= 2 {
		step := cmplx.Rect(1, -2*math.Pi/float64(size))
		for start := 0; start < n; start += size {
			butterfly(x[start:start+size], step)
		}
	}
}

func butterfly(x []complex128, step complex128) {
	half, w := len(x)/2, complex(1, 0)
	for k := range half {
		even, odd := x[k], x[k+half]*w
		x[k], x[k+half] = even+odd, even-odd
		w *= step
	}
}
