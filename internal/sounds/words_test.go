package sounds_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"parley/internal/prompt"
	"parley/internal/sounds"
	"parley/tools/shape"
)

func word(t *testing.T, language prompt.Language, word string, rate int) []float64 {
	t.Helper()
	sound, err := sounds.Word(string(language), word, rate)
	if err != nil {
		t.Fatalf("%v: run `make build`", err)
	}
	samples := make([]float64, len(sound.Samples))
	for i, s := range sound.Samples {
		samples[i] = float64(s) / 32768
	}
	return samples
}

func TestEveryWordIsRecorded(t *testing.T) {
	for _, language := range prompt.Languages() {
		var length time.Duration
		for _, w := range prompt.Vocabulary(language) {
			for _, rate := range []int{sounds.Narrow, sounds.Wide} {
				samples := word(t, language, w, rate)
				length = time.Duration(len(samples)) * time.Second / time.Duration(rate)
				if least := 100 * time.Millisecond; length < least || length > 150*time.Millisecond*time.Duration(2+len(w)) {
					t.Errorf("%s %q at %d Hz lasts %v", language, w, rate, length)
				}
				if peak := decibels(shape.Peak(samples)); peak > -1 {
					t.Errorf("%s %q at %d Hz: peak %.1f dBFS, want below -1", language, w, rate, peak)
				}
				if rms := decibels(shape.ActiveRMS(samples, float64(rate))); rms < -25 || rms > -16 { // a short word has few stretches to measure
					t.Errorf("%s %q at %d Hz: %.1f dBFS RMS, want -25 to -16", language, w, rate, rms)
				}
			}
		}
	}
}

// edges are what a word brings to the places where it meets others: silence in samples, and where its wave stands.
type edges struct {
	lead, tail  int
	first, last float64
}

func edgesOf(samples []float64) edges {
	e := edges{first: samples[0], last: samples[len(samples)-1]}
	limit := shape.Peak(samples) / 100
	for e.lead < len(samples) && math.Abs(samples[e.lead]) < limit {
		e.lead++
	}
	for e.tail < len(samples) && math.Abs(samples[len(samples)-1-e.tail]) < limit {
		e.tail++
	}
	return e
}

// joins is the longest silence where words meet, and how far the wave jumps there at most.
func joins(words []edges, rate int) (gap time.Duration, step float64) {
	for i := 1; i < len(words); i++ {
		silent := words[i-1].tail + words[i].lead
		gap = max(gap, time.Duration(silent)*time.Second/time.Duration(rate))
		step = max(step, math.Abs(words[i-1].last-words[i].first))
	}
	return gap, step
}

const (
	longestGap  = 60 * time.Millisecond
	largestStep = 0.001 // of full scale; a click is heard from some 0.01
)

func TestWordsJoinWithoutGapOrClick(t *testing.T) {
	var all []prompt.Prompt
	for n := 1; n <= prompt.Largest; n += 17011 {
		all = append(all, prompt.OfNumber(n), prompt.OfPosition(n))
	}
	for minute := range 24 * 60 {
		if minute%13 == 0 {
			at := time.Date(2026, time.January, 1+minute/13, minute/60, minute%60, 0, 0, time.UTC)
			for _, how := range []prompt.Kind{prompt.Wait, prompt.WaitBelow, prompt.WaitExact} {
				all = append(all, prompt.OfWait(how, time.Duration(minute)*time.Minute))
			}
			all = append(all, prompt.OfTime(at), prompt.OfDate(at))
		}
	}
	all = append(all, prompt.OfDigits("0123456789"))
	for _, language := range prompt.Languages() {
		for _, rate := range []int{sounds.Narrow, sounds.Wide} {
			loaded := map[string]edges{}
			for _, w := range prompt.Vocabulary(language) {
				loaded[w] = edgesOf(word(t, language, w, rate))
			}
			var worst time.Duration
			for _, p := range all {
				names, err := p.In(language).Words()
				if err != nil {
					t.Fatal(err)
				}
				var words []edges
				for _, name := range names {
					words = append(words, loaded[name])
				}
				gap, step := joins(words, rate)
				if worst = max(worst, gap); gap > longestGap || step > largestStep {
					t.Errorf("%s %s %s: %q: silent for %v, step of %.4f", language, p.Kind, p.Value, names, gap, step)
				}
			}
			t.Logf("%s at %d Hz: at most %v of silence between words", language, rate, worst)
		}
	}
}

// The test above hears a gap and a click when there is one.
func TestBadJoinsAreNoticed(t *testing.T) {
	one, two := word(t, prompt.English, "one", sounds.Narrow), word(t, prompt.English, "hundred", sounds.Narrow)
	if gap, _ := joins([]edges{edgesOf(append(one, make([]float64, sounds.Narrow/15)...)), edgesOf(two)}, sounds.Narrow); gap <= longestGap {
		t.Errorf("66 ms of silence passed for %v", gap)
	}
	if _, step := joins([]edges{edgesOf(one[:len(one)/2]), edgesOf(two[len(two)/3:])}, sounds.Narrow); step <= largestStep {
		t.Errorf("a cut in the middle of words passed for a step of %.4f", step)
	}
}

func TestUnknownWordIsRefused(t *testing.T) {
	for _, c := range [][2]string{{"en", "nobody"}, {"nl", "een"}, {"../en", "one"}} {
		if _, err := sounds.Word(c[0], c[1], sounds.Narrow); !errors.Is(err, sounds.ErrNotBuilt) {
			t.Errorf("%v: %v, want %v", c, err, sounds.ErrNotBuilt)
		}
	}
}

func TestMuLaw(t *testing.T) {
	for _, v := range []int16{0, 1, -1, 7, -100, 1000, -4000, 12345, -32768, 32767} {
		law := sounds.Compress([]int16{v})
		back := float64(sounds.Expand(law)[0])
		if off := math.Abs(back - float64(v)); off > 4+math.Abs(float64(v))/31 {
			t.Errorf("%d came back as %v", v, back)
		}
	}
	for v, want := range map[int16]byte{0: 0xff, 32767: 0x80, -32768: 0x00} { // ITU-T G.711 table 2a
		if got := sounds.Compress([]int16{v})[0]; got != want {
			t.Errorf("%d is %#x, want %#x", v, got, want)
		}
	}
}
