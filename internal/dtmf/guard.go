package dtmf

import (
	"fmt"
	"time"
)

// GuardDelay is how long a guard holds sound back: long enough to know a key before its first sample goes out.
const GuardDelay = 60 * time.Millisecond

// What a guard takes away around a tone, and how it comes and goes.
const (
	lead = 12 * time.Millisecond // before the first sample found: the tone may have risen slowly, and Opus spreads it
	tail = 25 * time.Millisecond // after the last: echoes of a line come up to 20 ms late (ITU-T Q.24)
	near = 30 * time.Millisecond // before sound that did not come: less than this of a tone may not be known for one
	numb = 60 * time.Millisecond // after it: a codec that remembers distorts the tone meanwhile
	fade = 2 * time.Millisecond  // so that cutting speech makes no click, which has energy everywhere
)

// Guard is a delay line that silences keys completely, for whoever must not hear them. It silences every key
// tone of 20 ms and more, also one too short to count as a digit. It belongs to one goroutine.
type Guard struct {
	detector *Detector
	line     []int16 // the sound held back, a ring
	at       int
	in       int64 // samples taken in
	from, to int64 // the span to silence, in samples taken in
	piece    int
	events   []Event
}

// NewGuard makes a guard for sound of 8000, 16000 or 48000 Hz.
func NewGuard(rate int) (*Guard, error) {
	d, err := NewDetector(rate)
	if err != nil {
		return nil, err
	}
	return &Guard{
		detector: d, line: make([]int16, samples(rate, GuardDelay)), piece: hop * d.down.factor,
		events: make([]Event, 0, 8),
	}, nil
}

// String names the stage.
func (g *Guard) String() string {
	return fmt.Sprintf("dtmf guard %d Hz, %v held back", g.detector.rate, GuardDelay)
}

// Doubt says that part of the next sound given to Pass, n samples, did not come. It is silenced with what is near it, where
// a key may have sounded too short to be found. What is given for it should be silence.
func (g *Guard) Doubt(n int) {
	g.stretch(g.in-samples(g.detector.rate, near), g.in+int64(n)+samples(g.detector.rate, numb))
}

// Pass replaces the sound by that of GuardDelay ago without keys, and returns the keys found in what came in;
// the slice is valid until the next call.
func (g *Guard) Pass(pcm []int16) []Event {
	g.events = g.events[:0]
	for len(pcm) > 0 {
		n := min(len(pcm), g.piece)
		g.events = append(g.events, g.detector.Feed(pcm[:n])...)
		g.in += int64(n)
		g.cover()
		g.swap(pcm[:n])
		pcm = pcm[n:]
	}
	return g.events
}

// cover stretches the span to silence over the tone that sounds.
func (g *Guard) cover() {
	t := &g.detector.track
	if !t.active {
		return
	}
	rate := g.detector.rate
	g.stretch(g.detector.native(t.start)-samples(rate, lead), g.detector.native(t.end)+samples(rate, tail))
}

// stretch silences a span. Two less than GuardDelay apart make one: nothing worth hearing is between them.
func (g *Guard) stretch(from, to int64) {
	if g.to > g.in-int64(len(g.line)) {
		from = min(from, g.from)
		to = max(to, g.to)
	}
	g.from, g.to = from, to
}

// swap changes what came in for what goes out.
func (g *Guard) swap(pcm []int16) {
	out := g.in - int64(len(pcm)) - int64(len(g.line))
	for i, s := range pcm {
		pcm[i] = g.shaped(g.line[g.at], out+int64(i))
		g.line[g.at] = s
		g.at++
		if g.at == len(g.line) {
			g.at = 0
		}
	}
}

// shaped is a sample as it goes out.
func (g *Guard) shaped(s int16, at int64) int16 {
	edge := samples(g.detector.rate, fade)
	if at < g.from-edge || at >= g.to+edge {
		return s
	}
	if at >= g.from && at < g.to {
		return 0
	}
	away := g.from - at
	if at >= g.to {
		away = at - g.to
	}
	return int16(int64(s) * away / edge)
}

func samples(rate int, d time.Duration) int64 { return int64(rate) * int64(d) / int64(time.Second) }
