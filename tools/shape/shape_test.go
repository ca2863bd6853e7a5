package shape

import (
	"math"
	"testing"
)

func sine(frequency, rate float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 0.5 * math.Sin(2*math.Pi*frequency*float64(i)/rate)
	}
	return out
}

func TestResampleKeepsWhatFitsAndDropsTheRest(t *testing.T) {
	for _, c := range []struct {
		name      string
		frequency float64
		want      float64 // peak in the middle of the result
	}{
		{"speech", 1000, 0.5},
		{"top of the telephone band", 3300, 0.5},
		{"beyond the new rate's half", 4800, 0},
	} {
		out := Resample(sine(c.frequency, 16000, 16000), 16000, 8000)
		if got := Peak(out[3000:5000]); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s: peak %.3f, want %.3f", c.name, got, c.want)
		}
	}
}

func TestResampleLoopHasNoSeam(t *testing.T) {
	out := ResampleLoop(sine(1000, 32000, 32000), 32000, 8000)
	for i := range 20 {
		want := 0.5 * math.Sin(2*math.Pi*1000*float64(i)/8000)
		if math.Abs(out[i]-want) > 0.01 {
			t.Errorf("sample %d: %.3f, want %.3f", i, out[i], want)
		}
	}
}

func TestHighPass(t *testing.T) {
	share := func(frequency float64) float64 {
		in := sine(frequency, 8000, 8000)
		return ActiveRMS(HighPass(in, 8000, 200)[4000:], 8000) / ActiveRMS(in, 8000)
	}
	if low, high := share(50), share(1000); low > 0.1 || math.Abs(high-1) > 0.02 {
		t.Errorf("50 Hz passes at %.3f, 1000 Hz at %.3f; want under 0.1 and 1", low, high)
	}
}

func TestTrimCutsSilence(t *testing.T) {
	in := append(make([]float64, 8000), sine(500, 8000, 4000)...)
	in = append(in, make([]float64, 8000)...)
	out := Trim(in, 8000)
	if len(out) < 4000 || len(out) > 4600 {
		t.Errorf("%d samples are left of 4000 that sound", len(out))
	}
	if out[0] != 0 || out[len(out)-1] != 0 {
		t.Errorf("ends at %v and %v, want 0", out[0], out[len(out)-1])
	}
}

func TestLevelCountsOnlyWhatSounds(t *testing.T) {
	in := append(sine(500, 8000, 8000), make([]float64, 32000)...)
	out := Level(in, 8000, -20, -3)
	if got := 20 * math.Log10(ActiveRMS(out, 8000)); math.Abs(got+20) > 0.3 {
		t.Errorf("%.1f dBFS, want -20", got)
	}
	if got := Peak(Level(in, 8000, 0, -3)); got > math.Pow(10, -3.0/20) {
		t.Errorf("peak %.3f is over the ceiling", got)
	}
	if got := Peak(Level(make([]float64, 8000), 8000, -20, -3)); got != 0 {
		t.Errorf("silence became %.3f", got)
	}
}

func TestQuantiseClips(t *testing.T) {
	got := Quantise([]float64{0, 1, -1, 7, -7})
	for i, want := range []int16{0, 32767, -32767, 32767, -32767} {
		if got[i] != want {
			t.Errorf("sample %d: %d, want %d", i, got[i], want)
		}
	}
}
