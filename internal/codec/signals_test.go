package codec

import (
	"math"
	"math/rand/v2"
)

// tone is a sine of so many hertz.
func tone(rate, n int, frequency, loud float64) []int16 {
	out := make([]int16, n)
	for i := range out {
		out[i] = int16(math.Round(loud * math.Sin(2*math.Pi*frequency*float64(i)/float64(rate))))
	}
	return out
}

// babble sounds like a voice without words: syllables of pulses at a moving pitch through three moving resonances, with
// hisses and short gaps between.
func babble(rate, n int) []int16 {
	random := rand.New(rand.NewPCG(7, 11))
	out := make([]int16, n)
	var voice [3]resonance
	phase := 0.0
	for i := range out {
		at := float64(i) / float64(rate)
		syllable := at * 3.7
		part := syllable - math.Floor(syllable)
		phase += (125 + 30*math.Sin(2*math.Pi*0.7*at) - 25*part) / float64(rate)
		push := random.NormFloat64() * 0.02
		switch {
		case part > 0.85:
			push *= 0.1
		case part > 0.7:
			push *= 12
		case phase >= 1:
			push += 8 * math.Sin(math.Pi*part/0.7)
		}
		phase -= math.Floor(phase)
		vowel := math.Sin(1.9 * math.Floor(syllable))
		x := voice[0].pass(push, rate, 550+250*vowel, 90)
		x += 0.6 * voice[1].pass(push, rate, 1500-500*vowel, 120)
		x += 0.3 * voice[2].pass(push, rate, 2600+200*vowel, 180)
		out[i] = clip(float32(x * 1400 * float64(rate) / 16000 * 2))
	}
	return out
}

// resonance is a formant.
type resonance struct{ y1, y2 float64 }

func (r *resonance) pass(x float64, rate int, frequency, width float64) float64 {
	radius := math.Exp(-math.Pi * width / float64(rate))
	y := (1-radius)*x + 2*radius*math.Cos(2*math.Pi*frequency/float64(rate))*r.y1 - radius*radius*r.y2
	r.y1, r.y2 = y, r.y1
	return y
}

// hiss is white noise of so much power.
func hiss(n int, rms float64) []int16 {
	random := rand.New(rand.NewPCG(3, 5))
	out := make([]int16, n)
	for i := range out {
		out[i] = clip(float32(random.NormFloat64() * rms))
	}
	return out
}

func rms(pcm []int16) float64 {
	sum := 0.0
	for _, x := range pcm {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum / float64(max(len(pcm), 1)))
}

func decibel(ratio float64) float64 { return 20 * math.Log10(max(ratio, 1e-9)) }

// level is how loud a frequency is in pcm, as an amplitude (Goertzel with a Hann window).
func level(pcm []int16, rate int, frequency float64) float64 {
	var re, im float64
	for i, x := range pcm {
		w := 1 - math.Cos(2*math.Pi*float64(i)/float64(len(pcm)))
		a := 2 * math.Pi * frequency * float64(i) / float64(rate)
		re += w * float64(x) * math.Cos(a)
		im += w * float64(x) * math.Sin(a)
	}
	return 2 * math.Hypot(re, im) / float64(len(pcm))
}

// likeness is the signal-to-noise ratio of got against want in dB, at the delay up to so many samples that suits it best.
func likeness(want, got []int16, delays int) (best float64, delay int) {
	best = math.Inf(-1)
	for d := range delays {
		var signal, product, power float64
		for i := len(want) / 8; i+delays < min(len(want), len(got)); i++ {
			x, y := float64(want[i]), float64(got[i+d])
			signal += x * x
			product += x * y
			power += y * y
		}
		noise := signal + power - 2*product
		if snr := 10 * math.Log10(signal/max(noise, 1e-9)); snr > best {
			best, delay = snr, d
		}
	}
	return best, delay
}

// send passes pcm through the codec in frames of 20 ms and returns the packets.
func packets(e Encoder, pcm []int16) [][]byte {
	frame := e.Rate() / 50
	var out [][]byte
	for ; len(pcm) >= frame; pcm = pcm[frame:] {
		out = append(out, e.Encode(nil, pcm[:frame]))
	}
	return out
}

// hear decodes packets, and conceals those that lost says are lost.
func hear(d Decoder, sent [][]byte, lost func(i int) bool) []int16 {
	var out []int16
	for i, packet := range sent {
		if lost(i) {
			out = d.Conceal(out, d.Rate()/50)
			continue
		}
		out = d.Decode(out, packet)
	}
	return out
}

func never(int) bool { return false }
