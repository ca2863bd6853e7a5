package resample

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// response is the gain of a tone of so many hertz, in dB, at the frequency that it comes out with: its own, or, where
// that is above half the rate, what it folds to.
func response(t *testing.T, from, to int, frequency float64) float64 {
	t.Helper()
	r, err := New(from, to)
	if err != nil {
		t.Fatal(err)
	}
	const loud = 10000
	in := make([]int16, from/2)
	for i := range in {
		in[i] = int16(math.Round(loud * math.Sin(2*math.Pi*frequency*float64(i)/float64(from))))
	}
	out := r.Resample(nil, in)
	out = out[len(out)/5:]
	sum := 0.0
	for _, x := range out {
		sum += float64(x) * float64(x)
	}
	return 10*math.Log10(sum/float64(len(out))+1e-3) - 20*math.Log10(loud/math.Sqrt2)
}

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

var fractions = [][2]int{
	{8000, 16000}, {16000, 8000}, {16000, 48000}, {48000, 16000}, {8000, 48000}, {48000, 8000},
	{44100, 8000}, {44100, 16000}, {44100, 48000}, {22050, 8000}, {11025, 16000}, {48000, 44100}, {8000, 44100},
}

func TestPassBandIsFlatAndStopBandIsDark(t *testing.T) {
	for _, c := range fractions {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			t.Parallel()
			half := float64(min(c[0], c[1])) / 2
			lowest, highest, loudest := math.Inf(1), math.Inf(-1), math.Inf(-1)
			for _, part := range []float64{0.01, 0.1, 0.25, 0.5, 0.7, 0.8, 0.85, 0.88, 0.9} {
				g := response(t, c[0], c[1], part*half)
				lowest, highest = min(lowest, g), max(highest, g)
			}
			for part := 1.1; part*half < float64(c[0])/2; part += 0.117 {
				loudest = max(loudest, response(t, c[0], c[1], part*half))
			}
			loudest = max(loudest, images(t, c[0], c[1]))
			t.Logf("%d to %d Hz: %+.2f to %+.2f dB up to 0.9, stopped by %.1f dB", c[0], c[1], lowest, highest, -loudest)
			if lowest < -0.5 || highest > 0.5 || loudest > -60 {
				t.Errorf("want ±0.5 dB up to 0.9 of %.0f Hz and 60 dB above 1.1", half)
			}
		})
	}
}

// images is the loudest mirror image that a tone leaves above the old half rate, in dB below the tone.
func images(t *testing.T, from, to int) float64 {
	t.Helper()
	loudest := math.Inf(-1)
	for _, part := range []float64{0.2, 0.5, 0.8, 0.89} {
		tone := part * float64(min(from, to)) / 2
		r, err := New(from, to)
		if err != nil {
			t.Fatal(err)
		}
		in := make([]int16, from/4)
		for i := range in {
			in[i] = int16(math.Round(16000 * math.Sin(2*math.Pi*tone*float64(i)/float64(from))))
		}
		out := r.Resample(nil, in)[to/20:]
		for k := 1; float64(k*from)-tone < float64(to)/2; k++ {
			for _, image := range []float64{float64(k*from) - tone, float64(k*from) + tone} {
				if image < float64(to)/2 {
					loudest = max(loudest, 20*math.Log10(level(out, to, image)/16000))
				}
			}
		}
	}
	return loudest
}

func TestDelayOfTelephoneRates(t *testing.T) {
	for _, c := range fractions[:6] {
		r, err := New(c[0], c[1])
		if err != nil {
			t.Fatal(err)
		}
		click := make([]int16, c[0]/10)
		click[0] = 30000
		peak, loudest := 0, int16(0)
		for i, x := range r.Resample(nil, click) {
			if x > loudest {
				peak, loudest = i, x
			}
		}
		heard := time.Duration(peak) * time.Second / time.Duration(c[1])
		if r.Delay() > 2*time.Millisecond || (heard-r.Delay()).Abs() > time.Second/time.Duration(c[1]) {
			t.Errorf("%s: says %v, a click takes %v, want 2 ms at most", r, r.Delay(), heard)
		}
	}
}

