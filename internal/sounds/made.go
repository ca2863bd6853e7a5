package sounds

import (
	"math"
	"time"
)

// What an agent's telephone hears; it is made when it is asked for, and needs no build.
const (
	Beep    = "beep"    // a call comes, or a key is asked for
	Waiting = "waiting" // silence in which a soft tone says every 20 s that the line is still there
)

// note is a piece of a made sound; without a pitch it is silence.
type note struct {
	hertz, level float64 // level of full scale
	length       time.Duration
}

var madeOf = map[string][]note{
	Beep: {
		{880, 0.25, 120 * time.Millisecond}, {0, 0, 40 * time.Millisecond},
		{1175, 0.25, 160 * time.Millisecond}, {0, 0, 80 * time.Millisecond},
	},
	Waiting: {{0, 0, 20 * time.Second}, {440, 0.015, 100 * time.Millisecond}},
}

// edge is how long a note swells and fades, so that it does not click.
const edge = 8 * time.Millisecond

// made gives the sound of a name that is made of notes; false for any other.
func made(name string, rate int) (Sound, bool) {
	notes, known := madeOf[name]
	s := Sound{Rate: rate}
	for _, n := range notes {
		s.Samples = append(s.Samples, n.play(rate)...)
	}
	return s, known
}

func (n note) play(rate int) []int16 {
	count, slope := samplesOf(n.length, rate), float64(samplesOf(edge, rate))
	all := make([]int16, count)
	for i := range all {
		loud := min(1, float64(i)/slope, float64(count-i)/slope)
		all[i] = int16(math.MaxInt16 * n.level * loud * math.Sin(2*math.Pi*n.hertz*float64(i)/float64(rate)))
	}
	return all
}

func samplesOf(d time.Duration, rate int) int { return int(d * time.Duration(rate) / time.Second) }
