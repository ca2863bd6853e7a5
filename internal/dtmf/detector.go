package dtmf

import (
	"fmt"
	"math"

	"parley/internal/tel"
)

// The limits of the detector. Those of ITU-T Q.24 differ by country; each line takes what all of them accept.
const (
	weakest      = -38.0            // dBm0 of the weaker sine; Q.24: accepted down to -25 (AT&T), here with room for a long line
	silent       = -44.0            // dBm0 of a sine: quieter windows are not looked at
	maxDeviation = 0.025            // of the nominal frequency: Q.24 accepts 1.5 %, rejects 3.5 %
	normalTwist  = 10.0             // dB the low group may be louder: Q.24 asks for 8, and 2 for noise
	reverseTwist = 6.0              // dB the high group may be louder: Q.24 asks for 4, and 2 for noise
	maxRest      = 0.14             // of the energy may be something else than the two sines: 15 dB of noise leave 0.03
	recognised   = 31 * base / 1000 // Q.24: 40 ms must be taken, 23 ms must not
	bridged      = 22 * base / 1000 // Q.24: a gap of 40 ms parts two digits, one of 10 ms does not
)

const (
	memory = 640 // samples kept: 80 ms
	grain  = 20  // samples: edges of a tone are looked for in steps of 2.5 ms
)

// Event is a key found in the sound. Every key gives two: one when it is recognised, one when it has ended.
type Event struct {
	Digit tel.Digit
	Over  bool    // the key was let go; End is then final
	Start int64   // first sample of the tone, counted from the first sample fed, at the rate of the detector
	End   int64   // sample after the last one of the tone known so far
	Low   float64 // dBm0 of the row's sine
	High  float64 // dBm0 of the column's sine
}

// Detector finds keys in one party's sound, as ITU-T Q.24 says. It is fed without holes (silence stands for
// what was lost) and belongs to one goroutine.
type Detector struct {
	rate   int
	down   decimator
	scan   scanner
	past   [memory]float32
	filled int   // samples of the block that is filling, at the end of past
	now    int64 // samples at base, of which past holds the last
	track  track
	events []Event
	quiet  float64 // energy of a block not worth a look
}

// track is a tone that sounds, or has just sounded.
type track struct {
	active     bool
	recognised bool
	broken     bool // the last look did not find it
	event      uint8
	start, end int64   // at base
	sounding   int64   // samples of tone without its interruptions
	low, high  float64 // amplitudes
	fit        pairOfWaves
	middle     float64 // where the fitted window has its middle
}

// NewDetector makes a detector for sound of 8000, 16000 or 48000 Hz.
func NewDetector(rate int) (*Detector, error) {
	if rate != 8000 && rate != 16000 && rate != 48000 {
		return nil, fmt.Errorf("no detection of keys at %d Hz: 8000, 16000 or 48000 are possible", rate)
	}
	a := peak(silent)
	return &Detector{
		rate: rate, down: newDecimator(rate / base), scan: newScanner(),
		events: make([]Event, 0, 8), quiet: a * a / 2 * hop / 4,
	}, nil
}

// String names the stage, its rate and its limits.
func (d *Detector) String() string {
	return fmt.Sprintf("dtmf detector %d Hz, tone %d ms, gap %d ms, twist +%g/-%g dB, from %g dBm0",
		d.rate, recognised*1000/base, bridged*1000/base, normalTwist, reverseTwist, weakest)
}

// Feed takes the next samples in and returns what was found in them; the slice is valid until the next call.
func (d *Detector) Feed(pcm []int16) []Event {
	d.events = d.events[:0]
	for _, s := range pcm {
		v, ok := d.down.put(s)
		if !ok {
			continue
		}
		d.past[memory-hop+d.filled] = v
		d.filled++
		if d.filled == hop {
			d.look()
		}
	}
	return d.events
}