func TestPiecesMakeTheSameAsTheWhole(t *testing.T) {
	for _, c := range fractions {
		in := make([]int16, 3*c[0]/10+7)
		for i := range in {
			in[i] = int16(i * i * 31)
		}
		whole, _ := New(c[0], c[1])
		pieces, _ := New(c[0], c[1])
		want := whole.Resample(nil, in)
		var got []int16
		for rest, n := in, 1; len(rest) > 0; n = n*7%997 + 1 {
			n = min(n, len(rest))
			got = pieces.Resample(got, rest[:n])
			rest = rest[n:]
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: pieces sound otherwise than the whole", whole)
		}
		if exact := (len(in)*c[1] + c[0] - 1) / c[0]; len(want) != exact {
			t.Errorf("%s: %d samples of %d, want %d", whole, len(want), len(in), exact)
		}
	}
}

func TestLoudSoundIsClippedNotWrapped(t *testing.T) {
	for _, c := range fractions {
		r, _ := New(c[0], c[1])
		in := make([]int16, c[0]/10)
		period := 20 * c[0] / min(c[0], c[1]) * 2
		for i := range in {
			in[i] = math.MaxInt16
			if i%period >= period/2 {
				in[i] = math.MinInt16
			}
		}
		turns := 0                               // what wraps around changes its sign once too often
		out := r.Resample(nil, in)[8*c[1]/1000:] // without the ringing at the beginning
		edges := (len(out) - 1) * c[0] / c[1] / (period / 2)
		for ; len(out) > 1; out = out[1:] {
			if out[0] < 0 != (out[1] < 0) {
				turns++
			}
		}
		if turns < edges-1 || turns > edges+1 {
			t.Errorf("%s: %d changes of sign, want %d", r, turns, edges)
		}
		constant, _ := New(c[0], c[1])
		for i := range in {
			in[i] = math.MinInt16
		}
		out = constant.Resample(nil, in)
		if last := out[len(out)-1]; last != math.MinInt16 {
			t.Errorf("%s: the lowest sample becomes %d", constant, last)
		}
	}
}

func TestRatesThatAreRefused(t *testing.T) {
	for _, c := range [][2]int{{0, 8000}, {8000, 0}, {-8000, 8000}, {44101, 8000}, {1 << 40, 8000}} {
		if _, err := New(c[0], c[1]); err == nil {
			t.Errorf("%v: no error", c)
		}
	}
	same, err := New(8000, 8000)
	if err != nil {
		t.Fatal(err)
	}
	if got := same.Resample(nil, []int16{1, -2, 32767}); fmt.Sprint(got) != "[1 -2 32767]" || same.Delay() != 0 {
		t.Errorf("one rate: %v after %v", got, same.Delay())
	}
}

func TestString(t *testing.T) {
	r, _ := New(44100, 8000)
	if r.String() != "resample 44.1 to 8 kHz" || r.From() != 44100 || r.To() != 8000 {
		t.Errorf("%s, %d, %d", r, r.From(), r.To())
	}
}

func TestNothingIsAllocated(t *testing.T) {
	for _, c := range fractions {
		r, _ := New(c[0], c[1])
		in, out := make([]int16, c[0]/50), make([]int16, 0, c[1]/50+2)
		if n := testing.AllocsPerRun(50, func() { out = r.Resample(out[:0], in) }); n != 0 {
			t.Errorf("%s: %g allocations", r, n)
		}
	}
}

func FuzzPieces(f *testing.F) {
	f.Add(uint8(0), []byte{1, 2, 3})
	f.Fuzz(func(t *testing.T, which uint8, cuts []byte) {
		c := fractions[int(which)%len(fractions)]
		r, err := New(c[0], c[1])
		if err != nil {
			t.Fatal(err)
		}
		taken, given := 0, 0
		for _, n := range cuts {
			taken += int(n)
			given += len(r.Resample(nil, make([]int16, n)))
		}
		if want := (taken*c[1] + c[0] - 1) / c[0]; given != want {
			t.Errorf("%s: %d samples of %d, want %d", r, given, taken, want)
		}
	})
}

func BenchmarkResample20ms(b *testing.B) {
	for _, c := range fractions[:9] {
		r, _ := New(c[0], c[1])
		b.Run(fmt.Sprintf("%d-%d", c[0], c[1]), func(b *testing.B) {
			in, out := make([]int16, c[0]/50), make([]int16, 0, c[1]/50+2)
			for i := range in {
				in[i] = int16(i * 997)
			}
			for b.Loop() {
				out = r.Resample(out[:0], in)
			}
		})
	}
}
