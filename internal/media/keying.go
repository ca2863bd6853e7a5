package media

import (
	"encoding/binary"
	"time"
)

// keying follows the digits that the far side sends, to report each once.
type keying struct {
	heard  bool
	ssrc   uint32
	stamp  uint32 // of the last event, or of its first segment
	length uint16
	before int64 // units of its segments before this one
	event  uint8
}

// begins reports whether an event packet is the first we see of its digit. Stride is the longest segment, on the
// clock of the stream.
func (k *keying) begins(h header, event uint8, length uint16, stride int64) bool {
	fresh := !k.heard || k.ssrc != h.ssrc
	step := int32(h.timestamp - k.stamp)
	if !fresh && step <= 0 { // the same event again, or one that comes too late
		if step == 0 {
			k.length = max(k.length, length)
		}
		return false
	}
	// A key held for long goes on in a new segment (RFC 4733 §2.5.1.3).
	longer := !fresh && !h.marker && event == k.event && k.length == maxSegment && int64(step) == stride
	before := int64(0)
	if longer {
		before = k.before + maxSegment
	}
	*k = keying{heard: true, ssrc: h.ssrc, stamp: h.timestamp, length: length, event: event, before: before}
	return !longer
}

// arriveEvent reports a digit, and relays it to those who hear the leg.
func (w *worker) arriveEvent(l *Leg, h header, payload []byte) {
	if len(payload) < eventSize {
		l.counted.bad.Add(1)
		return
	}
	event, length := payload[0], binary.BigEndian.Uint16(payload[2:])
	l.pass(w.now, h, int(int64(length)*clockOf(l.terms.Codec)/int64(l.terms.EventClock)))
	begins := l.incoming.begins(h, event, length, segment(l.terms))
	if event < 16 && begins && !l.bySound.same(event, w.now) {
		l.tell(toldDigit, payload[:1])
	}
	for _, listener := range l.listeners {
		switch {
		case l.keyed:
			listener.sending.skip(l, h)
		case listener.takesEventsOf(l):
			w.forwardEvent(listener, l, h, payload[:eventSize])
		default:
			listener.sending.skip(l, h)
			w.relayKey(listener, l, payload, begins)
		}
	}
}

// takesEventsOf reports whether the events of a source can go to l as they are.
func (l *Leg) takesEventsOf(source *Leg) bool {
	return l.terms.EventType != 0 && !l.mixed && clockOf(l.terms.Codec) == clockOf(source.terms.Codec) &&
		l.terms.EventClock == source.terms.EventClock
}

// relayKey has l's own keyer say what a source presses, as long as the source does.
func (w *worker) relayKey(l, source *Leg, payload []byte, begins bool) {
	event, over := payload[0], payload[1]&0x80 != 0
	if event > 15 || !l.maySend() {
		return
	}
	in := &source.incoming
	length := (in.before + int64(in.length)) * int64(time.Second) / int64(source.terms.EventClock)
	if l.keys.goesOn(source, length, over, w.now) || !begins {
		return
	}
	l.keys.push(press{event: event, length: max(length, int64(minKey)), source: source, open: !over, heard: w.now})
	w.schedule(l)
}

func (w *worker) forwardEvent(l, source *Leg, h header, payload []byte) {
	w.pace.urgent++
	if !l.maySend() || l.keys.active() {
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
