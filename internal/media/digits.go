package media

import (
	"encoding/binary"
	"time"
)

const (
	keyUpdate   = int64(20 * time.Millisecond) // between packets of a digit
	keyPause    = int64(60 * time.Millisecond) // between digits; ITU-T Q.24 asks for 40 ms or more
	keyEnds     = 3                            // the end is sent three times (RFC 4733 §2.5.1.4)
	keyLimit    = 32                           // digits that may wait
	maxSegment  = 0xFFFF                       // longest duration that one event can say
	minKey      = 40 * time.Millisecond
	maxKey      = 8 * time.Second
	usualKey    = 100 * time.Millisecond
	eventSize   = 4
	eventVolume = 10 // -10 dBm0
)

// keyer sends digits as telephone-events, one after the other (RFC 4733 §2.5.1).
type keyer struct {
	waiting [keyLimit]struct {
		event  uint8
		length uint16 // samples
	}
	first, count int
	due          int64
	sent         int    // packets of the first digit
	stamp        uint32 // when it began
	ends         int    // of its end packets sent
}

func (k *keyer) active() bool { return k.count > 0 }

func (k *keyer) add(event uint8, d time.Duration) bool {
	if k.count == keyLimit {
		return false
	}
	if d <= 0 {
		d = usualKey
	}
	place := &k.waiting[(k.first+k.count)%keyLimit]
	place.event = event
	place.length = uint16(samplesIn(min(max(d, minKey), maxKey)))
	k.count++
	return true
}

// start sets the clock for the first digit of several.
func (k *keyer) start(at int64) {
	if k.count > 0 && k.due < at && k.sent == 0 {
		k.due = at
	}
}

// drop forgets the digit that stands first.
func (k *keyer) drop() {
	k.first = (k.first + 1) % keyLimit
	k.count--
	k.sent, k.ends = 0, 0
}

// sendKey sends the packets of l's digit that are due; a digit that cannot be sent is dropped.
func (w *worker) sendKey(l *Leg) {
	k := &l.keys
	if w.now-k.due > maxBehind {
		k.due = w.now
	}
	for k.active() && k.due <= w.now {
		if !l.maySend() || l.terms.EventType == 0 {
			k.drop()
			continue
		}
		w.sendKeyPacket(l)
	}
}

func (w *worker) sendKeyPacket(l *Leg) {
	k := &l.keys
	digit := k.waiting[k.first]
	if k.sent == 0 {
		k.stamp = l.sending.next(w.now)
	}
	k.sent++
	passed := min(uint32(k.sent)*uint32(samplesIn(time.Duration(keyUpdate))), uint32(digit.length))
	h := l.sending.inject(k.stamp, w.now)
	h.marker, h.payloadType = k.sent == 1, l.terms.EventType
	h.put(w.out[:])
	body := w.out[headerSize : headerSize+eventSize]
	body[0], body[1] = digit.event, eventVolume
	binary.BigEndian.PutUint16(body[2:], uint16(passed))
	k.due += keyUpdate
	if passed == uint32(digit.length) {
		body[1] |= 0x80
		k.ends++
	}
	w.send(l, eventSize)
	if k.ends == keyEnds {
		k.drop()
		k.due += keyPause
	}
}

// keying follows the digits that the far side sends, to report each once.
type keying struct {
	heard  bool
	ssrc   uint32
	stamp  uint32 // of the last event, or of its first segment
	length uint16
	event  uint8
}

// begins reports whether an event packet is the first we see of its digit.
func (k *keying) begins(h header, event uint8, length uint16) bool {
	fresh := !k.heard || k.ssrc != h.ssrc
	step := int32(h.timestamp - k.stamp)
	if !fresh && step <= 0 { // the same event again, or one that comes too late
		if step == 0 {
			k.length = max(k.length, length)
		}
		return false
	}
	// A key held for over eight seconds goes on in a new segment (RFC 4733 §2.5.1.3).
	longer := !fresh && !h.marker && event == k.event && k.length == maxSegment && step == maxSegment
	*k = keying{heard: true, ssrc: h.ssrc, stamp: h.timestamp, length: length, event: event}
	return !longer
}

// arriveEvent reports a digit, and relays it to those who hear the leg and take telephone-events.
func (w *worker) arriveEvent(l *Leg, h header, payload []byte) {
	if len(payload) < eventSize {
		l.counted.bad.Add(1)
		return
	}
	event, length := payload[0], binary.BigEndian.Uint16(payload[2:])
	if event < 16 && l.incoming.begins(h, event, length) {
		l.tell(toldDigit, payload[:1])
	}
	for _, listener := range l.listeners {
		w.forwardEvent(listener, l, h, payload[:eventSize])
	}
}

func (w *worker) forwardEvent(l, source *Leg, h header, payload []byte) {
	if !l.maySend() || l.terms.EventType == 0 || l.keys.active() {
		l.sending.skip(source, h)
		return
	}
	out, ok := l.sending.follow(source, h, true, w.now)
	if !ok {
		return
	}
	out.payloadType = l.terms.EventType
	out.put(w.out[:])
	w.send(l, copy(w.out[headerSize:], payload))
}
