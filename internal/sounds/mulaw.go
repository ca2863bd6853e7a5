package sounds

// muBias is what µ-law adds so that each of its segments is twice as long as the one below (ITU-T G.711 table 2a).
const (
	muBias = 33 << 2
	muTop  = 32635
)

// Compress gives samples in µ-law, half as large (ITU-T G.711).
func Compress(samples []int16) []byte {
	law := make([]byte, len(samples))
	for i, v := range samples {
		law[i] = compressOne(int32(v))
	}
	return law
}

func compressOne(v int32) byte {
	sign := byte(0)
	if v < 0 {
		sign, v = 0x80, -v
	}
	v = min(v, muTop) + muBias
	segment := 7
	for mask := int32(0x4000); segment > 0 && v&mask == 0; mask >>= 1 {
		segment--
	}
	return ^(sign | byte(segment<<4) | byte(v>>(segment+3)&0x0f))
}

// Expand gives the samples of µ-law.
func Expand(law []byte) []int16 {
	samples := make([]int16, len(law))
	for i, b := range law {
		b = ^b
		v := (int32(b&0x0f)<<3 + muBias) << (b >> 4 & 7)
		if v -= muBias; b&0x80 != 0 {
			v = -v
		}
		samples[i] = int16(v)
	}
	return samples
}
