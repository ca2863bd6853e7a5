package sounds_test

import (
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/sounds"
	"parley/tools/shape"
)

func load(t *testing.T, name string, rate int) []float64 {
	t.Helper()
	sound, err := sounds.Load(name, rate)
	if err != nil {
		t.Fatalf("%v: run `make build`", err)
	}
	if sound.Rate != rate {
		t.Fatalf("%s: rate %d, want %d", name, sound.Rate, rate)
	}
	samples := make([]float64, len(sound.Samples))
	for i, s := range sound.Samples {
		samples[i] = float64(s) / 32768
	}
	return samples
}

func decibels(amplitude float64) float64 { return 20 * math.Log10(amplitude) }

func power(samples []float64) float64 {
	sum := 0.0
	for _, v := range samples {
		sum += v * v
	}
	return sum / float64(len(samples))
}

func TestEverySoundFitsATelephoneLine(t *testing.T) {
	for _, name := range sounds.Names() {
		for _, rate := range []int{sounds.Narrow, sounds.Wide} {
			samples := load(t, name, rate)
			if peak := decibels(shape.Peak(samples)); peak > -1 {
				t.Errorf("%s at %d Hz: peak %.1f dBFS, want below -1", name, rate, peak)
			}
			if rms := decibels(shape.ActiveRMS(samples, float64(rate))); rms < -24 || rms > -17 {
				t.Errorf("%s at %d Hz: %.1f dBFS RMS, want -24 to -17", name, rate, rms)
			}
			heard := power(shape.HighPass(samples, float64(rate), 300)) / power(samples)
			if heard < 0.4 {
				t.Errorf("%s at %d Hz: only %.0f %% of its energy is heard above 300 Hz", name, rate, 100*heard)
			}
		}
	}
}

func TestSoundsStartAndEndInSilence(t *testing.T) {
	for _, name := range sounds.Names() {
		if name == sounds.HoldMusic {
			continue
		}
		samples := load(t, name, sounds.Narrow)
		margin := sounds.Narrow / 20
		for _, end := range [][]float64{samples[:margin], samples[len(samples)-margin:]} {
			if loud := decibels(shape.Peak(end)); loud > -45 {
				t.Errorf("%s: %.1f dBFS at an end, want silence", name, loud)
			}
		}
	}
}

func TestLengths(t *testing.T) {
	within := func(name string, low, high time.Duration) {
		t.Helper()
		for _, rate := range []int{sounds.Narrow, sounds.Wide} {
			length := time.Duration(len(load(t, name, rate))) * time.Second / time.Duration(rate)
			if length < low || length > high {
				t.Errorf("%s at %d Hz lasts %v, want %v to %v", name, rate, length, low, high)
			}
		}
	}
	within(sounds.HoldMusic, time.Minute, 2*time.Minute)
	for _, name := range sounds.Callers() {
		within(name, 20*time.Second, 35*time.Second)
	}
	for _, name := range []string{sounds.GreetingSales, sounds.GreetingSupport, sounds.NoAgent, sounds.Goodbye} {
		within(name, time.Second, 10*time.Second)
	}
}

// A click is a bend in the wave that the music around it does not make; seam compares the two.
func seam(music []float64, rate int) float64 {
	n := len(music)
	bend := func(i int) float64 { return math.Abs(music[(i+1)%n] - 2*music[i%n] + music[(i+n-1)%n]) }
	at, around := 0.0, 0.0
	for i := n - 2; i < n+2; i++ {
		at = max(at, bend(i))
	}
	for i := range rate / 100 {
		around = max(around, bend(n+2+i), bend(n-3-i))
	}
	return at / around
}

func TestHoldMusicLoopsWithoutAClick(t *testing.T) {
	for _, rate := range []int{sounds.Narrow, sounds.Wide} {
		music := load(t, sounds.HoldMusic, rate)
		if got := seam(music, rate); got > 1 {
			t.Errorf("at %d Hz the seam is %.2f times as sharp as the music around it", rate, got)
		}
		if got := seam(music[rate/500:], rate); got <= 1 {
			t.Errorf("at %d Hz a loop cut short by 2 ms was not noticed (%.2f)", rate, got)
		}
	}
}

func TestHoldMusicIsNeverSilentNorSudden(t *testing.T) {
	music := load(t, sounds.HoldMusic, sounds.Narrow)
	const span = 2 * sounds.Narrow
	for at := 0; at+span <= len(music); at += span {
		if level := decibels(math.Sqrt(power(music[at : at+span]))); level < -32 || level > -15 {
			t.Errorf("second %d: %.1f dBFS, want -32 to -15", at/sounds.Narrow, level)
		}
	}
}

func TestEveryPromptHasItsText(t *testing.T) {
	file, err := os.ReadFile("prompts.txt")
	if err != nil {
		t.Fatal(err)
	}
	spoken := []string{sounds.HoldMusic}
	for row := range strings.Lines(string(file)) {
		if name, _, found := strings.Cut(row, "\t"); found && row[0] != '#' {
			spoken = append(spoken, name)
		}
	}
	want := sounds.Names()
	slices.Sort(spoken)
	slices.Sort(want)
	if !slices.Equal(spoken, want) {
		t.Errorf("prompts.txt names %v\nnames.go names %v", spoken, want)
	}
}

func TestUnknownSoundIsRefused(t *testing.T) {
	for _, name := range []string{"nobody", "../sounds", ""} {
		if _, err := sounds.Open(name, sounds.Narrow); !errors.Is(err, sounds.ErrNotBuilt) {
			t.Errorf("open %q: %v, want %v", name, err, sounds.ErrNotBuilt)
		}
	}
}
