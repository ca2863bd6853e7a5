package media

var (
	muToLinear, aToLinear [256]int16
	muToA, aToMu          [256]byte
)

func init() {
	for i := range 256 {
		muToLinear[i] = muLinear(byte(i))
		aToLinear[i] = aLinear(byte(i))
	}
	for i := range 256 {
		muToA[i] = linearToA(muToLinear[i])
		aToMu[i] = linearToMu(aToLinear[i])
	}
}

// linearToMu compresses a 16-bit sample, of which the upper 14 bits count (ITU-T G.711 table 2a).
func linearToMu(x int16) byte {
	code := byte(0x80)
	level := int(x) >> 2
	if x < 0 {
		code, level = 0, int(^x)>>2
	}
	level = min(level+33, 0x1FFF)
	segment := 0
	for i := level >> 6; i > 0; i >>= 1 {
		segment++
	}
	return code | byte((7-segment)<<4) | byte(0xF-(level>>(segment+1))&0xF)
}

func muLinear(code byte) int16 {
	inverted := ^code
	segment, mantissa := int(inverted>>4)&7, int(inverted)&0xF
	step := 8 << segment
	level := 0x80<<segment + step*mantissa + step/2 - 4*33
	if code < 0x80 {
		return int16(-level)
	}
	return int16(level)
}

// linearToA compresses a 16-bit sample, of which the upper 13 bits count (ITU-T G.711 table 1a).
func linearToA(x int16) byte {
	sign, level := byte(0x80), int(x)>>4
	if x < 0 {
		sign, level = 0, int(^x)>>4
	}
	if level > 15 {
		exponent := 1
		for ; level > 31; level >>= 1 {
			exponent++
		}
		level += exponent<<4 - 16
	}
	return (sign | byte(level)) ^ 0x55
}

func aLinear(code byte) int16 {
	bits := code ^ 0x55
	exponent, level := int(bits>>4)&7, int(bits)&0xF
	if exponent > 0 {
		level += 16
	}
	level = level<<4 + 8
	if exponent > 1 {
		level <<= exponent - 1
	}
	if bits < 0x80 {
		return int16(-level)
	}
	return int16(level)
}
