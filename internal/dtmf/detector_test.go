package dtmf

import (
	"math"
	"testing"
)

// TestQ24 asks what ITU-T Q.24 asks, for every key, at eight positions against the 5 ms grid.
func TestQ24(t *testing.T) {
	normal := press{ms: 60, low: -9, high: -7}
	for _, c := range []struct {
		name  string
		press func(p *press)
		noise float64 // dBm0, 0 is none
		want  bool
	}{
		{"60 ms", func(*press) {}, 0, true},
		{"40 ms", func(p *press) { p.ms = 40 }, 0, true},
		{"23 ms", func(p *press) { p.ms = 23 }, 0, false},
		{"24 ms", func(p *press) { p.ms = 24 }, 0, false},
		{"frequency +1.5 %", func(p *press) { p.off = 0.015 }, 0, true},
		{"frequency -1.5 %", func(p *press) { p.off = -0.015 }, 0, true},
		{"40 ms, frequency +1.5 %, noise", func(p *press) { p.ms, p.off = 40, 0.015 }, -22, true},
		{"frequency +3.5 %", func(p *press) { p.off = 0.035 }, 0, false},
		{"frequency -3.5 %", func(p *press) { p.off = -0.035 }, 0, false},
		{"frequency +5 %", func(p *press) { p.off = 0.05 }, 0, false},
		{"frequency -6 %", func(p *press) { p.off = -0.06 }, 0, false},
		{"twist +8", func(p *press) { p.low, p.high = -7, -15 }, 0, true},
		{"twist -4", func(p *press) { p.low, p.high = -11, -7 }, 0, true},
		{"twist +8, noise", func(p *press) { p.low, p.high = -7, -15 }, -21.4, true},
		{"twist +13", func(p *press) { p.low, p.high = -7, -20 }, 0, false},
		{"twist -9", func(p *press) { p.low, p.high = -16, -7 }, 0, false},
		{"0 dBm0, clipped", func(p *press) { p.low, p.high = 0, 0 }, 0, true},
		{"-36 dBm0", func(p *press) { p.low, p.high = -36, -36 }, 0, true},
		{"-36 dBm0, 40 ms, noise", func(p *press) { p.ms, p.low, p.high = 40, -36, -36 }, -48, true},
		{"-45 dBm0", func(p *press) { p.low, p.high = -45, -45 }, 0, false},
		{"15 dB of noise", func(*press) {}, -20, true},
		{"one sine", func(p *press) { p.high = -90 }, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			wrong := 0
			for _, key := range keys {
				for shift := range 8 {
					p := normal
					p.key = string(key)
					c.press(&p)
					pcm := join(silence(8000, 100), silence(8000, float64(shift)*5/8), p.sound(8000), silence(8000, 100))
					if c.noise != 0 {
						pcm = noise(pcm, c.noise, uint64(key)*8+uint64(shift))
					}
					want := ""
					if c.want {
						want = p.key
					}
					if got := digits(heard(t, 8000, pcm)); got != want {
						wrong++
						t.Logf("%q at %d: found %q", p.key, shift, got)
					}
				}
			}
			t.Logf("%d of 128 wrong", wrong)
			if wrong > 0 {
				t.Errorf("%d of 128 wrong", wrong)
			}
		})
	}
}

// TestInterruptions bridges gaps of up to 10 ms and parts digits by 40 ms.
func TestInterruptions(t *testing.T) {
	five := func(ms float64) []int16 { return press{key: "5", ms: ms, low: -9, high: -7}.sound(8000) }
	six := func(ms float64) []int16 { return press{key: "6", ms: ms, low: -9, high: -7}.sound(8000) }
	for _, c := range []struct {
		name string
		pcm  func(ms float64) []int16
		want string
	}{
		{"10 ms in a long key", func(float64) []int16 { return join(five(50), silence(8000, 10), five(50)) }, "5"},
		{"5 ms early", func(float64) []int16 { return join(five(25), silence(8000, 5), five(40)) }, "5"},
		{"10 ms in the middle of a short key", func(float64) []int16 { return join(five(28), silence(8000, 10), five(28)) }, "5"},
		{"gap of 40 ms", func(float64) []int16 { return join(five(40), silence(8000, 40), five(40)) }, "55"},
		{"no gap between two keys", func(float64) []int16 { return join(five(50), six(50)) }, "56"},
		{"short gap between two keys", func(float64) []int16 { return join(six(50), silence(8000, 10), five(50)) }, "65"},
		{"fast keying", func(float64) []int16 {
			return join(five(40), silence(8000, 40), six(40), silence(8000, 40), six(40), silence(8000, 40), five(40))
		}, "5665"},
		{"echo of 20 ms, 10 dB down", func(float64) []int16 { return echoed(join(five(50), silence(8000, 60), five(50))) }, "55"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for shift := range 8 {
				s := float64(shift) * 5 / 8
				if got := digits(heard(t, 8000, join(silence(8000, 30+s), c.pcm(s)))); got != c.want {
					t.Errorf("shift %d: found %q, want %q", shift, got, c.want)
				}
			}
		})
	}
}

