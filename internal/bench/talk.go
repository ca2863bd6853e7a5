package bench

import (
	"math"
	"math/rand/v2"
	"sync"

	"parley/internal/media"
)

// What one of two people says, in seconds: as long as ITU-T P.59 found talkspurts and pauses to be on average.
const (
	spurtTime = 1.0
	pauseTime = 1.6
	talkTime  = 3 * (spurtTime + pauseTime)
)

// chatter sounds like one who talks with another over a line with a little noise: codecs that look at what they write
// take longer for it than for silence, and less in its pauses.
var chatter = sync.OnceValue(func() *media.Sound { return media.NewSound(babble(int(talkTime * media.SampleRate))) })

// talk plays it without end.
func talk() *media.Play {
	return &media.Play{Tag: "talk", Sounds: []*media.Sound{chatter()}, Loop: true}
}

// babble is a voice without words: a gliding pitch with its harmonics, in syllables.
func babble(samples int) []int16 {
	random := rand.New(rand.NewPCG(7, 11))
	pcm := make([]int16, samples)
	phase := 0.0
	for n := range pcm {
		at := float64(n) / media.SampleRate
		phase += (125 + 25*math.Sin(2*math.Pi*0.7*at)) / media.SampleRate
		x := 12 * random.NormFloat64()
		if in := math.Mod(at, spurtTime+pauseTime); in < spurtTime {
			x += 3000 * math.Abs(math.Sin(2*math.Pi*2*in)) * buzz(phase, 900+500*math.Sin(2*math.Pi*1.3*at))
		}
		pcm[n] = int16(min(max(x, -30000), 30000))
	}
	return pcm
}

// buzz is a pulse with twenty harmonics, loudest about a formant, given in hertz for a pitch of 125.
func buzz(phase, formant float64) (x float64) {
	for k := 1.0; k <= 20; k++ {
		far := (k*125 - formant) / 400
		x += math.Sin(2*math.Pi*k*phase) / (k * (1 + far*far/2))
	}
	return x
}
