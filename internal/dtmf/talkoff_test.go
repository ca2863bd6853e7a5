package dtmf

import (
	"math/rand/v2"
	"testing"

	"parley/internal/dtmf/voices"
)

// talkOff listens to ten minutes of speech, which hold no key; it needs flite and espeak-ng.
func talkOff(t *testing.T) {
	const minutes = 10
	d, g := detector(t, 8000), guard(t, 8000)
	spoken, found, muted, loud := 0, 0, 0, 0
	for turn := 0; spoken < minutes*60*voices.Rate; turn++ {
		voice := voices.All()[turn%len(voices.All())]
		if voice.Program == "espeak-ng" {
			voice.Pitch = (voice.Pitch + 17*turn) % 100
		}
		texts := voices.Texts()
		pcm, err := voice.Say(t.Context(), texts[(turn*5+turn/len(texts))%len(texts)])
		if err != nil {
			t.Fatal(err)
		}
		spoken += len(pcm)
		for _, e := range d.Feed(pcm) {
			if !e.Over {
				found++
				t.Logf("%v says %q at %.1f %.1f dBm0", voice, e.Digit, e.Low, e.High)
			}
		}
		in := join(pcm)
		g.Pass(pcm)
		held := samples(8000, GuardDelay)
		for i := range len(in) - int(held) {
			if in[i] > 300 || in[i] < -300 {
				loud++
				if pcm[i+int(held)] == 0 {
					muted++
				}
			}
		}
	}
	t.Logf("%.1f minutes of speech: %d false keys, %d loud samples of %d silenced by the guard (%.4f %%)",
		float64(spoken)/60/8000, found, muted, loud, 100*float64(muted)/float64(loud))
	if found > 1 {
		t.Errorf("%d false keys in ten minutes of speech, at most 1 is allowed", found)
	}
	if float64(muted) > 0.002*float64(loud) {
		t.Errorf("the guard silences %d of %d loud samples of speech", muted, loud)
	}
}

// keysMissed keys a thousand digits with everything that a line may do at once, and prints the miss rate.
func keysMissed(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	missed, extra := 0, 0
	const total = 1000
	for i := range total {
		low := -3 - 27*random.Float64()
		p := press{
			key: string(keys[random.IntN(16)]), ms: 40 + 60*random.Float64(), low: low, high: low - 8 + 12*random.Float64(),
			off: (random.Float64()*2 - 1) * 0.015,
		}
		if p.high > -1 {
			p.high = -1
		}
		pcm := join(silence(8000, 40+10*random.Float64()), p.sound(8000), silence(8000, 40))
		got := digits(heard(t, 8000, noise(pcm, max(p.low, p.high)-15, uint64(i))))
		if got == "" {
			missed++
		} else if got != p.key {
			extra++
			t.Logf("%+v is %q", p, got)
		}
	}
	t.Logf("%d of %d keys missed, %d wrong (15 dB of noise, frequency within 1.5 %%, twist +8 to -4 dB, 40 to 100 ms)", missed, total, extra)
	if missed > 5 || extra > 0 {
		t.Errorf("%d of %d keys missed, %d wrong", missed, total, extra)
	}
}
