package codec

// g722Encoder is the encoder of ITU-T G.722 §3 and §6 at 64 kbit/s. At 8 kHz the sound is the lower band as it stands,
// and the upper is silence.
type g722Encoder struct {
	rate         int
	lower, upper band
	phases       phases
}

func newG722Encoder(rate int) *g722Encoder {
	return &g722Encoder{rate: rate, lower: newBand(32), upper: newBand(8)}
}

func (e *g722Encoder) Rate() int { return e.rate }

func (e *g722Encoder) String() string { return "encode G722 " + kilohertz(e.rate) }

// Encode makes one octet of two samples at 16 kHz, or of one at 8 kHz; an odd sample at the end is left out.
func (e *g722Encoder) Encode(dst []byte, pcm []int16) []byte {
	if e.rate == 8000 {
		return e.encodeNarrow(dst, pcm)
	}
	dst, codes := grow(dst, len(pcm)/2)
	for len(codes) > 0 {
		n := min(len(codes), chunk)
		e.encodeWide(codes[:n], pcm[:2*n])
		codes, pcm = codes[n:], pcm[2*n:]
	}
	return dst
}

func (e *g722Encoder) encodeWide(codes []byte, pcm []int16) {
	for i := range codes {
		e.phases.even[taps-1+i] = int32(pcm[2*i])
		e.phases.odd[taps-1+i] = int32(pcm[2*i+1])
	}
	for i := range codes {
		lower, upper := e.phases.split(i)
		codes[i] = e.codeUpper(upper)<<6 | e.codeLower(lower)
	}
	e.phases.roll(len(codes))
}

// upperSilence is what codeUpper makes of silence from the first sample on: its step stays the smallest, of which the
// code stands for nothing at all.
const upperSilence = 3

func (e *g722Encoder) encodeNarrow(dst []byte, pcm []int16) []byte {
	dst, codes := grow(dst, len(pcm))
	for i, x := range pcm {
		codes[i] = upperSilence<<6 | e.codeLower(int32(x)>>1)
	}
	return dst
}

// codeLower is blocks 1L, 2L and 3L of the recommendation.
func (e *g722Encoder) codeLower(x int32) byte {
	s := &e.lower
	difference := saturate(x - s.estimate)
	sign := difference >> 31
	size := difference ^ sign
	level := lowerLevel(size, s.step)
	code := 61 - level // positive differences: 61 down to 32
	if sign < 0 {
		code = lowerNegative(level)
	}
	code4 := code >> 2
	quantised := s.step * lower4[code4&15] >> 15
	s.rescale(lowerMove[code4&15], lowerTop, lowerOctaves)
	s.adapt(quantised)
	return byte(code)
}

// levelOf is the interval of the quantiser, 0 to 29, by the size of a difference for a step of 4096.
var levelOf [2920]byte

func init() {
	for _, level := range lowerLevels {
		for size := level; size < len(levelOf); size++ {
			levelOf[size]++
		}
	}
}

// lowerLevel is the interval of the quantiser that a difference of this size falls in: that of the largest decision
// level L with L·step/4096, rounded down, not above size.
func lowerLevel(size, step int32) int {
	return int(levelOf[min((uint32(size+1)<<12-1)/uint32(step), uint32(len(levelOf)-1))])
}

// lowerNegative is the code of an interval of negative differences: 63, 62, then 31 down to 4.
func lowerNegative(level int) int {
	if level < 2 {
		return 63 - level
	}
	return 33 - level
}

// codeUpper is blocks 1H, 2H and 3H of the recommendation.
func (e *g722Encoder) codeUpper(x int32) byte {
	s := &e.upper
	difference := saturate(x - s.estimate)
	sign := difference >> 31
	code := 3 + 2*sign // 3 or 1, and one less where the difference is large
	if difference^sign >= 564*s.step>>12 {
		code--
	}
	quantised := s.step * upper2[code&3] >> 15
	s.rescale(upperMove[code&3], upperTop, upperOctaves)
	s.adapt(quantised)
	return byte(code)
}
