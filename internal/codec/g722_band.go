package codec

// Tables of ITU-T G.722 §6.2.1 and §6.2.2.
var (
	// inverse quantisers of the lower band for codes of 4, 5 and 6 bits (tables 17, 18 and 19)
	lower4 = [16]int32{0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0}
	lower5 = [32]int32{
		-280, -280, -23352, -17560, -14120, -11664, -9752, -8184, -6864, -5712, -4696, -3784, -2960, -2208, -1520, -880,
		23352, 17560, 14120, 11664, 9752, 8184, 6864, 5712, 4696, 3784, 2960, 2208, 1520, 880, 280, -280,
	}
	lower6 = [64]int32{
		-136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
		-7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
		24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
		4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
	}
	upper2 = [4]int32{-7408, -1616, 7408, 1616}

	// by how much a code moves the logarithm of the step
	lowerMove = [16]int32{-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60}
	upperMove = [4]int32{798, -214, 798, -214}

	// decision levels of the lower band (table 14)
	lowerLevels = [...]int{
		35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714,
		786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
	}

	// the fraction of an octave in 32 steps
	steps = [32]int32{
		2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
		2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
	}
)

// Limits and offsets of the two bands' steps (ITU-T G.722 §6.2.1.3 and §6.2.2.3).
const (
	lowerTop, lowerOctaves = 18432, 8
	upperTop, upperOctaves = 22528, 10
)

// band is the adaptive state of one sub-band, which encoder and decoder keep alike.
type band struct {
	step     int32    // of the quantiser
	log      int32    // its logarithm
	estimate int32    // of the next sample: poles and zeros together
	zeroPart int32    // what the zeros say
	a1, a2   int32    // coefficients of the poles
	r1       int32    // the last sample reconstructed, doubled
	sign1    int32    // of the last two partial reconstructions: 0 or -1
	sign2    int32    //
	b        [6]int32 // coefficients of the zeros
	d        [6]int32 // the last quantised differences, doubled, the youngest first
}

func newBand(step int32) band { return band{step: step} }

// rescale moves the step of the quantiser.
func (s *band) rescale(move, top int32, octaves int32) {
	s.log = min(max(s.log*127>>7+move, 0), top)
	shift := octaves - s.log>>11
	fraction := steps[s.log>>6&31]
	if shift < 0 {
		s.step = fraction << uint(-shift) << 2
		return
	}
	s.step = fraction >> uint(shift) << 2
}

// adapt takes the quantised difference of a sample and predicts the next one (block 4 of the recommendation).
func (s *band) adapt(difference int32) {
	reconstructed := saturate(2 * saturate(s.estimate+difference))
	sign := saturate(s.zeroPart+difference) >> 31
	s.poles(sign)
	s.zeros(difference)
	first := s.a1 * reconstructed >> 15
	second := s.a2 * s.r1 >> 15
	s.r1 = reconstructed
	s.sign2, s.sign1 = s.sign1, sign
	s.estimate = saturate(saturate(first+second) + s.zeroPart)
}

func (s *band) poles(sign int32) {
	same1, same2 := sign^s.sign1, sign^s.sign2 // 0 where the signs are alike, -1 where not
	w := -saturate(4 * s.a1)
	w = min((w^same1)-same1, 32767)
	a2 := w>>7 + (128 ^ same2 - same2) + s.a2*32512>>15
	a2 = min(max(a2, -12288), 12288)
	limit := 15360 - a2
	s.a1 = min(max((192^same1-same1)+s.a1*32640>>15, -limit), limit)
	s.a2 = a2
}

// zeros adapts the zeros and adds them up from the oldest to the youngest, with a limit after each, as FILTEZ does.
func (s *band) zeros(difference int32) {
	gain := int32(128)
	if difference == 0 {
		gain = 0
	}
	d, b := s.d, s.b
	newest := saturate(2 * difference)
	for i := range b {
		unlike := (d[i] ^ difference) >> 31
		b[i] = (gain ^ unlike) - unlike + b[i]*32640>>15
	}
	s.b = b
	s.d = [6]int32{newest, d[0], d[1], d[2], d[3], d[4]}
	sum5 := d[4] * b[5] >> 15
	sum4 := sum5 + d[3]*b[4]>>15
	sum3 := sum4 + d[2]*b[3]>>15
	sum2 := sum3 + d[1]*b[2]>>15
	sum1 := sum2 + d[0]*b[1]>>15
	sum0 := sum1 + newest*b[0]>>15
	const half = 1 << 15
	if uint32(sum4+half)|uint32(sum3+half)|uint32(sum2+half)|uint32(sum1+half) >= 1<<16 {
		sum0 = limited(&s.d, &b)
	}
	s.zeroPart = saturate(sum0)
}

// limited is the sum of the zeros where one on the way leaves the limits, which is rare.
func limited(d, b *[6]int32) int32 {
	sum := int32(0)
	for i := len(d) - 1; i >= 0; i-- {
		sum = saturate(sum + d[i]*b[i]>>15)
	}
	return sum
}

func saturate(x int32) int32 { return min(max(x, -32768), 32767) }
