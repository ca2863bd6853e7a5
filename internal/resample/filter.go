package resample

import (
	"math"
	"sync"
)

// Shape of the filters: a sinc in a Kaiser window, so long that 4 ms fit into one for 8 kHz, of which the delay is half.
const (
	tapsPerSample = 32   // of the lower rate
	kaiser        = 5.8  // beta of the window
	cutoff        = 0.98 // half amplitude, in halves of the lower rate
	unit          = 14   // bits of the fraction of a coefficient
)

// filter is a low-pass filter in up phases, shared by all resamplers of one fraction.
type filter struct {
	up, down  int
	length    int     // coefficients of a phase, a multiple of eight
	delay     float64 // in samples of the input
	phases    [][][8]int64
	steps     []int // by phase: how many inputs to go on to the next output
	following []int // by phase: the phase of the next output
}

var (
	filters     = map[[2]int]*filter{}
	filtersLock sync.Mutex
)

// filterFor is the filter of a fraction, made when first asked for.
func filterFor(up, down int) *filter {
	filtersLock.Lock()
	defer filtersLock.Unlock()
	if f := filters[[2]int{up, down}]; f != nil {
		return f
	}
	f := newFilter(up, down)
	filters[[2]int{up, down}] = f
	return f
}

func newFilter(up, down int) *filter {
	f := &filter{up: up, down: down, length: 8}
	if up != down {
		f.length = (tapsPerSample*max(up, down)/up + 7) / 8 * 8
	}
	for phase := range up {
		f.steps = append(f.steps, (phase+down)/up)
		f.following = append(f.following, (phase+down)%up)
	}
	f.design()
	return f
}

// design fills the phases: phase p is every up-th coefficient from p on, the oldest sample's first.
func (f *filter) design() {
	taps := tapsPerSample * max(f.up, f.down)
	if f.up == f.down {
		f.phases = [][][8]int64{{{7: 1 << unit}}}
		return
	}
	middle := float64(taps-1) / 2
	f.delay = middle / float64(f.up)
	width := cutoff / float64(max(f.up, f.down))
	for phase := range f.up {
		ideal := make([]float64, f.length)
		for k := range ideal {
			if at := phase + k*f.up; at < taps {
				x := float64(at) - middle
				ideal[f.length-1-k] = sinc(x*width) * window(x/(middle+1))
			}
		}
		f.phases = append(f.phases, quantise(ideal))
	}
}

// quantise makes whole numbers of coefficients, whose sum is exactly one, so that no phase is louder than another.
func quantise(ideal []float64) [][8]int64 {
	sum := 0.0
	for _, x := range ideal {
		sum += x
	}
	out, rest, largest := make([][8]int64, len(ideal)/8), int64(1<<unit), 0
	for i, x := range ideal {
		whole := int64(math.Round(x / sum * (1 << unit)))
		out[i/8][i%8] = whole
		rest -= whole
		if x > ideal[largest] {
			largest = i
		}
	}
	out[largest/8][largest%8] += rest
	return out
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// window is Kaiser's, for x from -1 to 1.
func window(x float64) float64 {
	return bessel(kaiser*math.Sqrt(max(0, 1-x*x))) / bessel(kaiser)
}

// bessel is the modified Bessel function of the first kind and order 0, by its series.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > 1e-12*sum; k++ {
		term *= x * x / (4 * k * k)
		sum += term
	}
	return sum
}

// apply is a phase applied to two stretches of sound at once: of each word, the lower and the upper 32 bits stay within
// their own sum, since coefficients and samples are small enough; what the lower borrows is given back at the end.
func (f *filter) apply(phase int, sound []int64) (low, high int16) {
	coefficients := f.phases[phase]
	sound = sound[:len(coefficients)*8]
	a, b := int64(1<<(unit-1)+1<<(unit-1+32)), int64(0)
	for i := range coefficients {
		c, x := &coefficients[i], (*[8]int64)(sound)
		a += c[0]*x[0] + c[1]*x[1] + c[2]*x[2] + c[3]*x[3]
		b += c[4]*x[4] + c[5]*x[5] + c[6]*x[6] + c[7]*x[7]
		sound = sound[8:]
	}
	a += b
	lower := int32(a)
	upper := int32((a - int64(lower)) >> 32)
	return clip(lower >> unit), clip(upper >> unit)
}
