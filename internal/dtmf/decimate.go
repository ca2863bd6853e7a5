package dtmf

import "math"

const (
	base    = 8000 // the rate of the analysis
	perSide = 12   // the low pass reaches this many samples at base to each side
)

// decimator brings 8, 16 or 48 kHz down to 8 kHz with a low pass of 3.6 kHz.
type decimator struct {
	factor int
	taps   []float32
	line   []float32 // the last len(taps) samples, twice over, so that a window is always in one piece
	at     int
	phase  int
}

func newDecimator(factor int) decimator {
	if factor == 1 {
		return decimator{factor: 1}
	}
	side := perSide * factor
	d := decimator{factor: factor, taps: make([]float32, 2*side+1), line: make([]float32, 2*(2*side+1))}
	cut, sum := 2*3600/float64(base*factor), 0.0
	shape := make([]float64, len(d.taps))
	for i := range shape {
		x := float64(i - side)
		window := 0.54 + 0.46*math.Cos(math.Pi*x/float64(side))
		shape[i] = window * sinc(cut*x)
		sum += shape[i]
	}
	for i := range shape {
		d.taps[i] = float32(shape[i] / sum)
	}
	return d
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// delay is how many samples at base the output lags.
func (d *decimator) delay() int64 {
	if d.factor == 1 {
		return 0
	}
	return perSide
}

// put takes one sample in; ok says that one comes out.
func (d *decimator) put(s int16) (out float32, ok bool) {
	if d.factor == 1 {
		return float32(s), true
	}
	n := len(d.taps)
	d.line[d.at], d.line[d.at+n] = float32(s), float32(s)
	d.at = (d.at + 1) % n
	d.phase++
	if d.phase < d.factor {
		return 0, false
	}
	d.phase = 0
	window := d.line[d.at : d.at+n]
	for i, tap := range d.taps {
		out += tap * window[i]
	}
	return out, true
}
