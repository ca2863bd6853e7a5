package media

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/id"
)

// chart is what the path of a leg's sound is told from. The worker draws a new one when something changes.
type chart struct {
	codec   Codec
	crypto  string // "" for plain RTP
	voice   int    // rate of the sound decoded, 0 for none
	stand   int    // rate of the sound made for the leg, 0 where packets are forwarded
	guarded bool
	inBand  bool
	answers bool // who answered is listened for
	taps    int  // recordings that take the sound
}

// draw keeps the chart up to date.
func (l *Leg) draw() {
	fresh := chart{codec: l.terms.Codec, stand: l.rate, guarded: l.keyed, inBand: l.terms.InBand, answers: l.answerer != nil, taps: len(l.taps)}
	if l.voice != nil {
		fresh.voice = l.voice.rate
	}
	if l.terms.Crypto != nil {
		fresh.crypto = l.terms.Crypto.String()
	}
	if known := l.charted.Load(); known == nil || *known != fresh {
		l.charted.Store(&fresh)
	}
}

// Path is the way of the sound that the leg hears, stage by stage, on one line:
// "opus/48k → jitter 40 ms → 8k → PCMA/8k".
func (l *Leg) Path() string {
	l.engine.mu.Lock()
	h := l.hearing
	l.engine.mu.Unlock()
	return h.path(l.chart()) + " → " + l.chart().exit()
}

func (l *Leg) chart() chart {
	if known := l.charted.Load(); known != nil {
		return *known
	}
	return chart{}
}

// path is what comes before the leg itself.
func (h hearing) path(to chart) string {
	var stages []string
	switch {
	case h.mix != nil:
		stages = append(stages, h.mix.path(to))
	case h.from != nil:
		stages = append(stages, h.from.entry())
	}
	if h.plays {
		stages = append(stages, h.playing())
	}
	if len(stages) == 0 {
		return "nothing"
	}
	return strings.Join(stages, " + ")
}

// playing is the play: its name, its rate, and that it comes again.
func (h hearing) playing() string {
	text := fmt.Sprintf("play %s at %s", h.tag, kilohertz(h.rate))
	if h.loop {
		text += " in a loop"
	}
	return text
}

func (m *mix) path(to chart) string {
	parts := make([]string, len(m.voices))
	for i, l := range m.voices {
		parts[i] = fmt.Sprintf("%s: %s", l.name, l.entry())
		if m.gains != nil && m.gains[i] != unity {
			parts[i] += fmt.Sprintf(" ×%.2g", float64(m.gains[i])/unity)
		}
	}
	return fmt.Sprintf("mix of %d at %s without self (%s)", len(parts), kilohertz(to.stand), strings.Join(parts, "; "))
}

// entry is the way from the wire to where the leg's sound is handed on.
func (l *Leg) entry() string {
	c := l.chart()
	stand := c
	stand.stand = 0
	stages := []string{stand.exit()}
	if c.voice > 0 {
		delay := time.Duration(l.counted.delay.Load())
		stages = append(stages, fmt.Sprintf("jitter %d ms", delay.Milliseconds()), kilohertz(c.voice))
	}
	if c.guarded {
		stages = append(stages, "digits removed")
	}
	if c.inBand {
		stages = append(stages, "digits heard")
	}
	if c.answers {
		stages = append(stages, "answering machine heard")
	}
	if c.taps > 0 {
		stages = append(stages, "recorded")
	}
	return strings.Join(stages, " → ")
}

// exit is how the leg stands on the wire.
func (c chart) exit() string {
	if c.codec == 0 {
		return "not agreed"
	}
	name := c.codec.String() + "/" + kilohertz(c.codec.Rate())
	if c.stand > 0 && c.stand != c.codec.Rate() {
		name = c.codec.String() + " of " + kilohertz(c.stand)
	}
	if c.crypto != "" {
		name += " in " + c.crypto
	}
	return name
}

func kilohertz(rate int) string { return fmt.Sprintf("%gk", float64(rate)/1000) }

// String tells what each leg of the room hears and what each recording takes up, a line each.
func (r *Room) String() string {
	r.engine.mu.Lock()
	lines := make([]string, 0, len(r.members)+len(r.recordings))
	for _, rec := range r.recordings {
		lines = append(lines, rec.path())
	}
	r.engine.mu.Unlock()
	for name, path := range r.Paths() {
		lines = append(lines, fmt.Sprintf("%s hears %s", name, path))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// path is what the recording takes up on each channel, and what it makes of that. The caller holds Engine.mu.
func (rec *recorder) path() string {
	var channels [2][]string
	for l, t := range rec.live {
		channels[t.channel] = append(channels[t.channel], fmt.Sprintf("%s: %s", l.name, l.chart().codec))
	}
	text := fmt.Sprintf("recording %s takes", rec.ID)
	for i, legs := range channels {
		slices.Sort(legs)
		text += fmt.Sprintf(" [%s] on channel %d", strings.Join(legs, "; "), i)
	}
	return text + " → timed, losses made up → 8k"
}

// Paths gives the way of the sound that each leg of the room hears now, see Leg.Path.
func (r *Room) Paths() map[id.Leg]string {
	r.engine.mu.Lock()
	legs := slices.Clone(r.members)
	r.engine.mu.Unlock()
	all := make(map[id.Leg]string, len(legs))
	for _, l := range legs {
		all[l.name] = l.Path()
	}
	return all
}
