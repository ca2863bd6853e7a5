package amd

import (
	"fmt"
	"time"
)

// Kind says what a signal is about.
type Kind uint8

// The kinds of signal. A verdict comes once; it precedes the first beep.
const (
	Decided   Kind = iota // Verdict and Reason are set
	BeepEnded             // a beep has ended at At: speak now
	Quiet                 // nobody has spoken for Settings.Quiet since a greeting, or since the start; once after each
)

// Verdict is who took the call.
type Verdict uint8

// The verdicts.
const (
	Unsure Verdict = iota
	Human
	Machine
)

// String names the verdict as it is stored and shown.
func (v Verdict) String() string { return [...]string{"unsure", "human", "machine"}[min(v, Machine)] }

// Reason says why a verdict was given.
type Reason string

// The reasons.
const (
	ShortGreeting Reason = "short greeting, then silence" // human
	LongGreeting  Reason = "long greeting"                // machine
	ManyWords     Reason = "many words"                   // machine
	Beep          Reason = "beep"                         // machine
	Silence       Reason = "nobody spoke"                 // unsure
	OutOfTime     Reason = "no clear answer in time"      // unsure
)

// Signal is something found in the sound.
type Signal struct {
	Kind    Kind
	Verdict Verdict
	Reason  Reason
	At      time.Duration // since the first sample fed: of the verdict, of the last sample of the beep, of the quiet
	Hertz   float64       // of the beep
}

// step is the grain of all timing.
const step = 10 * time.Millisecond

// Detector listens to one called party from the answer on. It is fed without holes and belongs to one goroutine.
type Detector struct {
	settings Settings
	down     thin
	past     [3 * look]float32 // 30 ms, the newest last
	filled   int
	now      time.Duration
	level    floor
	cadence  cadence
	beep     beep
	decided  bool
	signals  []Signal
}

// New makes a detector for a call that has just been answered.
func New(s Settings) (*Detector, error) {
	s = s.completed()
	if s.Rate != 8000 && s.Rate != 16000 && s.Rate != 48000 {
		return nil, fmt.Errorf("no detection of answering machines at %d Hz: 8000, 16000 or 48000 are possible", s.Rate)
	}
	return &Detector{
		settings: s, down: newThin(s.Rate / 8000), level: newFloor(), cadence: cadence{settings: s},
		signals: make([]Signal, 0, 8),
	}, nil
}

// String names the stage and its settings.
func (d *Detector) String() string {
	s := d.settings
	return fmt.Sprintf("answering machine detector %d Hz, greeting %v, silence after it %v, silence first %v, limit %v",
		s.Rate, s.Greeting, s.AfterGreeting, s.InitialSilence, s.Limit)
}

// Feed takes the next samples in and returns what was found; the slice is valid until the next call.
func (d *Detector) Feed(pcm []int16) []Signal {
	d.signals = d.signals[:0]
	for _, s := range pcm {
		v, ok := d.down.put(s)
		if !ok {
			continue
		}
		d.past[2*look+d.filled] = v
		d.filled++
		if d.filled == look {
			d.step()
		}
	}
	return d.signals
}

// step judges 10 ms.
func (d *Detector) step() {
	d.now += step
	energy := power(d.past[2*look:])
	speaks := d.level.above(energy)
	tone := pure(d.past[look:])
	d.cadence.step(d.now, speaks && !tone.found && !exchange(&d.past))
	last, lasting := d.cadence.heard()
	if hertz, end, ended := d.beep.step(d.now, tone, last, lasting); ended {
		d.decide(Machine, Beep) // first, so that whoever stops listening after a beep has a verdict
		d.signals = append(d.signals, Signal{Kind: BeepEnded, At: end, Hertz: hertz})
	}
	if d.cadence.quiet(d.now) {
		d.signals = append(d.signals, Signal{Kind: Quiet, At: d.now})
	}
	if verdict, reason, ok := d.cadence.verdict(d.now); ok {
		d.decide(verdict, reason)
	}
	copy(d.past[:], d.past[look:])
	d.filled = 0
}

func (d *Detector) decide(v Verdict, why Reason) {
	if d.decided {
		return
	}
	d.decided = true
	d.signals = append(d.signals, Signal{Kind: Decided, Verdict: v, Reason: why, At: d.now})
}
