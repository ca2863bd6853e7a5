package codec

// g722Decoder is the decoder of ITU-T G.722 §4 and §6 in mode 1, in which all eight bits of an octet are sound. At 8
// kHz it gives the lower band as it stands.
type g722Decoder struct {
	rate         int
	lower, upper band
	phases       phases
	conceal      concealer
	inverse      *[64]int32 // quantiser of the lower band, by its six bits, in the mode
}

func newG722Decoder(rate int) *g722Decoder {
	return &g722Decoder{
		rate: rate, lower: newBand(32), upper: newBand(8), conceal: newConcealer(rate), inverse: &lowerInverse[0],
	}
}

// lowerInverse are the inverse quantisers of modes 1, 2 and 3: six bits, of which the last one or two are data in modes 2
// and 3. Parley's streams are of mode 1 (RFC 3551 §4.5.2); the others hold the lower band to the vectors of the ITU-T.
var lowerInverse [3][64]int32

func init() {
	for i := range 64 {
		lowerInverse[0][i], lowerInverse[1][i], lowerInverse[2][i] = lower6[i], lower5[i>>1], lower4[i>>2]
	}
}

func (d *g722Decoder) Rate() int { return d.rate }

func (d *g722Decoder) String() string { return "decode G722 " + kilohertz(d.rate) + ", conceals" }

func (d *g722Decoder) Decode(dst []int16, payload []byte) []int16 {
	dst, pcm := grow(dst, len(payload)*d.rate/8000)
	if d.rate == 8000 {
		d.decodeNarrow(pcm, payload)
	} else {
		d.decodeWide(pcm, payload)
	}
	d.conceal.heard(pcm)
	return dst
}

func (d *g722Decoder) Conceal(dst []int16, samples int) []int16 {
	dst, pcm := grow(dst, samples)
	d.conceal.fill(pcm)
	return dst
}

func (d *g722Decoder) decodeWide(pcm []int16, codes []byte) {
	for len(codes) > 0 {
		n := min(len(codes), chunk)
		for i, code := range codes[:n] {
			lower, upper := d.takeLower(code&63), d.takeUpper(code>>6)
			d.phases.even[taps-1+i] = lower + upper
			d.phases.odd[taps-1+i] = lower - upper
		}
		for i := range n {
			pcm[2*i], pcm[2*i+1] = d.phases.join(i)
		}
		d.phases.roll(n)
		codes, pcm = codes[n:], pcm[2*n:]
	}
}

func (d *g722Decoder) decodeNarrow(pcm []int16, codes []byte) {
	for i, code := range codes {
		pcm[i] = int16(2 * d.takeLower(code&63))
	}
}

// takeLower is blocks 2L to 6L of the recommendation.
func (d *g722Decoder) takeLower(code byte) int32 {
	s := &d.lower
	sound := saturate14(s.estimate + s.step*d.inverse[code&63]>>15)
	code4 := code >> 2 & 15
	quantised := s.step * lower4[code4] >> 15
	s.rescale(lowerMove[code4], lowerTop, lowerOctaves)
	s.adapt(quantised)
	return sound
}

// takeUpper is blocks 2H to 5H of the recommendation.
func (d *g722Decoder) takeUpper(code byte) int32 {
	s := &d.upper
	quantised := s.step * upper2[code&3] >> 15
	sound := saturate14(s.estimate + quantised)
	s.rescale(upperMove[code&3], upperTop, upperOctaves)
	s.adapt(quantised)
	return sound
}