func echoed(pcm []int16) []int16 {
	out := join(pcm, silence(8000, 20))
	for i := 160; i < len(out); i++ {
		out[i] = clip(float64(out[i]) + 0.316*float64(pcm[i-160]))
	}
	return out
}

// TestRange says how exactly the range of a digit is told, at every rate.
func TestRange(t *testing.T) {
	for _, rate := range []int{8000, 16000, 48000} {
		worst := 0.0
		for _, key := range keys {
			for shift := range 8 {
				p := press{key: string(key), ms: 61, low: -9, high: -7}
				before := silence(rate, 50+float64(shift)*5/8)
				pcm := noise(join(before, p.sound(rate), silence(rate, 100)), -35, uint64(key))
				found := heard(t, rate, pcm)
				if len(found) != 2 || found[0].Over || !found[1].Over {
					t.Fatalf("%d Hz, %q: %d events", rate, p.key, len(found))
				}
				e := found[1]
				start, end := len(before), len(before)+len(p.sound(rate))
				off := max(math.Abs(float64(int(e.Start)-start)), math.Abs(float64(int(e.End)-end)))
				worst = max(worst, off*1000/float64(rate))
				if math.Abs(e.Low+9) > 1 || math.Abs(e.High+7) > 1 {
					t.Errorf("%d Hz, %q: levels %.1f %.1f", rate, p.key, e.Low, e.High)
				}
			}
		}
		t.Logf("%d Hz: range off by %.2f ms at most", rate, worst)
		if worst > 1.5 {
			t.Errorf("%d Hz: range off by %.2f ms", rate, worst)
		}
	}
}

// TestOtherTones are no keys: what a network plays to callers.
func TestOtherTones(t *testing.T) {
	for _, pair := range [][2]float64{
		{350, 440}, {440, 480}, {480, 620}, {425, 425}, {1400, 1400}, {2100, 2100}, {1100, 1100}, {900, 1300},
		{697, 770}, {1209, 1336}, {1004, 1004}, {700, 1100}, {1700, 2200},
	} {
		pcm := make([]int16, 16000)
		for i := range pcm {
			at := 2 * math.Pi * float64(i) / 8000
			pcm[i] = clip(peak(-13) * (math.Sin(pair[0]*at) + math.Sin(pair[1]*at)))
		}
		if got := heard(t, 8000, pcm); len(got) > 0 {
			t.Errorf("%v Hz are %d events", pair, len(got))
		}
	}
	hiss := noise(silence(8000, 60_000), -20, 1)
	if got := heard(t, 8000, hiss); len(got) > 0 {
		t.Errorf("a minute of noise is %d events", len(got))
	}
}

// TestLatency keeps what a guard relies on: a key is known at most 40 ms after its first sample.
func TestLatency(t *testing.T) {
	tone := press{key: "7", ms: 60, low: -9, high: -7}.sound(8000)
	for shift := range 40 {
		d := detector(t, 8000)
		d.Feed(make([]int16, shift))
		at := 0
		for at = range 400 {
			if len(d.Feed(tone[at:at+1])) > 0 {
				break
			}
		}
		if at > 40*8 {
			t.Errorf("shift %d: known after %d samples", shift, at)
		}
	}
}

// TestNoAllocation holds the rule for the path of every frame.
func TestNoAllocation(t *testing.T) {
	for _, rate := range []int{8000, 48000} {
		d := detector(t, rate)
		pcm := join(press{key: "1", ms: 60, low: -9, high: -7}.sound(rate), silence(rate, 60))
		frame := rate / 50
		if n := testing.AllocsPerRun(50, func() {
			for i := 0; i+frame <= len(pcm); i += frame {
				d.Feed(pcm[i : i+frame])
			}
		}); n != 0 {
			t.Errorf("%d Hz: %v allocations", rate, n)
		}
	}
	if _, err := NewDetector(44100); err == nil {
		t.Error("44.1 kHz is taken")
	}
	if detector(t, 8000).String() == "" {
		t.Error("the detector does not print itself")
	}
}

func BenchmarkDetector(b *testing.B) {
	for _, c := range []struct {
		name string
		pcm  []int16
	}{
		{"silence", silence(8000, 20)}, {"noise", noise(silence(8000, 20), -20, 1)},
		{"key", press{key: "1", ms: 20, low: -9, high: -7}.sound(8000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			d := detector(b, 8000)
			for b.Loop() {
				d.Feed(c.pcm)
			}
		})
	}
}
