package media

import (
	"slices"
	"time"
)

const (
	frameTime  = 20 * time.Millisecond
	frames     = int64(time.Second / frameTime) // in a second
	widest     = 48000                          // the highest rate of sound
	frameWidth = widest / int(frames)           // samples of a frame at that rate
)

// desk makes sound out of samples once a frame, for the legs that need it at the same moments: first every voice gives
// its next frame, then every stand is sent what it hears.
type desk struct {
	due    int64
	voices []*Leg // whose sound is decoded
	stands []*Leg // who are sent what is made here
}

func (d *desk) empty() bool { return len(d.voices)+len(d.stands) == 0 }

// studio is a worker's desks, a tick apart, so that not all work falls into one tick.
type studio struct {
	desks  [int64(frameTime) / tick]desk
	beats  uint64 // frames made on all desks
	due    int64  // when the one being made was to be
	before []feed // of the leg whose part changes
	pcm    [frameWidth]int16
	tone   [frameWidth]int16
	octets [SampleRate / frames]byte
}

// seat finds the desk for something new: that of those it goes with, or the emptiest.
func (w *worker) seat(l *Leg, with *Leg) *desk {
	for _, near := range []*Leg{l, with} {
		if near != nil && near.desk != nil {
			return near.desk
		}
	}
	best := &w.studio.desks[0]
	for i := range w.studio.desks {
		if d := &w.studio.desks[i]; len(d.voices)+len(d.stands) < len(best.voices)+len(best.stands) {
			best = d
		}
	}
	return best
}

// begin sets a desk's clock: each keeps to its own tick of the frame.
func (w *worker) begin(d *desk) {
	for i := range w.studio.desks {
		if d == &w.studio.desks[i] {
			phase := int64(i) * tick
			d.due = w.now - (w.now-phase)%int64(frameTime) + int64(frameTime)
		}
	}
}

// join puts l on a list of a desk: as a voice or as a stand.
func (w *worker) join(l *Leg, with *Leg, voice bool) {
	d := w.seat(l, with)
	if d.empty() {
		w.begin(d)
	}
	list := &d.stands
	if voice {
		list = &d.voices
	}
	if !slices.Contains(*list, l) {
		*list = append(*list, l)
	}
	l.desk = d
	w.schedule(l)
}

// part takes l off a list of its desk.
func (w *worker) part(l *Leg, voice bool) {
	if l.desk == nil {
		return
	}
	isLeg := func(other *Leg) bool { return other == l }
	if voice {
		l.desk.voices = slices.DeleteFunc(l.desk.voices, isLeg)
	} else {
		l.desk.stands = slices.DeleteFunc(l.desk.stands, isLeg)
	}
	if !slices.Contains(l.desk.voices, l) && !slices.Contains(l.desk.stands, l) {
		l.desk = nil
	}
}

// strike makes the frames of all desks that are due.
func (w *worker) strike() {
	for i := range w.studio.desks {
		d := &w.studio.desks[i]
		if d.empty() {
			continue
		}
		if w.now-d.due > maxBehind {
			w.begin(d)
			d.due -= int64(frameTime)
		}
		for ; d.due <= w.now; d.due += int64(frameTime) {
			w.studio.beats++
			w.studio.due = d.due
			for _, l := range d.voices {
				w.pull(l)
			}
			for _, l := range d.stands {
				w.speak(l)
			}
		}
	}
}
