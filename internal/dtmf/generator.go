package dtmf

import (
	"fmt"
	"math"
	"time"

	"parley/internal/tel"
)

// Settings says how keys are made. The zero value of a field means its default.
type Settings struct {
	Rate int           // Hz: 8000 (default), 16000 or 48000
	On   time.Duration // how long a key sounds: 100 ms
	Off  time.Duration // silence after it: 100 ms
	Low  float64       // dBm0 of the row: -9
	High float64       // dBm0 of the column: -7, louder because lines weaken high frequencies more (ETSI ES 201 235-2)
}

// maxWaiting is how many keys a generator holds.
const maxWaiting = 64

// edge is the rise and the fall of a key; ITU-T Q.24 counts a tone from its full level.
const edge = 2 * time.Millisecond

// Generator makes the sound of keys, frame by frame. It belongs to one goroutine.
type Generator struct {
	settings Settings
	waiting  [maxWaiting]uint8 // a ring of RFC 4733 events
	first    int
	count    int
	at       int64 // samples of the key that sounds
	on, off  int64
	low      float64 // amplitudes
	high     float64
}

// NewGenerator makes a generator.
func NewGenerator(s Settings) (*Generator, error) {
	if s.Rate == 0 {
		s.Rate = base
	}
	if s.Rate != 8000 && s.Rate != 16000 && s.Rate != 48000 {
		return nil, fmt.Errorf("no keys at %d Hz: 8000, 16000 or 48000 are possible", s.Rate)
	}
	if s.On <= 0 {
		s.On = 100 * time.Millisecond
	}
	if s.Off <= 0 {
		s.Off = 100 * time.Millisecond
	}
	if s.Low == 0 {
		s.Low = -9
	}
	if s.High == 0 {
		s.High = -7
	}
	return &Generator{
		settings: s, on: samples(s.Rate, s.On), off: samples(s.Rate, s.Off), low: peak(s.Low), high: peak(s.High),
	}, nil
}

// String names the stage and its settings.
func (g *Generator) String() string {
	s := g.settings
	return fmt.Sprintf("dtmf generator %d Hz, %v on, %v off, %g/%g dBm0", s.Rate, s.On, s.Off, s.Low, s.High)
}

// Press puts a key behind those that wait; false when it is no key or 64 wait already.
func (g *Generator) Press(d tel.Digit) bool {
	event := d.Event()
	if event < 0 || g.count == maxWaiting {
		return false
	}
	g.waiting[(g.first+g.count)%maxWaiting] = uint8(event)
	g.count++
	return true
}

// Sounding says whether a key, or the silence after one, is still to be played.
func (g *Generator) Sounding() bool { return g.count > 0 }

// Clear forgets the key that sounds and those that wait.
func (g *Generator) Clear() { g.count, g.at = 0, 0 }

// Fill writes the next samples over dst, silence where no key sounds, and says whether any key did.
func (g *Generator) Fill(dst []int16) bool {
	keyed := g.count > 0
	for len(dst) > 0 {
		if g.count == 0 {
			clear(dst)
			break
		}
		n := g.part(dst)
		dst = dst[n:]
		if g.at >= g.on+g.off {
			g.at, g.count, g.first = 0, g.count-1, (g.first+1)%maxWaiting
		}
	}
	return keyed
}

// part writes what belongs to the tone, or to the silence after it.
func (g *Generator) part(dst []int16) int {
	if g.at >= g.on {
		n := min(len(dst), int(g.on+g.off-g.at))
		clear(dst[:n])
		g.at += int64(n)
		return n
	}
	n := min(len(dst), int(g.on-g.at))
	row, column := place(int(g.waiting[g.first]))
	low, high := 2*math.Pi*lows[row]/float64(g.settings.Rate), 2*math.Pi*highs[column]/float64(g.settings.Rate)
	ramp := float64(samples(g.settings.Rate, edge))
	for i := range n {
		t := float64(g.at + int64(i))
		gain := min(1, t/ramp, (float64(g.on)-t)/ramp)
		v := gain * (g.low*math.Sin(low*t) + g.high*math.Sin(high*t))
		dst[i] = int16(min(math.MaxInt16, max(math.MinInt16, math.Round(v))))
	}
	g.at += int64(n)
	return n
}

// Append appends the sound of the keys, each with the silence after it; what is no key is left out.
func Append(dst []int16, s Settings, keys ...tel.Digit) ([]int16, error) {
	g, err := NewGenerator(s)
	if err != nil {
		return dst, err
	}
	for _, key := range keys {
		if !g.Press(key) {
			continue
		}
		n := len(dst)
		dst = append(dst, make([]int16, g.on+g.off)...)
		g.Fill(dst[n:])
	}
	return dst, nil
}
