package media

import "math"

const (
	sincLobes  = 24  // zero crossings kept on each side
	kaiserBeta = 8.0 // stop band some 80 dB down
	passBand   = 0.95
)

// changeRate changes the rate by a windowed sinc, with a filter for each phase that the ratio of the rates has.
func changeRate(pcm []int16, from, to int) []int16 {
	if from == to {
		return pcm
	}
	divisor := gcd(from, to)
	up, down := to/divisor, from/divisor
	cut := passBand * min(1, float64(to)/float64(from))
	reach := int(math.Ceil(sincLobes / cut))
	filters := make([][]float32, up)
	out := make([]int16, len(pcm)*up/down)
	for i := range out {
		phase, centre := i*down%up, i*down/up
		if filters[phase] == nil {
			filters[phase] = sinc(float64(phase)/float64(up), cut, reach)
		}
		out[i] = convolve(pcm, filters[phase], centre-reach+1)
	}
	return out
}

// sinc is a low-pass for a sample that lies fraction behind the centre; cut is relative to half the rate.
func sinc(fraction, cut float64, reach int) []float32 {
	taps := make([]float64, 2*reach)
	sum := 0.0
	for i := range taps {
		x := float64(i-reach+1) - fraction
		taps[i] = kaiser(x / float64(reach))
		if x != 0 {
			taps[i] *= math.Sin(math.Pi*cut*x) / (math.Pi * cut * x)
		}
		sum += taps[i]
	}
	filter := make([]float32, len(taps))
	for i, t := range taps {
		filter[i] = float32(t / sum)
	}
	return filter
}

func kaiser(x float64) float64 {
	if x <= -1 || x >= 1 {
		return 0
	}
	return bessel(kaiserBeta*math.Sqrt(1-x*x)) / bessel(kaiserBeta)
}

// bessel is the modified Bessel function of order 0, by its power series.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > 1e-12*sum; k++ {
		term *= (x / 2 / k) * (x / 2 / k)
		sum += term
	}
	return sum
}

func convolve(pcm []int16, filter []float32, first int) int16 {
	var sum float32
	for i := max(0, -first); i < len(filter) && first+i < len(pcm); i++ {
		sum += filter[i] * float32(pcm[first+i])
	}
	return int16(min(max(math.Round(float64(sum)), -32768), 32767))
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
