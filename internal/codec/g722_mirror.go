package codec

// The quadrature mirror filters of ITU-T G.722 §5.2.1 (table 11) split 16 kHz into two bands of 8 kHz and join them
// again. The 24 coefficients are symmetrical; these are every second one, and backwards the others.
const (
	q0, q1, q2, q3, q4, q5   = 3, -11, 12, 32, -210, 951
	q6, q7, q8, q9, q10, q11 = 3876, -805, 362, -156, 53, -11
)

// chunk is how many samples of one band are worked on at a time: 20 ms.
const chunk = 160

const taps = 12

// phases are the two halves of a mirror filter: one sample of each per sample of a band, kept with the past ones.
type phases struct{ even, odd [taps - 1 + chunk]int32 }

// roll makes the last samples of n the past of the next chunk.
func (p *phases) roll(n int) {
	copy(p.even[:taps-1], p.even[n:n+taps-1])
	copy(p.odd[:taps-1], p.odd[n:n+taps-1])
}

// split is the lower and the upper band at a place.
func (p *phases) split(i int) (lower, upper int32) {
	e, o := forwards((*[taps]int32)(p.even[i:])), backwards((*[taps]int32)(p.odd[i:]))
	return saturate14((e + o) >> 14), saturate14((o - e) >> 14)
}

// join is the two samples of 16 kHz at a place; the even phase holds the sum of the bands, the odd their difference.
func (p *phases) join(i int) (first, second int16) {
	o, e := backwards((*[taps]int32)(p.odd[i:])), forwards((*[taps]int32)(p.even[i:]))
	return int16(saturate(o >> 11)), int16(saturate(e >> 11))
}

func forwards(x *[taps]int32) int32 {
	return x[0]*q0 + x[1]*q1 + x[2]*q2 + x[3]*q3 + x[4]*q4 + x[5]*q5 +
		x[6]*q6 + x[7]*q7 + x[8]*q8 + x[9]*q9 + x[10]*q10 + x[11]*q11
}

func backwards(x *[taps]int32) int32 {
	return x[0]*q11 + x[1]*q10 + x[2]*q9 + x[3]*q8 + x[4]*q7 + x[5]*q6 +
		x[6]*q5 + x[7]*q4 + x[8]*q3 + x[9]*q2 + x[10]*q1 + x[11]*q0
}

// saturate14 keeps a sample of a band within its 15 bits (ITU-T G.722 §6.1).
func saturate14(x int32) int32 { return min(max(x, -16384), 16383) }
