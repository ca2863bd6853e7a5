// Package tone holds the tones that tell a caller how the call stands, per country, and makes their sound
// (ITU-T E.180, its supplement 2, and Q.35).
package tone

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Level is that of each frequency in dBm0: with two of them together the -10 dBm0 of ITU-T E.180.
const Level = -13

const (
	fullScale = 22830                // peak of a sine of 0 dBm0 in 16-bit sound
	depth     = 0.9                  // of amplitude modulation
	rise      = 5 * time.Millisecond // edges of a burst, so that it does not click
	longest   = 60 * time.Second     // of a pattern
	highest   = 3400                 // hertz
	most      = 16                   // bursts of a pattern
)

// Burst is a piece of a tone: one or two frequencies at once, or one that another modulates, for a time.
type Burst struct {
	Hertz  int           // 0 is silence
	Second int           // a second frequency that sounds with the first; 0 is none
	By     int           // hertz of the amplitude modulation; 0 is none
	For    time.Duration // whole milliseconds
}

// Pattern is one period of a tone. A single burst of sound goes on for ever: its period joins without an edge.
type Pattern []Burst

// Parse reads a pattern as text: bursts parted by commas, each "frequency/milliseconds", where the frequency is
// 0 (silence), "425", "350+440" or "400*25" (modulated). One burst without milliseconds goes on for ever.
func Parse(text string) (Pattern, error) {
	parts := strings.Split(text, ",")
	if len(parts) > most {
		return nil, fmt.Errorf("a tone has up to %d bursts, not %d", most, len(parts))
	}
	pattern := make(Pattern, 0, len(parts))
	for _, part := range parts {
		b, err := parseBurst(part, len(parts) == 1)
		if err != nil {
			return nil, fmt.Errorf("burst %q of a tone: %w", part, err)
		}
		pattern = append(pattern, b)
	}
	if pattern.Period() > longest {
		return nil, fmt.Errorf("a tone of %v is longer than %v", pattern.Period(), longest)
	}
	return pattern, nil
}

func parseBurst(text string, alone bool) (b Burst, err error) {
	sound, lasting, timed := strings.Cut(text, "/")
	ms := 1000
	if timed {
		ms, err = strconv.Atoi(lasting)
	}
	if err != nil || ms < 1 || ms > int(longest.Milliseconds()) || !timed && !alone {
		return Burst{}, errors.New("its time is 1 to 60000 ms")
	}
	b.For = time.Duration(ms) * time.Millisecond
	if first, second, two := strings.Cut(sound, "+"); two {
		sound = first
		if b.Second, err = frequency(second, 15); err != nil {
			return Burst{}, err
		}
	} else if first, by, modulated := strings.Cut(sound, "*"); modulated {
		sound = first
		if b.By, err = frequency(by, 5); err != nil {
			return Burst{}, err
		}
	}
	lowest := 0
	if b.Second+b.By > 0 {
		lowest = 15
	}
	b.Hertz, err = frequency(sound, lowest)
	return b, err
}

func frequency(text string, lowest int) (int, error) {
	f, err := strconv.Atoi(text)
	if err != nil || f < lowest || f > highest {
		return 0, fmt.Errorf("%q is no frequency of %d to %d Hz", text, lowest, highest)
	}
	return f, nil
}

// String writes the pattern as Parse reads it.
func (p Pattern) String() string {
	var text []string
	for _, b := range p {
		sound := strconv.Itoa(b.Hertz)
		if b.Second > 0 {
			sound += "+" + strconv.Itoa(b.Second)
		}
		if b.By > 0 {
			sound += "*" + strconv.Itoa(b.By)
		}
		text = append(text, fmt.Sprintf("%s/%d", sound, b.For.Milliseconds()))
	}
	return strings.Join(text, ",")
}

// Period is the length of the pattern.
func (p Pattern) Period() (all time.Duration) {
	for _, b := range p {
		all += b.For
	}
	return all
}

// steady says that the pattern has no edges at all.
func (p Pattern) steady() bool { return len(p) == 1 && p[0].Hertz > 0 }

// Sound makes one period at a rate in hertz, 16 bits, mono, to be played in a loop: its end joins its beginning
// without a click. A steady tone whose period holds no whole number of its waves is made a second long.
func (p Pattern) Sound(rate int) []int16 {
	pcm := make([]int16, 0, samples(rate, p.Period()))
	for _, b := range p {
		if p.steady() {
			return b.append(pcm, rate, time.Second, 0)
		}
		pcm = b.append(pcm, rate, b.For, rise)
	}
	return pcm
}

// append appends the burst with edges of the given length.
func (b Burst) append(pcm []int16, rate int, lasting, edges time.Duration) []int16 {
	n, edge := samples(rate, lasting), float64(samples(rate, min(edges, lasting/2)))
	if b.Hertz == 0 {
		return append(pcm, make([]int16, n)...)
	}
	for i := range n {
		gain := 1.0
		if away := float64(min(i, n-1-i)); away < edge {
			gain = 0.5 - 0.5*math.Cos(math.Pi*away/edge)
		}
		pcm = append(pcm, int16(math.Round(gain*b.at(i, rate))))
	}
	return pcm
}

// at is the sound's value at a sample, before edges.
func (b Burst) at(i, rate int) float64 {
	v := peak * wave(b.Hertz, i, rate)
	if b.Second > 0 {
		v += peak * wave(b.Second, i, rate)
	}
	if b.By > 0 {
		v *= (1 + depth*wave(b.By, i, rate)) / (1 + depth) * 1.5
	}
	return v
}

var peak = fullScale * math.Pow(10, Level/20.0)

// wave is a sine of whole hertz; the remainder keeps it exact however long it sounds.
func wave(hertz, i, rate int) float64 {
	return math.Sin(2 * math.Pi * float64(hertz*i%rate) / float64(rate))
}

func samples(rate int, d time.Duration) int { return int(int64(rate) * int64(d) / int64(time.Second)) }
