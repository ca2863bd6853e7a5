package media

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"parley/internal/id"
)

// Recording says what is to be recorded: a WAV file of two channels, 16 bit at 8 kHz, that only grows, so that its head
// names no length. Channel 0 holds what the Customer legs send, channel 1 what the Others send; a leg counts while it is in
// the room.
type Recording struct {
	ID   id.Recording
	Path string // a file that does not exist yet, in a directory that does
	// Seal stands between the sound and the file, which it may encrypt; nil: the sound is written as it is. Each Write holds a
	// second or so. Close ends the content, not the file.
	Seal     func(file io.Writer) (io.WriteCloser, error)
	Customer []id.Leg
	Others   []id.Leg
	Done     func(RecordingResult) // told once, from its own goroutine, when the file is closed or has failed
}

// RecordingResult says how a recording ended.
type RecordingResult struct {
	ID       id.Recording
	Path     string
	Started  time.Time     // the instant of the first sample
	Duration time.Duration // of the sound in the file
	Bytes    int64         // of the file
	SHA256   string        // of the file, in hex; empty when it could not be read
	Err      error         // why it ended early; nil for a recording that was stopped
	Gaps     []Gap
}

// Gap is a stretch of silence on both channels that was wanted.
type Gap struct {
	From, To time.Duration // since the start of the recording
	Why      GapReason
}

// GapReason says why there is a gap.
type GapReason string

// The reasons of gaps.
const (
	GapPause GapReason = "pause" // somebody paused the recording
	GapHold  GapReason = "hold"  // nobody was to be recorded
)

// ErrRecorded means that a recording of that name runs in the room already.
var ErrRecorded = errors.New("recording runs already")

// Record begins a recording. It never waits for the disk: what goes wrong is told through Done.
func (r *Room) Record(what Recording) {
	e := r.engine
	e.mu.Lock()
	defer e.mu.Unlock()
	rec := newRecorder(e, r, what)
	switch _, runs := r.recordings[what.ID]; {
	case r.closed || e.closed:
		rec.refuse(fmt.Errorf("record %s: room %s: %w", what.ID, r.name, ErrClosed))
	case runs:
		rec.refuse(fmt.Errorf("record %s: %w", what.ID, ErrRecorded))
	default:
		if r.recordings == nil {
			r.recordings = map[id.Recording]*recorder{}
		}
		r.recordings[what.ID] = rec
		rec.mark(false, e.now())
		r.tap(rec)
		e.disk.add(rec)
	}
}

// Change replaces the legs of a recording, or pauses it. While it is paused, or has no legs at all (a hold), both
// channels are silent, time goes on, and the stretch is listed as a gap.
func (r *Room) Change(name id.Recording, customer, others []id.Leg, paused bool) {
	e := r.engine
	e.mu.Lock()
	defer e.mu.Unlock()
	rec := r.recordings[name]
	if rec == nil {
		return
	}
	rec.Customer, rec.Others, rec.paused = slices.Clone(customer), slices.Clone(others), paused
	rec.mark(paused, e.now())
	r.tap(rec)
}

// StopRecord ends a recording; Done is told when the file is whole.
func (r *Room) StopRecord(name id.Recording) {
	r.engine.mu.Lock()
	defer r.engine.mu.Unlock()
	r.end(name)
}

// end stops a recording. The caller holds Engine.mu.
func (r *Room) end(name id.Recording) {
	rec := r.recordings[name]
	if rec == nil {
		return
	}
	delete(r.recordings, name)
	rec.Customer, rec.Others = nil, nil
	rec.finish(r.engine.now())
	r.tap(rec)
}

// tapAll brings all recordings in line with the room's members. The caller holds Engine.mu.
func (r *Room) tapAll() {
	for _, rec := range r.recordings {
		r.tap(rec)
	}
}

// tap has the legs that rec should hold, and no others, put their packets aside. The caller holds Engine.mu.
func (r *Room) tap(rec *recorder) {
	wanted := map[*Leg]int{}
	for channel, names := range [][]id.Leg{rec.Customer, rec.Others} {
		for _, name := range names {
			if l := r.engine.legs[name]; l != nil && l.room == r && !rec.paused {
				wanted[l] = channel
			}
		}
	}
	for l, t := range rec.live {
		if channel, stays := wanted[l]; stays && channel == t.channel {
			delete(wanted, l)
			continue
		}
		delete(rec.live, l)
		t.ended.Store(true)
		l.order(&order{do: untapNow, tap: t}, false)
	}
	for l, channel := range wanted {
		t := rec.open(channel)
		rec.live[l] = t
		l.order(&order{do: tapNow, tap: t}, false)
	}
}

func tapNow(w *worker, l *Leg, o *order) bool {
	l.taps = append(l.taps, o.tap)
	l.draw()
	w.rouse(l)
	return true
}

func untapNow(_ *worker, l *Leg, o *order) bool {
	l.taps = slices.DeleteFunc(l.taps, func(other *tap) bool { return other == o.tap })
	l.draw()
	return true
}
