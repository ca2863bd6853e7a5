package dtmf

import "math"

// wave is one sine as seen from the middle of a window: c cos(w n) + s sin(w n).
type wave struct{ w, c, s float64 }

func (v wave) amplitude() float64 { return math.Hypot(v.c, v.s) }

// phase is the angle of the wave in the middle of its window.
func (v wave) phase() float64 { return math.Atan2(-v.s, v.c) }

// pairOfWaves is what a key sends: the two sines that explain a window best, and what they leave unexplained.
type pairOfWaves struct {
	low, high wave
	rest      float64 // unexplained part of the energy, 0 to 1
}

// fit is the least-squares fit of two sines near the two frequencies (rad per sample) to the window. The
// frequencies are found from how the phases turn between the halves of the window.
func fit(x []float32, low, high float64) pairOfWaves {
	middle := len(x) / 2
	for range 2 {
		a, b := solve(x[:middle], low, high), solve(x[middle:], low, high)
		low += turned(a.low, b.low) / float64(middle)
		high += turned(a.high, b.high) / float64(middle)
	}
	return solve(x, low, high)
}

// turned is by how much b's phase is off from a's, given that they are half a window apart.
func turned(a, b wave) float64 {
	expected := a.w * half
	return math.Remainder(b.phase()-a.phase()-expected, 2*math.Pi)
}

// solve fits amplitudes and phases at two given frequencies. Around the middle of the window cosines and sines
// do not touch each other, so that two systems of two unknowns remain.
func solve(x []float32, low, high float64) pairOfWaves {
	n := float64(len(x))
	lc, ls := project(x, low)
	hc, hs := project(x, high)
	same, sum, diff := dirichlet(2*low, n), dirichlet(low+high, n), dirichlet(high-low, n)
	other := dirichlet(2*high, n)
	lowC, highC := two((n+same)/2, (diff+sum)/2, (n+other)/2, lc, hc)
	lowS, highS := two((n-same)/2, (diff-sum)/2, (n-other)/2, ls, hs)
	energy := 0.0
	for _, v := range x {
		energy += float64(v) * float64(v)
	}
	explained := lowC*lc + highC*hc + lowS*ls + highS*hs
	return pairOfWaves{
		low: wave{low, lowC, lowS}, high: wave{high, highC, highS},
		rest: max(0, energy-explained) / max(energy, 1),
	}
}

// dirichlet is the sum of cos(w n) over a window of so many samples around 0.
func dirichlet(w, n float64) float64 {
	if math.Abs(w) < 1e-9 {
		return n
	}
	return math.Sin(n*w/2) / math.Sin(w/2)
}

// two solves the symmetric system a p + b q = u, b p + d q = v.
func two(a, b, d, u, v float64) (p, q float64) {
	det := a*d - b*b
	if math.Abs(det) < 1e-9 {
		return 0, 0
	}
	return (u*d - v*b) / det, (v*a - u*b) / det
}

// project is the product of the window with a cosine and a sine around its middle.
func project(x []float32, w float64) (c, s float64) {
	start := -w * float64(len(x)-1) / 2
	sin, cos := math.Sincos(start)
	stepS, stepC := math.Sincos(w)
	for _, v := range x {
		c += float64(v) * cos
		s += float64(v) * sin
		cos, sin = cos*stepC-sin*stepS, sin*stepC+cos*stepS
	}
	return c, s
}

// likeness is how much of the fitted sound there is in x, whose first sample is at samples after the middle of
// the fitted window: near 1 while it goes on, near 0 without it.
func (p pairOfWaves) likeness(x []float32, at float64) float64 {
	product, own := 0.0, 0.0
	for i, v := range x {
		n := at + float64(i)
		ls, lc := math.Sincos(p.low.w * n)
		hs, hc := math.Sincos(p.high.w * n)
		expected := p.low.c*lc + p.low.s*ls + p.high.c*hc + p.high.s*hs
		product += float64(v) * expected
		own += expected * expected
	}
	if own == 0 {
		return 0
	}
	return min(1, max(0, product/own))
}
