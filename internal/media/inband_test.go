package media

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/dtmf"
	"parley/internal/id"
)

// keypad are the frequencies of keys (ITU-T Q.23).
var keypad = []float64{697, 770, 852, 941, 1209, 1336, 1477, 1633}

// loudestKey is the most that is heard of any key's frequency in 25 ms of sound, in dB of full scale.
func loudestKey(pcm []int16, rate int) float64 {
	ear, most := Ear{Rate: rate}, 0.0
	window := rate / 40
	for at := 0; at+window <= len(pcm); at += window / 2 {
		for _, hertz := range keypad {
			most = max(most, ear.Strength(pcm[at:at+window], hertz))
		}
	}
	return decibels(most)
}

// hissing adds noise of some -60 dB of full scale, as of a quiet room.
func hissing(pcm []int16) []int16 {
	random := rand.New(rand.NewPCG(3, 4))
	for i := range pcm {
		pcm[i] = clamp(int32(pcm[i]) + int32(random.NormFloat64()*33))
	}
	return pcm
}

// cardNumber is sixteen keys as a caller may press them: of 40 to 120 ms, strong and weak, with twist.
func cardNumber(t *testing.T, rate int) []int16 {
	t.Helper()
	pcm := make([]int16, rate/2)
	for i, d := range "4111222233334444" {
		var err error
		pcm, err = dtmf.Append(pcm, dtmf.Settings{
			Rate: rate, On: time.Duration(40+5*i) * time.Millisecond, Off: time.Duration(50+10*(i%7)) * time.Millisecond,
			Low: -9 - float64(i), High: -9 - float64(i) + float64(i%5-2),
		}, digitNames[indexOf(d)])
		if err != nil {
			t.Fatal(err)
		}
	}
	return append(pcm, make([]int16, rate/2)...)
}

// heardOfKeys is the loudest that each ear of a call hears of keys when the keyed leg sends a sound: two legs that hear
// it, one alone and one in a mix, and the recording.
func heardOfKeys(t *testing.T, from Codec, pcm []int16, lose func(int) bool) map[string]float64 {
	c := newChoir(t, from, PCMU, G722, PCMA)
	for _, s := range c.singers {
		s.gain = 0
	}
	c.singers["a"].lose = lose
	recorded := newTap(0)
	c.singers["a"].leg.taps = append(c.singers["a"].leg.taps, recorded)
	started := c.w.now
	c.arrange(Hearing{Leg: "a", From: "b", Keyed: true}, Hearing{Leg: "b", From: "a"}, Hearing{Leg: "c", From: "a"},
		Hearing{Leg: "d", Mix: []Source{{Leg: "a"}, {Leg: "b"}}})
	c.singSound("a", pcm)
	heard := map[string]float64{"recording": loudestKey(taped(recorded, started, c.w.now-int64(100*time.Millisecond)), SampleRate)}
	for _, name := range []id.Leg{"b", "c", "d"} {
		s := c.singers[name]
		heard[string(name)] = loudestKey(s.heard, s.decoder.Rate())
	}
	return heard
}

// TestKeysInTheSoundStayBelowTheNoise sends a card number as sound on a leg of each codec in the noise of a quiet room:
// no other ear hears more at the frequencies of keys than it hears of that noise without keys.
func TestKeysInTheSoundStayBelowTheNoise(t *testing.T) {
	for _, from := range spoken() {
		for name, lose := range map[string]func(int) bool{"": nil, " with loss": func(frame int) bool { return frame%7 == 3 }} {
			t.Run(from.String()+name, func(t *testing.T) {
				number := cardNumber(t, from.Rate())
				noise := heardOfKeys(t, from, hissing(make([]int16, len(number))), lose)
				for ear, heard := range heardOfKeys(t, from, hissing(number), lose) {
					t.Logf("%s: %.1f dB with keys, %.1f dB without", ear, heard, noise[ear])
					if heard > noise[ear]+1 {
						t.Errorf("%s hears %.1f dB of the keys over the noise of %.1f dB", ear, heard, noise[ear])
					}
				}
			})
		}
	}
}

// TestKeyIsToldOnceHoweverItComes has a telephone or gateway send each key as sound and as an event: the event with the
// sound, after it, or with a piece of the sound before it; and keys by sound alone.
func TestKeyIsToldOnceHoweverItComes(t *testing.T) {
	for _, from := range spoken() {
		for _, lead := range []time.Duration{0, 20 * time.Millisecond, 60 * time.Millisecond, 200 * time.Millisecond} {
			t.Run(fmt.Sprint(from, " ", lead), func(t *testing.T) {
				c := newChoir(t, from, PCMU)
				c.agree("a", Terms{Codec: from, PayloadType: typeOf(from), EventType: 101, InBand: true, Send: true, Receive: true})
				c.arrange(Hearing{Leg: "b", From: "a"}, Hearing{Leg: "a", From: "b"})
				c.singers["a"].gain = 0
				c.sings("a", 10)
				for _, d := range "557" {
					tone := dialled(t, from.Rate(), string(d))[:from.Rate()/5]
					if lead > 0 {
						c.singSound("a", tone[:unitsIn(int64(lead), int64(from.Rate()))])
					}
					c.press("a", byte(d-'0'), 100*time.Millisecond)
					c.singSound("a", append(tone[:from.Rate()/50:from.Rate()/50], make([]int16, from.Rate()/4)...))
				}
				if said := reports(c.singers["a"].leg); said != "557" {
					t.Errorf("told %q, want 557", said)
				}
			})
		}
	}
}
