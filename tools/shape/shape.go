// Package shape finishes sound for the telephone: resampling, filtering, trimming, levelling. Samples are floats
// with full scale at ±1.
package shape

import "math"

// taps is half the length of the interpolating filter, in periods of the lower rate; perSample is how finely the
// filter is tabulated.
const (
	taps      = 24
	perSample = 512
)

// Resample turns samples taken at one rate into samples at another, with everything above 45 % of the lower rate
// filtered away.
func Resample(in []float64, from, to float64) []float64 {
	if from == to {
		return append([]float64(nil), in...)
	}
	cut := 0.9 * math.Min(1, to/from)
	reach := taps / cut
	kernel := tabulate(cut, reach)
	out := make([]float64, int(float64(len(in))*to/from))
	for i := range out {
		at := float64(i) * from / to
		first, last := max(int(math.Ceil(at-reach)), 0), min(int(math.Floor(at+reach)), len(in)-1)
		sum := 0.0
		for k := first; k <= last; k++ {
			sum += in[k] * kernel[int(math.Abs(at-float64(k))*perSample+0.5)]
		}
		out[i] = sum
	}
	return out
}

// tabulate is one side of a sinc under a Blackman window.
func tabulate(cut, reach float64) []float64 {
	kernel := make([]float64, int(reach*perSample)+2)
	kernel[0] = cut
	for i := 1; i < len(kernel); i++ {
		x := float64(i) / perSample
		window := 0.42 + 0.5*math.Cos(math.Pi*x/reach) + 0.08*math.Cos(2*math.Pi*x/reach)
		kernel[i] = window * math.Sin(math.Pi*x*cut) / (math.Pi * x)
	}
	return kernel
}

// ResampleLoop is Resample for a sound whose end runs into its beginning.
func ResampleLoop(in []float64, from, to float64) []float64 {
	lead := int(from / 10)
	padded := append([]float64(nil), in[len(in)-lead:]...)
	padded = append(append(padded, in...), in[:lead]...)
	out := Resample(padded, from, to)
	skip := int(float64(lead) * to / from)
	return out[skip : skip+int(float64(len(in))*to/from)]
}

// HighPass takes away what lies below the corner frequency, 12 dB an octave (a second-order Butterworth filter).
func HighPass(in []float64, rate, corner float64) []float64 {
	w := 2 * math.Pi * corner / rate
	alpha := math.Sin(w) / math.Sqrt2
	a0 := 1 + alpha
	b0, b1 := (1+math.Cos(w))/2/a0, -(1+math.Cos(w))/a0
	a1, a2 := -2*math.Cos(w)/a0, (1-alpha)/a0
	out := make([]float64, len(in))
	var x1, x2, y1, y2 float64
	for i, x := range in {
		y := b0*x + b1*x1 + b0*x2 - a1*y1 - a2*y2
		x2, x1, y2, y1 = x1, x, y1, y
		out[i] = y
	}
	return out
}

// Trim cuts the silence off both ends: all that is quieter than 40 dB under the peak, but for a short margin that
// fades in and out.
func Trim(in []float64, rate float64) []float64 {
	limit := Peak(in) / 100
	first, last := 0, len(in)-1
	for first < last && math.Abs(in[first]) < limit {
		first++
	}
	for last > first && math.Abs(in[last]) < limit {
		last--
	}
	margin := int(0.03 * rate)
	out := append([]float64(nil), in[max(0, first-margin):min(len(in), last+margin)]...)
	fade := min(int(0.01*rate), len(out)/2)
	for i := range fade {
		gain := float64(i) / float64(fade)
		out[i] *= gain
		out[len(out)-1-i] *= gain
	}
	return out
}

// Level brings the loud parts of a sound to the given RMS level in dBFS and bends peaks so that none passes the
// ceiling. The loud parts are the stretches of 20 ms within 25 dB of the loudest; pauses do not count.
func Level(in []float64, rate, rms, ceiling float64) []float64 {
	gain := dB(rms) / ActiveRMS(in, rate)
	top := dB(ceiling)
	knee := top / 2
	out := make([]float64, len(in))
	for i, v := range in {
		v *= gain
		if over := math.Abs(v) - knee; over > 0 {
			v = math.Copysign(knee+(top-knee)*math.Tanh(over/(top-knee)), v)
		}
		out[i] = v
	}
	return out
}

// ActiveRMS is the RMS of the loud parts of a sound (see Level); 1 for silence, so that silence stays silence.
func ActiveRMS(in []float64, rate float64) float64 {
	step := int(rate / 50)
	var powers []float64
	loudest := 0.0
	for ; len(in) >= step; in = in[step:] {
		sum := 0.0
		for _, v := range in[:step] {
			sum += v * v
		}
		powers = append(powers, sum/float64(step))
		loudest = max(loudest, sum/float64(step))
	}
	total, count := 0.0, 0
	for _, p := range powers {
		if p > loudest/316 {
			total += p
			count++
		}
	}
	if total == 0 {
		return 1
	}
	return math.Sqrt(total / float64(count))
}

// Peak is the largest magnitude.
func Peak(in []float64) float64 {
	peak := 0.0
	for _, v := range in {
		peak = max(peak, math.Abs(v))
	}
	return peak
}

// Quantise turns floats into 16 bit samples; what lies beyond full scale is clipped.
func Quantise(in []float64) []int16 {
	out := make([]int16, len(in))
	for i, v := range in {
		out[i] = int16(math.Round(32767 * max(-1, min(1, v))))
	}
	return out
}

func dB(level float64) float64 { return math.Pow(10, level/20) }