// look judges the last 20 ms after a new block of 5 ms and makes room for the next.
func (d *Detector) look() {
	d.now += hop
	d.scan.put(d.past[memory-hop:], d.quiet)
	if event, found, ok := d.judge(); ok {
		d.heard(event, found)
	} else if d.track.active {
		d.missed()
	}
	copy(d.past[:], d.past[hop:])
	d.filled = 0
}

// judge says which key the last 20 ms hold.
func (d *Detector) judge() (event uint8, found pairOfWaves, ok bool) {
	row, column, ok := d.scan.look(4 * d.quiet)
	if !ok {
		return 0, pairOfWaves{}, false
	}
	low, high := 2*math.Pi*lows[row]/base, 2*math.Pi*highs[column]/base
	found = fit(d.past[memory-window:], low, high)
	a, b := level(found.low.amplitude()), level(found.high.amplitude())
	switch {
	case found.rest > maxRest:
	case math.Abs(found.low.w/low-1) > maxDeviation || math.Abs(found.high.w/high-1) > maxDeviation:
	case a-b > normalTwist || b-a > reverseTwist:
	case min(a, b) < weakest:
	default:
		return events[row][column], found, true
	}
	return 0, found, false
}

// heard goes on with the track of a key, or starts one.
func (d *Detector) heard(event uint8, found pairOfWaves) {
	t := &d.track
	if t.active && event != t.event {
		d.close()
	}
	onset := t.end
	next := track{active: true, event: event, fit: found, middle: float64(d.now) - window/2}
	if !t.active || t.broken {
		onset = next.onset(d, t.end)
	}
	if t.active && onset-t.end > bridged {
		d.close()
	}
	if !t.active {
		next.start, next.end = onset, onset
		*t = next
	}
	t.fit, t.middle, t.end, t.broken = next.fit, next.middle, onset, false
	t.low, t.high = max(t.low, found.low.amplitude()), max(t.high, found.high.amplitude())
	t.sounding += d.now - t.end
	t.end = d.now
	d.recognise()
}

// onset walks back from the window just fitted to where its tone begins, not before floor.
func (t *track) onset(d *Detector, floor int64) int64 {
	at := d.now - window/2
	for at-grain >= floor {
		like := t.likeness(d, at-grain)
		if like < 0.75 {
			return at - int64(like*grain)
		}
		at -= grain
	}
	return max(floor, 0)
}

// missed finds where the tone ended, once, and closes its track when the gap has become long.
func (d *Detector) missed() {
	t := &d.track
	if !t.broken {
		t.broken = true
		end := d.offset(max(t.start, t.end-half))
		t.sounding += end - t.end
		t.end = end
		d.recognise()
	}
	// A tone that comes back is found only when it has filled a window.
	if d.now-t.end > bridged+window+hop {
		d.close()
	}
}

// offset walks forward to where the tone ends.
func (d *Detector) offset(at int64) int64 {
	for at+grain <= d.now {
		like := d.track.likeness(d, at)
		if like < 0.75 {
			return at + int64(like*grain)
		}
		at += grain
	}
	return d.now
}

// likeness compares the grain at a time with the track's tone.
func (t *track) likeness(d *Detector, at int64) float64 {
	i := int(at - (d.now - memory))
	if i < 0 || i+grain > memory {
		return 0
	}
	// The middle of a window of an even length is between two samples.
	return t.fit.likeness(d.past[i:i+grain], float64(at)-t.middle+0.5)
}

func (d *Detector) recognise() {
	t := &d.track
	if t.recognised || t.sounding < recognised {
		return
	}
	t.recognised = true
	d.tell(false)
}

func (d *Detector) close() {
	if d.track.recognised {
		d.tell(true)
	}
	d.track = track{end: d.track.end}
}

func (d *Detector) tell(over bool) {
	t := &d.track
	d.events = append(d.events, Event{
		Digit: named[t.event], Over: over, Start: d.native(t.start), End: d.native(t.end),
		Low: level(t.low), High: level(t.high),
	})
}

// native is a time at base as a sample of the sound that was fed.
func (d *Detector) native(at int64) int64 {
	return max(0, at-d.down.delay()) * int64(d.down.factor)
}
