package dtmf

import "math"

const (
	hop    = 40      // samples between two looks: 5 ms
	half   = 2 * hop // 10 ms
	window = 2 * half
)

// Coarse limits of a look; the fit that follows is the exact one.
const (
	minShare = 0.5  // of the sound's energy, in one row and one column
	minTone  = 0.03 // of the sound's energy, in the weaker of the two
)

// scanner watches the energy at the eight frequencies, 5 ms at a time.
type scanner struct {
	turn   [8]float64 // 2 cos w of each frequency
	cos    [8]float64
	sin    [8]float64
	shift  [8]complex128    // turns a block to the time of the block before it
	blocks [4][8]complex128 // the last four blocks, oldest first
	energy [4]float64       // and their energy
}

func newScanner() scanner {
	var s scanner
	for i := range 8 {
		w := 2 * math.Pi * hertz(i) / base
		s.turn[i], s.cos[i], s.sin[i] = 2*math.Cos(w), math.Cos(w), math.Sin(w)
		// Goertzel ends on the phase of a block's last sample, hop later than that of the block before.
		sin, cos := math.Sincos(-w * hop)
		s.shift[i] = complex(cos, sin)
	}
	return s
}

func hertz(i int) float64 {
	if i < 4 {
		return lows[i]
	}
	return highs[i-4]
}

// put takes one block of 5 ms in. floor is the energy below which a block is not worth a look.
func (s *scanner) put(block []float32, floor float64) {
	copy(s.blocks[:], s.blocks[1:])
	copy(s.energy[:], s.energy[1:])
	energy := 0.0
	for _, x := range block {
		energy += float64(x) * float64(x)
	}
	s.energy[3] = energy
	if energy < floor {
		s.blocks[3] = [8]complex128{}
		return
	}
	var a, b [8]float64
	for _, x := range block {
		for i := range 8 {
			a[i], b[i] = float64(x)+s.turn[i]*a[i]-b[i], a[i]
		}
	}
	for i := range 8 {
		s.blocks[3][i] = complex(a[i]-s.cos[i]*b[i], s.sin[i]*b[i])
	}
}

// look names the row and column that hold the sound of the last 20 ms, when two of them do.
func (s *scanner) look(floor float64) (row, column int, ok bool) {
	total := s.energy[0] + s.energy[1] + s.energy[2] + s.energy[3]
	if total < floor {
		return 0, 0, false
	}
	var share [8]float64
	for i := range share {
		share[i] = (s.pair(0, i) + s.pair(2, i)) * 2 / half / total
	}
	row, column = loudest(share[:4]), loudest(share[4:])
	low, high := share[row], share[4+column]
	return row, column, low+high >= minShare && min(low, high) >= minTone
}

// pair is the energy at a frequency of two blocks taken as one of 10 ms.
func (s *scanner) pair(at, i int) float64 {
	sum := s.blocks[at][i] + s.blocks[at+1][i]*s.shift[i]
	return real(sum)*real(sum) + imag(sum)*imag(sum)
}

func loudest(of []float64) int {
	best := 0
	for i, v := range of {
		if v > of[best] {
			best = i
		}
	}
	return best
}
