package amd

import (
	"math"
	"testing"
	"time"

	"parley/internal/dtmf/voices"
)

// beepsMissed plays a greeting and then a beep of every kind, clean and in noise, and prints the miss rate.
func beepsMissed(t *testing.T) {
	greeting := say(t, english()[0], machines[0])[:20000]
	missed, all, worst := 0, 0, time.Duration(0)
	for f := 350.0; f <= 2500; f += 86 {
		for i, lasting := range []time.Duration{125 * ms, 200 * ms, 500 * ms, time.Second, 2 * time.Second} {
			for _, dBm0 := range []float64{-6, -20, -32} {
				before := silence(time.Duration(200+37*i) * ms)
				pcm := join(greeting, before, sines(lasting, dBm0, f), silence(1200*ms))
				end := time.Duration(len(greeting)+len(before))*time.Second/8000 + lasting
				all++
				got := beeps(heard(t, Settings{}, noise(pcm, dBm0-15, uint64(f))))
				if len(got) != 1 || math.Abs(got[0].Hertz-f) > 0.02*f {
					missed++
					t.Logf("%.0f Hz, %v, %g dBm0: %v", f, lasting, dBm0, got)
					continue
				}
				worst = max(worst, (got[0].At - end).Abs())
			}
		}
	}
	t.Logf("%d of %d beeps missed in 15 dB of noise, end off by %v at most", missed, all, worst)
	if float64(missed) > 0.01*float64(all) || worst > 40*ms {
		t.Errorf("%d of %d beeps missed, end off by %v", missed, all, worst)
	}
}

// TestWhenBeepIsTold: soon after its end, so that the message begins in time.
func TestWhenBeepIsTold(t *testing.T) {
	greeting := noise(silence(3*time.Second), -18, 1)
	for _, c := range []struct {
		hertz float64
		late  time.Duration
	}{{1000, 100 * ms}, {440, 860 * ms}} {
		d, err := New(Settings{})
		if err != nil {
			t.Fatal(err)
		}
		pcm := join(greeting, silence(500*ms), sines(400*ms, -15, c.hertz), silence(2*time.Second))
		for fed := 0; ; fed += 160 {
			if len(pcm) < fed+160 {
				t.Fatalf("no beep of %v Hz", c.hertz)
			}
			if len(beeps(d.Feed(pcm[fed:fed+160]))) == 0 {
				continue
			}
			if late := time.Duration(fed+160)*time.Second/8000 - 3900*ms; late > c.late {
				t.Errorf("%v Hz: told %v after its end", c.hertz, late)
			}
			break
		}
	}
}

// TestNoBeep holds against the detector what sounds like a beep and is none.
func TestNoBeep(t *testing.T) {
	s := time.Second
	greeting := noise(silence(3*s), -18, 1)
	for _, c := range []struct {
		name string
		pcm  []int16
	}{
		{"ringback of Germany", again(3, sines(s, -13, 425), silence(4*s))},
		{"ringback of France", again(3, sines(1500*ms, -13, 440), silence(3500*ms))},
		{"ringback of the US", again(3, sines(2*s, -13, 440, 480), silence(4*s))},
		{"ringback of the UK", again(3, sines(400*ms, -13, 400, 450), silence(200*ms), sines(400*ms, -13, 400, 450), silence(2*s))},
		{"busy of Germany", again(6, sines(480*ms, -13, 425), silence(480*ms))},
		{"busy of India after a greeting", join(greeting, again(6, sines(750*ms, -13, 400), silence(750*ms)))},
		{"busy of Spain after a greeting", join(greeting, silence(300*ms), again(20, sines(200*ms, -13, 425), silence(200*ms)))},
		{"busy of the US", again(6, sines(500*ms, -13, 480, 620), silence(500*ms))},
		{"special information", again(3, sines(330*ms, -13, 950), sines(330*ms, -13, 1400), sines(330*ms, -13, 1800), silence(s))},
		{"special information with gaps", again(3, sines(330*ms, -13, 950), silence(30*ms), sines(330*ms, -13, 1400), silence(30*ms), sines(330*ms, -13, 1800), silence(s))},
		{"fax", join(silence(s), sines(3*s, -13, 2100), silence(s))},
		{"a key", again(4, sines(150*ms, -9, 770, 1336), silence(100*ms))},
		{"too short", again(5, sines(80*ms, -13, 1000), silence(500*ms))},
		{"too high", join(silence(s), sines(500*ms, -13, 2900), silence(s))},
		{"too low", join(silence(s), sines(500*ms, -13, 250), silence(s))},
		{"too quiet", join(silence(s), sines(500*ms, -45, 1000), silence(s))},
		{"dial tone", join(greeting, silence(s), sines(8*s, -13, 425), silence(s))},
		{"noise", noise(silence(60*s), -15, 5)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := beeps(heard(t, Settings{}, c.pcm)); len(got) > 0 {
				t.Errorf("heard %v", got)
			}
		})
	}
}

// beepsInSpeech listens to ten minutes of speech, which hold no beep.
func beepsInSpeech(t *testing.T) {
	d, err := New(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	spoken, found := 0, 0
	texts := voices.Texts()
	for turn := 0; spoken < 10*60*voices.Rate; turn++ {
		voice := voices.All()[turn%len(voices.All())]
		if voice.Program == "espeak-ng" {
			voice.Pitch = (voice.Pitch + 13*turn) % 100
		}
		pcm, err := voice.Say(t.Context(), texts[(turn*7+turn/len(texts))%len(texts)])
		if err != nil {
			t.Fatal(err)
		}
		spoken += len(pcm)
		for _, s := range beeps(d.Feed(pcm)) {
			found++
			t.Logf("%v beeps with %.0f Hz", voice, s.Hertz)
		}
	}
	t.Logf("%.1f minutes of speech: %d false beeps", float64(spoken)/60/8000, found)
	if found > 1 {
		t.Errorf("%d false beeps in ten minutes of speech, at most 1 is allowed", found)
	}
}
