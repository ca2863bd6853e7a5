package codec

import (
	"math"
	"testing"
)

func TestNoiseIsAsLoudAsThePacketSays(t *testing.T) {
	n := NewNoise()
	if got := n.Fill([]int16{3}, 160); len(got) != 161 || rms(got[1:]) != 0 || n.Level() != Quietest {
		t.Errorf("noise of nothing: %g at level %d", rms(got[1:]), n.Level())
	}
	for _, level := range []uint8{20, 40, 60, 78} {
		n.SetLevel(level | 0x80) // the first bit means nothing
		got := n.Fill(nil, 16000)
		want := 32768 * math.Pow(10, -float64(level)/20)
		if d := decibel(rms(got) / want); math.Abs(d) > 0.6 || n.Level() != level {
			t.Errorf("level %d: %.2f dB off, says %d", level, d, n.Level())
		}
		if s := n.String(); level == 40 && s != "noise at -40 dBov" {
			t.Error(s)
		}
		even := decibel(level2(got, 500, 1500) / level2(got, 2500, 3500))
		if level < 70 && math.Abs(even) > 2 {
			t.Errorf("level %d: low and high sound differ by %.1f dB", level, even)
		}
	}
	n.SetLevel(Quietest)
	if rms(n.Fill(nil, 160)) != 0 {
		t.Error("the quietest level is not silence")
	}
}

// level2 is how loud a range of frequencies is at 8 kHz.
func level2(pcm []int16, from, to float64) float64 {
	sum := 0.0
	for f := from; f < to; f += 7 {
		l := level(pcm[:4000], 8000, f)
		sum += l * l
	}
	return math.Sqrt(sum)
}

// TestBackgroundIsFoundUnderSpeech: the estimate follows the noise, whatever is said over it.
func TestBackgroundIsFoundUnderSpeech(t *testing.T) {
	for _, rate := range []int{8000, 16000, 48000} {
		voice := babble(rate, 5*rate)
		for _, loud := range []float64{20, 100, 400} {
			heard := hiss(len(voice), loud)
			for i, x := range voice {
				if i/rate%2 == 0 { // a second of speech, a second of none
					heard[i] = clip(float32(heard[i]) + float32(x))
				}
			}
			n := NewNoise()
			for rest := heard; len(rest) > 0; rest = rest[rate/50:] {
				r := rms(rest[:rate/50])
				n.Hear(int64(r * r))
				n.Hear(0) // a hole
			}
			if d := decibel(rms(n.Fill(nil, rate)) / loud); math.Abs(d) > 3.5 {
				t.Errorf("%d Hz: noise of %g is taken for one %+.1f dB off", rate, loud, d)
			}
		}
	}
}

func TestNoiseAllocatesNothing(t *testing.T) {
	n, pcm := NewNoise(), hiss(160, 100)
	if allocations := testing.AllocsPerRun(60, func() {
		n.Hear(10000)
		pcm = n.Fill(pcm[:0], 160)
	}); allocations != 0 {
		t.Errorf("%g allocations", allocations)
	}
}
