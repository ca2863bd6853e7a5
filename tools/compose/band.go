package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

const (
	beat   = 60 / tempo // seconds
	breath = 0.1        // seconds before the first beat, so that the loop's seam lies where notes only fade
)

// band plays sections onto a tape.
type band struct {
	dry, wet *tape // what is heard directly, and what is heard in the room
	human    *rand.Rand
	bar      int
}

// play returns the finished mix of the sections.
func play(sections []section) (*tape, error) {
	bars := 0
	for _, s := range sections {
		bars += len(s.chords)
	}
	length := float64(bars) * beatsPerBar * beat
	b := &band{dry: newTape(length), wet: newTape(length), human: rand.New(rand.NewPCG(88, 1962))}
	for _, s := range sections {
		if err := b.section(s); err != nil {
			return nil, fmt.Errorf("section %s: %w", s.name, err)
		}
	}
	b.dry.mix(b.wet, 1)
	b.dry.mix(b.wet.room(), 0.35)
	return b.dry, nil
}

func (b *band) section(s section) error {
	if len(s.melody) != len(s.chords) {
		return fmt.Errorf("%d bars of melody over %d of chords", len(s.melody), len(s.chords))
	}
	for i := range s.chords {
		halves := strings.Split(s.chords[i], "/")
		span := float64(beatsPerBar) / float64(len(halves))
		for k, half := range halves {
			harmony, err := readChord(half)
			if err != nil {
				return err
			}
			b.harmony(s, harmony, span*float64(k), span)
		}
		if err := b.melody(s, s.melody[i]); err != nil {
			return fmt.Errorf("bar %d: %w", i+1, err)
		}
		b.drums(s.drums)
		b.bar++
	}
	return nil
}

// at is the time of a beat in this bar, in seconds, a few milliseconds early or late as people play.
func (b *band) at(beats float64) float64 {
	return breath + (float64(b.bar*beatsPerBar)+beats)*beat + 0.006*b.human.NormFloat64()
}

// touch varies loudness a little from stroke to stroke.
func (b *band) touch(gain float64) float64 { return gain * (1 + 0.07*b.human.NormFloat64()) }

// harmony plays the part of a bar in which one chord holds.
func (b *band) harmony(s section, c chord, from, span float64) {
	within := func(h hit) bool { return h.beat >= from && h.beat < from+span }
	held := func(h hit) float64 { return min(h.length, from+span-h.beat) * beat }
	strokes := s.comp
	if from > 0 && s.bass != nil {
		strokes = []hit{{from, span, 0.8}}
	}
	for _, h := range strokes {
		if !within(h) {
			continue
		}
		start := b.at(h.beat)
		for i, key := range c.voicing {
			electricPiano(b.wet, frequencyOf(key), start+0.009*float64(i), held(h), b.touch(0.14*h.gain))
		}
	}
	for _, h := range s.bass {
		if within(h) {
			bass(b.dry, frequencyOf(c.root), b.at(h.beat), held(h), b.touch(0.3*h.gain))
		}
	}
	for _, key := range c.voicing {
		pad(b.wet, frequencyOf(key), b.at(from), span*beat, 0.06)
	}
	b.walk(s.pattern, c, from, span)
}

// walk lets the marimba go through the chord in eighths.
func (b *band) walk(pattern []int, c chord, from, span float64) {
	for i, degree := range pattern {
		on := float64(i) / 2
		if on < from || on >= from+span {
			continue
		}
		key := c.voicing[degree%len(c.voicing)] + 12*(degree/len(c.voicing))
		gain := 0.13
		if i%4 == 0 {
			gain = 0.17
		}
		marimba(b.wet, frequencyOf(key+12), b.at(on), beat/2, b.touch(gain))
	}
}

func (b *band) melody(s section, bar string) error {
	tones, err := readBar(bar)
	if err != nil {
		return err
	}
	on := 0.0
	for _, n := range tones {
		if !n.rest {
			s.lead(b.wet, frequencyOf(n.key), b.at(on), n.length*beat, b.touch(0.5*s.leadGain))
		}
		on += n.length
	}
	if on != beatsPerBar {
		return fmt.Errorf("%v beats instead of %d: %q", on, beatsPerBar, bar)
	}
	return nil
}

// drums plays a bar of brushes and a wood block.
func (b *band) drums(loudness float64) {
	if loudness == 0 {
		return
	}
	for i := range 2 * beatsPerBar {
		gain := 0.1
		if i%2 == 1 {
			gain = 0.06
		}
		brush(b.dry, b.human, 0.9, 0.025, b.at(float64(i)/2), b.touch(gain*loudness))
	}
	for _, on := range []float64{1, 3} {
		brush(b.wet, b.human, 0.25, 0.07, b.at(on), b.touch(0.2*loudness))
	}
	for _, on := range []float64{0, 2.5} {
		woodblock(b.wet, 620, b.at(on), 0.1, b.touch(0.14*loudness))
	}
}
