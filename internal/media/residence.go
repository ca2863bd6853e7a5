package media

import (
	"bytes"
	"slices"
	"time"
)

// line is the part of a leg that only the worker whose home it is may touch.
type line struct {
	sound, control socket
	slot           int
	gone           bool

	terms    Terms
	agreed   bool
	agreedAt int64
	target   peer // where RTP goes
	reports  peer // where RTCP goes
	latch    latch

	from      *Leg // whom it hears; may live elsewhere for a moment
	linked    bool // it is in from's listeners
	listeners []*Leg
	play      *play
	taps      []*tap
	timed     bool // it is in the worker's timed list

	arrival   reception
	incoming  keying // digits of the far side
	keys      keyer  // digits to the far side
	sending   sending
	lost      bool
	reportDue int64
}

// takeIn makes the worker the leg's home.
func (w *worker) takeIn(l *Leg) {
	l.slot = len(w.slots)
	if n := len(w.vacant); n > 0 {
		l.slot, w.vacant = w.vacant[n-1], w.vacant[:n-1]
		w.slots[l.slot] = l
	} else {
		w.slots = append(w.slots, l)
	}
	if l.sound.fd >= 0 {
		w.watch(l, l.sound, false)
		w.watch(l, l.control, true)
	}
	if l.reportDue == 0 {
		l.reportDue = w.now + reportTime
	}
	l.home.Store(w)
	w.link(l)
	for _, other := range w.slots {
		if other != nil && other.from == l {
			w.link(other)
		}
	}
	l.timed = false
	if l.play != nil || l.keys.active() {
		w.schedule(l)
	}
}

func (w *worker) watch(l *Leg, s socket, control bool) {
	if err := w.poll.add(s.fd, l.slot, control); err != nil {
		w.engine.log.Error("media socket is not watched", "leg", l.name, "err", err)
	}
}

// letGo takes the leg off the worker; it is nobody's then.
func (w *worker) letGo(l *Leg) {
	w.unlink(l)
	for _, listener := range l.listeners {
		listener.linked = false
	}
	clear(l.listeners)
	l.listeners = l.listeners[:0]
	if l.timed {
		w.timed = slices.DeleteFunc(w.timed, func(other *Leg) bool { return other == l })
	}
	if l.sound.fd >= 0 {
		w.poll.remove(l.sound.fd)
		w.poll.remove(l.control.fd)
	}
	w.slots[l.slot] = nil
	w.vacant = append(w.vacant, l.slot)
	l.home.Store(nil)
}

// moveTo sends the leg to another worker, which finds it in its ready list. Not to be touched afterwards.
func (w *worker) moveTo(l *Leg, to *worker) {
	w.letGo(l)
	l.at.Store(to)
	l.poke()
}

// bury closes the leg for good.
func (w *worker) bury(l *Leg) {
	w.letGo(l)
	l.gone = true
	l.from, l.play, l.taps = nil, nil, nil
	l.closeSockets()
	l.buried.Store(true)
	w.engine.herald.call(l)
}

// link lets l hear the leg it is arranged to hear, once both are at home here.
func (w *worker) link(l *Leg) {
	if l.linked || l.from == nil || l.home.Load() != w || l.from.home.Load() != w {
		return
	}
	l.from.listeners = append(l.from.listeners, l)
	l.linked = true
}

func (w *worker) unlink(l *Leg) {
	if !l.linked {
		return
	}
	l.from.listeners = slices.DeleteFunc(l.from.listeners, func(other *Leg) bool { return other == l })
	l.linked = false
}

// arrange gives l its one source. The play it has already goes on when the tag is the same.
func (w *worker) arrange(l, from *Leg, p *play) {
	w.unlink(l)
	l.from = from
	w.link(l)
	if p == nil {
		l.play = nil
		return
	}
	if l.play != nil && bytes.Equal(l.play.tag, p.tag) {
		return
	}
	w.serial++
	p.source = w.serial
	l.play = p
	w.schedule(l)
}

// schedule has the worker look at l when it is due to send by itself, from the next tick on.
func (w *worker) schedule(l *Leg) {
	start := w.now + (tick-w.now%tick)%tick
	if l.play != nil && l.play.due == 0 {
		l.play.due = start
	}
	l.keys.start(start)
	if !l.timed {
		l.timed = true
		w.timed = append(w.timed, l)
	}
	w.due = min(w.due, start)
	if len(w.timed) == 1 {
		w.due = start
	}
}

// sendDue lets all legs that play or key send what is due.
func (w *worker) sendDue() {
	w.due = w.now + int64(time.Second)
	kept := w.timed[:0]
	for _, l := range w.timed {
		next, more := w.sendTimed(l)
		if !more {
			l.timed = false
			continue
		}
		w.due = min(w.due, next)
		kept = append(kept, l)
	}
	clear(w.timed[len(kept):])
	w.timed = kept
}

// sendTimed sends what l owes by now; more says that it will owe something at next.
func (w *worker) sendTimed(l *Leg) (next int64, more bool) {
	next = w.now + int64(time.Second)
	if l.keys.active() {
		w.sendKey(l)
		if l.keys.active() {
			next, more = l.keys.due, true
		}
	}
	if l.play != nil && !l.play.ended {
		w.sendPlay(l)
		if l.play != nil && !l.play.ended {
			next, more = min(next, l.play.due), true
		}
	}
	return next, more
}
