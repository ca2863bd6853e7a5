package media

import (
	"slices"
	"time"
)

const (
	idleTime  = int64(20 * time.Millisecond) // between two looks at sockets whose sound goes nowhere
	idleBatch = 8                            // packets taken from one of them at a look
)

// idler is a worker's legs whose sound goes nowhere, as that of callers who wait with music. Their packets wake nobody:
// they are counted, and digits among them heard, in one go with what the worker does anyway.
type idler struct {
	legs []*Leg
	due  int64 // when they are looked at next
}

// heeded reports whether anybody or anything takes the sound of l.
func (l *Leg) heeded() bool { return len(l.listeners) > 0 || len(l.taps) > 0 || l.voice != nil }

// arrived is when a report that is read now came for l: for a socket that is looked at now and then, in the middle of
// the time since the last look, so that round trips are not told too long on average.
func (w *worker) arrived(l *Leg) int64 {
	if l.idle && l.terms.Mux {
		return w.now - idleTime/2
	}
	return w.now
}

// rest lets the packets of l wake nobody while it gets some that nobody needs, and only then: a look at a socket
// without packets would be for nothing.
func (w *worker) rest(l *Leg) {
	came := l.counted.packetsIn.Load()
	flows := came > l.cameBy+1
	l.cameBy = came
	switch {
	case !l.agreed || !l.sound.open():
	case l.idle && (!flows || l.heeded()):
		w.rouse(l)
	case !l.idle && flows && !l.heeded():
		l.idle = true
		w.poll.ignore(l.sound)
		w.idlers.legs = append(w.idlers.legs, l)
		w.idlers.due = min(max(w.idlers.due, w.now), w.now+idleTime)
	}
}

// rouse lets the packets of l wake the worker again.
func (w *worker) rouse(l *Leg) {
	if !l.idle {
		return
	}
	w.forget(l)
	if err := w.poll.heed(l.sound, l.port); err != nil {
		w.engine.log.Error("media socket is not watched", "leg", l.name, "err", err)
	}
}

// forget takes l off the list.
func (w *worker) forget(l *Leg) {
	if l.idle {
		l.idle = false
		w.idlers.legs = slices.DeleteFunc(w.idlers.legs, func(other *Leg) bool { return other == l })
	}
}

// readIdle takes what came for the legs that nobody hears.
func (w *worker) readIdle() {
	w.idlers.due = (w.now/idleTime + 1) * idleTime
	for _, l := range w.idlers.legs {
		for range idleBatch {
			if !w.readLeg(l, false) {
				break
			}
		}
	}
}
