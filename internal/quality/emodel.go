package quality

import (
	"math"
	"strings"
	"time"
)

// Values of the E-model that follow from its default parameters (ITU-T G.107 table 2: SLR 8, RLR 2, TELR 65, WEPL
// 110, Ds 3, room noise of 35 dB(A) on both sides …). With them and no delay and no loss R is 93.2.
const (
	ro   = 94.77 // basic signal-to-noise ratio
	is   = 1.41  // simultaneous impairment
	telr = 65.0  // talker echo loudness rating, dB
	wepl = 110.0 // weighted echo path loss, dB
)

// codec is what a codec does to speech on the scale of narrow-band telephony.
type codec struct {
	ie  float64 // equipment impairment without loss
	bpl float64 // robustness against loss
}

// plain is G.711 with concealment: Ie 0, Bpl 25.1 (ITU-T G.113 appendix I table I.4; without concealment Bpl is 4.3).
var plain = codec{ie: 0, bpl: 25.1}

// impairment gives the values of a codec by its SDP name. G.722 and Opus are rated in the tables only on the scales of
// the wide-band (G.107.1) and full-band E-model (G.107.2), on which G.711 itself is impaired. On the narrow-band scale,
// which ends where they begin, neither is worse than G.711 without loss: Ie 0. Under random loss Opus has Bpl 11.28
// (25 kbit/s; Alahmadi, Pocta, Melvin, ACM TOMM 17(4) 133, 2021); G.722, with no value of its own, is taken as G.711.
// Losses that Opus mends by its own correction (FEC) are not to be counted as lost.
func impairment(name string) codec {
	switch strings.ToUpper(name) {
	case "G729", "G729A": // G.113 appendix I
		return codec{ie: 11, bpl: 19}
	case "OPUS":
		return codec{ie: 0, bpl: 11.28}
	default:
		return plain
	}
}

// Path is what the E-model needs to know of one direction.
type Path struct {
	Codec   string        // SDP name
	Loss    float64       // percent of packets not heard, 0 to 100
	Bursts  float64       // mean length of a loss over that of a random one, at least 1 (BurstR of G.107 §7.5)
	Delay   time.Duration // from mouth to ear
	Advance float64       // advantage factor A, 0 to 20; 0 for fixed telephony
}

// R is the transmission rating of a path, 0 to 100 (ITU-T G.107 §7.1).
func (p Path) R() float64 {
	ms := max(0, float64(p.Delay)/float64(time.Millisecond))
	r := ro - is - talkerEcho(ms) - listenerEcho(2*ms) - absoluteDelay(ms) - p.equipment() + p.Advance
	return max(0, min(r, 100))
}

// MOS is the mean opinion score of a path, 1 to 4.5 (ITU-T G.107 annex B).
func (p Path) MOS() float64 { return MOS(p.R()) }

// MOS turns a transmission rating into a mean opinion score (ITU-T G.107 annex B). Ratings below 6.5 would fall
// below 1.
func MOS(r float64) float64 {
	switch {
	case r <= 0:
		return 1
	case r >= 100:
		return 4.5
	}
	return max(1, 1+0.035*r+r*(r-60)*(100-r)*7e-6)
}

// equipment is Ie-eff: the codec's impairment under loss (ITU-T G.107 §7.5).
func (p Path) equipment() float64 {
	c := impairment(p.Codec)
	loss := max(0, min(p.Loss, 100))
	return c.ie + (95-c.ie)*loss/(loss/max(1, p.Bursts)+c.bpl)
}

// absoluteDelay is Idd for a delay in ms (ITU-T G.107 §7.4).
func absoluteDelay(ms float64) float64 {
	if ms <= 100 {
		return 0
	}
	x := math.Log2(ms / 100)
	return 25 * (math.Pow(1+math.Pow(x, 6), 1./6) - 3*math.Pow(1+math.Pow(x/3, 6), 1./6) + 2)
}

// talkerEcho is Idte for a one-way delay in ms (ITU-T G.107 §7.4), which comes out
// slightly negative below 3 ms: no echo is no gain.
func talkerEcho(ms float64) float64 {
	terv := telr - 40*math.Log10((1+ms/10)/(1+ms/150)) + 6*math.Exp(-0.3*ms*ms)
	half := (ro - (80 + 2.5*(terv-14))) / 2
	return max(0, half+math.Sqrt(half*half+100)-1) * (1 - math.Exp(-ms))
}

// listenerEcho is Idle for a round trip in ms (ITU-T G.107 §7.4).
func listenerEcho(ms float64) float64 {
	half := (ro - 10.5*(wepl+7)*math.Pow(ms+1, -0.25)) / 2
	return half + math.Sqrt(half*half+169)
}
