package media

import (
	"encoding/binary"
	"time"
)

const (
	keyUpdate   = int64(20 * time.Millisecond)  // between packets of a digit
	keyPause    = int64(60 * time.Millisecond)  // between digits; ITU-T Q.24 asks for 40 ms or more
	keySilence  = int64(200 * time.Millisecond) // after which a digit that is passed on is over
	keyEnds     = 3                             // the end is sent three times (RFC 4733 §2.5.1.4)
	keyLimit    = 32                            // digits that may wait
	maxSegment  = 0xFFFF                        // longest duration that one event can say
	minKey      = 40 * time.Millisecond
	maxKey      = 8 * time.Second
	usualKey    = 100 * time.Millisecond
	eventSize   = 4
	eventVolume = 10 // -10 dBm0
)

// press is a digit to be sent.
type press struct {
	event  uint8
	length int64 // nanoseconds, so far while it is open
	source *Leg  // who presses it; nil for us
	open   bool  // the source has not let it go
	heard  int64 // when it was last said to go on
}

// keyer sends digits, one after the other: as telephone-events (RFC 4733 §2.5.1), or as sound where the far side takes none.
type keyer struct {
	waiting      [keyLimit]press
	first, count int
	due          int64
	sent         int    // packets of the first digit
	stamp        uint32 // when it began, or its segment did
	before       int64  // units of its segments before this one
	ends         int    // of its end packets sent
}

func (k *keyer) active() bool { return k.count > 0 }

// add puts a digit of ours behind those that wait.
func (k *keyer) add(event uint8, d time.Duration) bool {
	if d <= 0 {
		d = usualKey
	}
	return k.push(press{event: event, length: int64(min(max(d, minKey), maxKey))})
}

func (k *keyer) push(p press) bool {
	if k.count == keyLimit {
		return false
	}
	k.waiting[(k.first+k.count)%keyLimit] = p
	k.count++
	return true
}

// goesOn brings the digit that a source holds down up to date, and reports whether there is one.
func (k *keyer) goesOn(source *Leg, length int64, over bool, now int64) bool {
	for i := range k.count {
		p := &k.waiting[(k.first+i)%keyLimit]
		if p.source != source || !p.open {
			continue
		}
		p.length, p.heard = max(p.length, length, int64(minKey)), now
		if over {
			k.release(p, i == 0)
		}
		return true
	}
	return false
}

// release ends a digit that was held down, at once where more than its length was sent already.
func (k *keyer) release(p *press, first bool) {
	p.open = false
	if first {
		p.length = max(p.length, int64(k.sent)*keyUpdate)
	}
}

// start sets the clock for the first digit of several.
func (k *keyer) start(at int64) {
	if k.count > 0 && k.due < at && k.sent == 0 {
		k.due = at
	}
}

// drop forgets the digit that stands first.
func (k *keyer) drop() {
	k.waiting[k.first] = press{}
	k.first = (k.first + 1) % keyLimit
	k.count--
	k.sent, k.ends, k.before = 0, 0, 0
}

// passed is how much of the first digit has sounded with the packet that is sent now, and whether it is over.
func (k *keyer) passed(now int64) (passed int64, over bool) {
	p := &k.waiting[k.first]
	if p.open && now-p.heard > keySilence {
		k.release(p, true)
	}
	passed = int64(k.sent) * keyUpdate
	if p.open || passed < p.length {
		return passed, false
	}
	return p.length, true
}

// sendKey sends the packets of l's digit that are due; a digit that cannot be sent is dropped.
func (w *worker) sendKey(l *Leg) {
	k := &l.keys
	if w.now-k.due > maxBehind {
		k.due = w.now
	}
	for k.active() && k.due <= w.now {
		if !l.maySend() {
			k.drop()
			continue
		}
		if l.terms.KeysAside {
			w.askForKey(l)
			continue
		}
		if k.sent == 0 {
			k.stamp = l.sending.next(w.now)
		}
		k.sent++
		if l.terms.EventType == 0 {
			w.soundKey(l)
		} else {
			w.sendKeyPacket(l)
		}
	}
}

func (w *worker) sendKeyPacket(l *Leg) {
	k := &l.keys
	passed, over := k.passed(w.now)
	units := unitsIn(passed, int64(l.terms.EventClock)) - k.before
	for ; units > maxSegment; units -= maxSegment { // the key goes on in a new segment (RFC 4733 §2.5.1.3)
		w.sendEvent(l, maxSegment, false)
		k.before += maxSegment
		k.stamp += uint32(segment(l.terms))
	}
	if over {
		k.ends++
	}
	w.sendEvent(l, uint16(units), over)
	k.due += keyUpdate
	if k.ends == keyEnds {
		k.finish(w.now)
	}
}

// finish goes to the next digit, after a pause that a worker which is late does not cut short.
func (k *keyer) finish(now int64) {
	k.drop()
	k.due = max(k.due, now) + keyPause
}

// segment is the longest duration of one event, on the clock of the stream.
func segment(t Terms) int64 { return maxSegment * clockOf(t.Codec) / int64(t.EventClock) }

func (w *worker) sendEvent(l *Leg, units uint16, over bool) {
	k := &l.keys
	h := l.sending.inject(k.stamp, w.now)
	h.marker, h.payloadType = k.sent == 1 && k.before == 0, l.terms.EventType
	h.put(w.out[:])
	body := w.out[headerSize : headerSize+eventSize]
	body[0], body[1] = k.waiting[k.first].event, eventVolume
	if over {
		body[1] |= 0x80
	}
	binary.BigEndian.PutUint16(body[2:], units)
	w.send(l, eventSize)
}
