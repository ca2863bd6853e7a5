package media

import (
	"fmt"
	"math"
	"testing"
	"time"

	"parley/internal/id"
)

// twoNotes is a second of 1 kHz and 6 kHz at WideRate, of which G.711 has room for the first only.
func twoNotes() []int16 {
	low, high := sineAt(WideRate, 1000, time.Second), sineAt(WideRate, 6000, time.Second)
	for i := range low {
		low[i] = low[i]/2 + high[i]/2
	}
	return low
}

// TestPlaysAreWideWhereTheListenerIs plays a sound with 6 kHz in it once, in a loop, over a call and before a narrow
// one, and looks at the spectrum that each codec's listener gets.
func TestPlaysAreWideWhereTheListenerIs(t *testing.T) {
	wide := NewWideSound(twoNotes())
	narrow := NewSound(sine(500, 200*time.Millisecond))
	for _, one := range spoken() {
		for name, p := range map[string]*Play{
			"once": {Tag: "prompt", Sounds: []*Sound{wide}}, "loop": {Tag: "music", Sounds: []*Sound{wide}, Loop: true},
			"joined": {Tag: "joined", Sounds: []*Sound{narrow, wide}}, "over": {Tag: "whisper", Sounds: []*Sound{wide}},
		} {
			t.Run(fmt.Sprint(one, " ", name), func(t *testing.T) {
				c := newChoir(t, one, G722)
				h := Hearing{Leg: "a", Play: p}
				if name == "over" {
					h.From, h.Over = "b", true
				}
				c.arrange(h)
				if name == "loop" && !companded(one) {
					eventually(t, "it is pressed", func() bool { return wide.pressed(one) != nil })
				}
				c.sing(55)
				checkWidth(t, c.singers["a"], one.Rate() > SampleRate)
			})
		}
	}
}

// checkWidth fails unless a listener hears 1 kHz, and 6 kHz if it can, but never 2 kHz, which 6 kHz would fold to.
func checkWidth(t *testing.T, s *singer, wide bool) {
	t.Helper()
	ear := Ear{Rate: s.decoder.Rate()}
	pcm := s.heard[len(s.heard)*5/11:][:ear.Rate*9/20]
	low, folded := ear.Strength(pcm, 1000), ear.Strength(pcm, 2000)
	high := 0.0
	if ear.Rate > SampleRate {
		high = ear.Strength(pcm, 6000)
	}
	t.Logf("1 kHz %.3f, 2 kHz %.4f, 6 kHz %.3f", low, folded, high)
	if math.Abs(low-4000./32768) > 0.02 || folded > 0.004 || wide != (high > 0.09) {
		t.Errorf("1 kHz sounds at %.3f, 2 kHz at %.4f, 6 kHz at %.3f", low, folded, high)
	}
	checkContinuous(t, s.got)
}

// TestWideMusicIsWrittenOnce has many wait with wide music: nobody has a writer, and what is kept of a second is bounded.
func TestWideMusicIsWrittenOnce(t *testing.T) {
	for _, one := range spoken() {
		if companded(one) {
			continue
		}
		sound := NewWideSound(twoNotes())
		sound.encode()
		sound.pressed(one)
		eventually(t, "it is pressed", func() bool { return sound.pressed(one) != nil })
		c := newChoir(t, one, one, one)
		var hearings []Hearing
		for _, name := range []id.Leg{"a", "b", "c"} {
			hearings = append(hearings, Hearing{Leg: name, Play: &Play{Tag: "hold", Sounds: []*Sound{sound}, Loop: true}})
		}
		c.arrange(hearings...)
		c.sing(110)
		for _, s := range c.singers {
			checkWidth(t, s, true)
			if s.leg.encoder != nil {
				t.Error("a leg writes for itself")
			}
		}
		held := 2*cap(sound.pcm) + 2*cap(sound.broad) + cap(sound.encoded[0]) + cap(sound.encoded[1])
		for _, c := range []Codec{G722, Opus} {
			for _, packet := range sound.pressed(c) {
				held += cap(packet)
			}
		}
		if held > sound.Bytes() {
			t.Errorf("a second takes %d bytes, more than the %d that it says", held, sound.Bytes())
		}
		t.Logf("%v: a second takes %d bytes", one, held)
	}
}

func TestSoundSaysItsRate(t *testing.T) {
	for want, s := range map[int]*Sound{SampleRate: NewSound(make([]int16, 801)), WideRate: NewWideSound(make([]int16, 1601))} {
		s.encode()
		if s.Rate() != want || s.Duration() != 100125*time.Microsecond || len(s.PCM()) != 801 || len(s.in(PCMA)) != 801 {
			t.Errorf("%d Hz, %v, %d samples", s.Rate(), s.Duration(), len(s.PCM()))
		}
	}
}
