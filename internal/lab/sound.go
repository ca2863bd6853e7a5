package lab

import (
	"math"

	"parley/internal/media"
)

// loud and faint bound what counts as a tone that is heard and one that is not: amplitudes of 1 as full scale.
const (
	loud  = 0.1
	faint = 0.004
)

// Tone is a sine of whole hertz that loops without a seam, as loud as a voice.
func Tone(hertz int) *media.Sound {
	pcm := make([]int16, media.SampleRate)
	for i := range pcm {
		pcm[i] = Sine(hertz, i)
	}
	return media.NewSound(pcm)
}

// Sine is one sample of a tone, at 8 kHz.
func Sine(hertz, at int) int16 { return sineAt(media.SampleRate, hertz, at) }

func sineAt(rate, hertz, at int) int16 {
	return int16(8000 * math.Sin(2*math.Pi*float64(hertz)*float64(at)/float64(rate)))
}

// OnlyTone tells whether pcm is that tone all along and nothing of the others.
func OnlyTone(pcm []int16, hertz float64, others ...float64) bool {
	if len(pcm) < media.SampleRate/10 {
		return false
	}
	found, strength := media.Ear{}.Dominant(pcm)
	return math.Abs(found-hertz) < 10 && strength > loud && !HasTone(pcm, others...)
}

// Alone tells whether pcm has a fifth of a second of that tone with nothing of the others, and none in which another is the
// louder one. It is for recordings: what came late on a busy machine is a gap in them, wherever that falls.
func Alone(pcm []int16, hertz float64, others ...float64) bool {
	const window, step = media.SampleRate / 5, media.SampleRate / 20
	found := false
	for at := 0; at+window <= len(pcm); at += step {
		part := pcm[at : at+window]
		found = found || OnlyTone(part, hertz, others...)
		for _, other := range others {
			if strength := (media.Ear{}).Strength(part, other); strength > loud/2 && strength > (media.Ear{}).Strength(part, hertz) {
				return false
			}
		}
	}
	return found
}

// HasTone tells whether any of the tones is to be heard.
func HasTone(pcm []int16, hertz ...float64) bool {
	for _, h := range hertz {
		if (media.Ear{}).Strength(pcm, h) > faint {
			return true
		}
	}
	return false
}

// Silent tells whether nothing is to be heard.
func Silent(pcm []int16) bool { return (media.Ear{}).Level(pcm) < 0.002 }

// piece is how many samples Likeness compares: a tenth of a second.
const piece = media.SampleRate / 10

// Likeness is how well the loudest piece of pcm is found again in a sound: 1 is the very same, 0 nothing alike.
func Likeness(pcm []int16, sound *media.Sound) float64 {
	want := loudest(pcm)
	if want == nil {
		return 0
	}
	whole := sound.PCM()
	best := 0.0
	power, energy := norm(want), 0.0
	for i, x := range whole {
		energy += float64(x) * float64(x)
		if i >= piece {
			energy -= float64(whole[i-piece]) * float64(whole[i-piece])
		}
		if i < piece-1 || energy < power/100 {
			continue
		}
		at := whole[i-piece+1:]
		dot := 0.0
		for k, y := range want {
			dot += float64(y) * float64(at[k])
		}
		best = max(best, dot/math.Sqrt(power*energy))
	}
	return best
}

// loudest is the piece with the most power; nil when all is silence.
func loudest(pcm []int16) []int16 {
	var best []int16
	most := 0.0
	for at := 0; at+piece <= len(pcm); at += piece / 2 {
		if p := norm(pcm[at : at+piece]); p > most {
			best, most = pcm[at:at+piece], p
		}
	}
	if most < 200*200*piece {
		return nil
	}
	return best
}

func norm(pcm []int16) float64 {
	sum := 0.0
	for _, x := range pcm {
		sum += float64(x) * float64(x)
	}
	return sum
}
