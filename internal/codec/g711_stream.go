package codec

type g711Encoder struct{ codec Codec }

func newG711Encoder(c Codec) *g711Encoder { return &g711Encoder{c} }

func (e *g711Encoder) Rate() int { return 8000 }

func (e *g711Encoder) String() string { return "encode " + e.codec.String() + " 8 kHz" }

func (e *g711Encoder) Encode(dst []byte, pcm []int16) []byte {
	dst, part := grow(dst, len(pcm))
	part = part[:len(pcm)]
	if e.codec == PCMA {
		for i, x := range pcm {
			part[i] = linearToA[uint16(x)>>4]
		}
		return dst
	}
	for i, x := range pcm {
		part[i] = linearToMu[uint16(x)>>2]
	}
	return dst
}

type g711Decoder struct {
	codec   Codec
	table   *[256]int16
	conceal concealer
}

func newG711Decoder(c Codec) *g711Decoder {
	d := &g711Decoder{codec: c, table: &muToLinear, conceal: newConcealer(8000)}
	if c == PCMA {
		d.table = &aToLinear
	}
	return d
}

func (d *g711Decoder) Rate() int { return 8000 }

func (d *g711Decoder) String() string { return "decode " + d.codec.String() + " 8 kHz, conceals" }

func (d *g711Decoder) Decode(dst []int16, payload []byte) []int16 {
	dst, part := grow(dst, len(payload))
	part = part[:len(payload)]
	for i, b := range payload {
		part[i] = d.table[b]
	}
	d.conceal.heard(part)
	return dst
}

func (d *g711Decoder) Conceal(dst []int16, samples int) []int16 {
	dst, part := grow(dst, samples)
	d.conceal.fill(part)
	return dst
}
