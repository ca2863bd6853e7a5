package media

import (
	"slices"
	"time"
)

// line is the part of a leg that only the worker whose home it is may touch.
type line struct {
	sound, control socket
	own            attachment // a pipe's own socket
	slot           int
	gone           bool

	terms     Terms
	agreed    bool
	agreedAt  int64
	target    peer // where RTP goes
	reports   peer // where RTCP goes
	latch     latch
	reporting latch // of RTCP on a port of its own

	feeds     []feed // whom it hears; they may live elsewhere for a moment
	only      [1]feed
	mix       *mix // how they sound together; nil for one as it is
	over      bool // the play sounds over them
	keyed     bool // nobody hears its digits
	answerer  *answerer
	pauses    bool // its far side sends comfort noise
	bySound   soundKey
	strays    uint16 // packets without sound so far, so that a recording can tell them from lost ones
	waits     bool   // it is in the worker's awaiting list
	watched   bool   // its sockets are in the worker's poll
	idle      bool   // but its packets wake nobody
	cameBy    uint64 // packets by the last look at whether anybody needs them
	listeners []*Leg
	play      *play
	taps      []*tap
	timed     bool // it is in the worker's timed list
	desk      *desk
	voice     *voice // its sound as samples; nil while nobody needs them
	stand
	shield shield

	arrival   reception
	incoming  keying // digits of the far side
	keys      keyer  // digits to the far side
	sending   sending
	lost      bool
	reportDue int64
	missing   missing
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
	w.watch(l)
	w.watchOwn(l)
	l.home.Store(w)
	w.link(l)
	for i := len(w.awaiting) - 1; i >= 0; i-- {
		if other := w.awaiting[i]; other.lists(l) {
			w.unlink(other)
			w.link(other)
			w.tune(other)
		}
	}
	w.tune(l)
	w.hearken(l)
	l.timed = false
	w.schedule(l)
	w.expect(l)
}

// watch has the worker wake for the leg's packets. A leg that has no home yet may be watched by anyone.
func (w *worker) watch(l *Leg) {
	if l.watched || !l.sound.open() {
		return
	}
	l.watched = true
	for _, err := range []error{w.poll.add(l.sound, l.port, false), w.poll.add(l.control, l.port, true)} {
		if err != nil {
			w.engine.log.Error("media socket is not watched", "leg", l.name, "err", err)
		}
	}
}

// letGo takes the leg off the worker; it is nobody's then.
func (w *worker) letGo(l *Leg) {
	w.unlink(l)
	w.forget(l)
	w.leaveDesk(l)
	for _, listener := range l.listeners {
		listener.lose(l)
		if !listener.waits {
			w.await(listener)
		}
	}
	left := l.listeners
	l.listeners = nil
	for i := range l.feeds {
		w.hearken(l.feeds[i].leg)
	}
	for _, listener := range left {
		w.tune(listener)
	}
	if l.timed {
		w.timed = slices.DeleteFunc(w.timed, func(other *Leg) bool { return other == l })
	}
	w.slots[l.slot] = nil
	w.vacant = append(w.vacant, l.slot)
	l.home.Store(nil)
}

// moveTo sends the leg to another worker, which finds it in its ready list. Not to be touched afterwards.
func (w *worker) moveTo(l *Leg, to *worker) {
	w.letGo(l)
	if l.watched {
		l.watched = false
		w.poll.remove(l.sound)
		w.poll.remove(l.control)
	}
	w.unwatchOwn(l)
	l.at.Store(to)
	l.poke(true)
}

// bury closes the leg for good.
func (w *worker) bury(l *Leg) {
	w.letGo(l) // closing the sockets takes them off the poll
	l.gone = true
	l.feeds, l.mix, l.play, l.taps = nil, nil, nil, nil
	l.pen.close()
	if l.voice != nil {
		l.voice.close()
		l.voice = nil
	}
	l.closeSockets()
	w.engine.graves.push(&l.toGrave)
}

// link lets l hear the legs it is arranged to hear, once all are at home here.
func (w *worker) link(l *Leg) {
	if l.home.Load() != w {
		return
	}
	for i := range l.feeds {
		f := &l.feeds[i]
		switch {
		case f.linked:
		case f.leg.home.Load() == w:
			f.leg.listeners = append(f.leg.listeners, l)
			f.linked = true
			w.rouse(f.leg)
		case !l.waits:
			w.await(l)
		}
	}
}

// lose notes that a leg which l hears is no longer here.
func (l *Leg) lose(source *Leg) {
	for i := range l.feeds {
		if l.feeds[i].leg == source {
			l.feeds[i].linked = false
		}
	}
}

// await lists l until its source comes home.
func (w *worker) await(l *Leg) {
	l.waits = true
	w.awaiting = append(w.awaiting, l)
}

func (w *worker) unlink(l *Leg) {
	isLeg := func(other *Leg) bool { return other == l }
	if l.waits {
		w.awaiting = slices.DeleteFunc(w.awaiting, isLeg)
		l.waits = false
	}
	for i := range l.feeds {
		if f := &l.feeds[i]; f.linked {
			f.leg.listeners = slices.DeleteFunc(f.leg.listeners, isLeg)
			f.linked = false
		}
	}
}

// schedule has the worker look at l when it is due to send by itself, from the next tick on. Before the first Agree
// nothing is due.
func (w *worker) schedule(l *Leg) {
	if !l.agreed || l.play == nil && !l.keys.active() && l.desk == nil {
		return
	}
	grain := w.engine.grain
	if l.play != nil && l.play.loop && grain == tick {
		grain = loopTick
	}
	start := w.now + (grain-w.now%grain)%grain
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
	w.strike()
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
			next, more = min(next, l.keys.due), true
		}
	}
	if l.desk != nil {
		next, more = min(next, l.desk.due), true
	}
	if l.play != nil && !l.play.ended && !l.mixed {
		w.sendPlay(l)
		if l.play != nil && !l.play.ended {
			next, more = min(next, l.play.due), true
		}
	}
	return next, more
}
