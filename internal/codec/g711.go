package codec

import "math/bits"

// Only the upper 14 bits of a sample count in mu-law and the upper 13 in A-law, so these small tables hold every sample.
var (
	linearToMu            [1 << 14]byte
	linearToA             [1 << 12]byte
	muToLinear, aToLinear [256]int16
	muToA, aToMu          [256]byte
)

func init() {
	for i := range linearToMu {
		linearToMu[i] = muCode(int16(i << 2))
	}
	for i := range linearToA {
		linearToA[i] = aCode(int16(i << 4))
	}
	for i := range 256 {
		muToLinear[i] = muSample(byte(i))
		aToLinear[i] = aSample(byte(i))
		muToA[i] = aCode(muToLinear[i])
	}
	for i := range 256 {
		aToMu[i] = muCode(aToLinear[i])
	}
}

// muCode compresses a 16-bit sample, of which the upper 14 bits count (ITU-T G.711 table 2a).
func muCode(x int16) byte {
	code, level := byte(0x80), int(x)>>2
	if x < 0 {
		code, level = 0, int(^x)>>2
	}
	level = min(level+33, 0x1FFF)
	segment := bits.Len(uint(level >> 6))
	return code | byte((7-segment)<<4) | byte(0xF-(level>>(segment+1))&0xF)
}

func muSample(code byte) int16 {
	inverted := ^code
	segment, mantissa := int(inverted>>4)&7, int(inverted)&0xF
	step := 8 << segment
	level := 0x80<<segment + step*mantissa + step/2 - 4*33
	if code < 0x80 {
		return int16(-level)
	}
	return int16(level)
}

// aCode compresses a 16-bit sample, of which the upper 13 bits count (ITU-T G.711 table 1a).
func aCode(x int16) byte {
	sign, level := byte(0x80), int(x)>>4
	if x < 0 {
		sign, level = 0, int(^x)>>4
	}
	if level > 15 {
		exponent := max(1, bits.Len(uint(level))-4)
		level = level>>(exponent-1) + exponent<<4 - 16
	}
	return (sign | byte(level)) ^ 0x55
}

func aSample(code byte) int16 {
	inverted := code ^ 0x55
	exponent, level := int(inverted>>4)&7, int(inverted)&0xF
	if exponent > 0 {
		level += 16
	}
	level = level<<4 + 8
	if exponent > 1 {
		level <<= exponent - 1
	}
	if inverted < 0x80 {
		return int16(-level)
	}
	return int16(level)
}

// Silence is the octet of G.711 for a sample without sound, and 0 for codecs that have none.
func (c Codec) Silence() byte {
	switch c {
	case PCMU:
		return 0xFF
	case PCMA:
		return 0xD5
	default:
		return 0
	}
}

// Transcode appends payload, written in one law of G.711, to dst in the other, octet by octet, and reports whether both
// codecs are of G.711; otherwise dst stays as it is.
func Transcode(dst, payload []byte, from, to Codec) ([]byte, bool) {
	switch {
	case !from.companded() || !to.companded():
		return dst, false
	case from == to:
		return append(dst, payload...), true
	case to == PCMA:
		return translate(dst, payload, &muToA), true
	default:
		return translate(dst, payload, &aToMu), true
	}
}

func (c Codec) companded() bool { return c == PCMU || c == PCMA }

func translate(dst, payload []byte, table *[256]byte) []byte {
	dst, part := grow(dst, len(payload))
	for i, b := range payload {
		part[i] = table[b]
	}
	return dst
}

// grow makes dst longer by n and returns it with the new part, whose content is whatever the memory held.
func grow[E any](dst []E, n int) (whole, part []E) {
	length := len(dst)
	if cap(dst)-length < n {
		dst = append(dst, make([]E, n)...)
	}
	dst = dst[:length+n]
	return dst, dst[length:]
}
