package media

import (
	"math/rand/v2"

	"parley/internal/codec"
)

const (
	maxMissed = 3000 // packets (RFC 3550 §A.1 MAX_DROPOUT)
	maxLate   = 100  // packets (RFC 3550 §A.1 MAX_MISORDER)
)

// sending is the one RTP stream that a leg sends: whatever its sources are, sequence and timestamp go on.
type sending struct {
	clock    int64 // units of its timestamps in a second
	ssrc     uint32
	sequence uint16 // the highest sent
	stamp    uint32 // the highest sent
	stampAt  int64  // when the first packet of that timestamp went
	length   uint32 // units in the last packet of sound
	started  bool

	source     *Leg   // whose packets are followed; nil for a play
	sourceSSRC uint32 // or the play's number
	following  bool
	moved      uint16 // what to add to a source's sequence numbers
	shifted    uint32 // what to add to its timestamps
	young      uint16 // packets since the source began, up to maxLate
	injected   bool   // a digit of ours went since the source's last packet
}

func (s *sending) open() {
	s.clock = SampleRate
	s.ssrc, s.sequence, s.stamp = rand.Uint32(), uint16(rand.Uint32()), rand.Uint32()
}

// run sets the clock of a stream, which goes on by the new one where another ran (RFC 7160 §4).
func (s *sending) run(clock int64) {
	if clock != s.clock {
		s.clock, s.length, s.following = clock, 0, false
	}
}

// next is the timestamp of something new that begins now.
func (s *sending) next(now int64) uint32 {
	if !s.started {
		return s.stamp
	}
	return s.stamp + max(uint32(unitsIn(now-s.stampAt, s.clock)), s.length)
}

func (s *sending) follows(source *Leg, h header) bool {
	return s.following && s.source == source && s.sourceSSRC == h.ssrc
}

// follow turns the header of a source into ours; ok is false for a packet that is older than what we began with.
func (s *sending) follow(source *Leg, h header, event bool, now int64) (out header, ok bool) {
	if !s.follows(source, h) || s.leaps(h, event, now) || s.fellBehind(h) {
		s.source, s.sourceSSRC, s.following, s.young = source, h.ssrc, true, 0
		s.moved = s.sequence + 1 - h.sequence
		s.shifted = s.next(now) - h.timestamp
		h.marker = true
	}
	out = header{marker: h.marker, payloadType: h.payloadType, sequence: h.sequence + s.moved, timestamp: h.timestamp + s.shifted, ssrc: s.ssrc}
	ahead := int16(out.sequence - s.sequence)
	if s.started && ahead <= 0 && -ahead >= int16(s.young) {
		return out, false
	}
	s.young = min(s.young+1, maxLate)
	s.note(out, now)
	return out, true
}

// leaps reports whether a source jumped so far that it must be taken up anew.
func (s *sending) leaps(h header, event bool, now int64) bool {
	ahead := int16(h.sequence + s.moved - s.sequence)
	if ahead > maxMissed || ahead < -maxLate {
		return true
	}
	if event { // its timestamp is the start of the digit, long ago for a long one
		return false
	}
	leap := int64(int32(h.timestamp+s.shifted-s.stamp)) - unitsIn(now-s.stampAt, s.clock)
	return leap > s.clock || leap < -s.clock // a second ahead or behind counts as a new one
}

// fellBehind reports whether a source that goes on after a digit of ours would lie before it: the digit is stamped by
// our clock, and the source's own stood still, as that of a phone does which makes fewer packets than time passes.
func (s *sending) fellBehind(h header) bool {
	return s.injected && int16(h.sequence+s.moved-s.sequence) > 0 && int32(h.timestamp+s.shifted-s.stamp) <= 0
}

// note remembers what was sent last.
func (s *sending) note(out header, now int64) {
	if !s.started || int16(out.sequence-s.sequence) > 0 {
		s.sequence, s.injected = out.sequence, false
	}
	if !s.started || int32(out.timestamp-s.stamp) > 0 {
		s.stamp, s.stampAt = out.timestamp, now
	}
	s.started = true
}

// skip passes over a packet of the source that is not sent, so that the far side does not count it as lost.
func (s *sending) skip(source *Leg, h header) {
	if s.follows(source, h) {
		s.moved--
	}
}

// inject makes the header of a packet that comes from no source; the source's packets go behind it.
func (s *sending) inject(stamp uint32, now int64) header {
	out := header{sequence: s.sequence + 1, timestamp: stamp, ssrc: s.ssrc}
	s.moved++
	s.note(out, now)
	s.injected = true
	return out
}

// forward sends a packet of sound of source to l, in l's codec.
func (w *worker) forward(l, source *Leg, h header, payload []byte) {
	w.pace.urgent++
	if !l.maySend() || l.keys.active() {
		l.sending.skip(source, h)
		return
	}
	out, ok := l.sending.follow(source, h, false, w.now)
	if !ok {
		return
	}
	l.sending.length = unitsOf(l.terms.Codec, payload)
	out.payloadType = l.terms.PayloadType
	out.put(w.out[:])
	if from, to := source.terms.Codec, l.terms.Codec; from != to {
		codec.Transcode(w.out[:headerSize], payload, from, to)
	} else {
		copy(w.out[headerSize:], payload)
	}
	w.send(l, len(payload))
}

// send sends what stands in w.out: a header and n bytes of payload.
func (w *worker) send(l *Leg, n int) {
	packet := w.out[:headerSize+n]
	shielded, ok := l.shield.protect(packet, false)
	if !ok || !w.transmit(l, shielded) {
		return
	}
	l.counted.packetsOut.Add(1)
	l.counted.bytesOut.Add(uint64(n))
}

// maySend reports whether packets can go out now.
func (l *Leg) maySend() bool {
	return l.agreed && l.terms.Send && l.terms.Codec.Available() && (l.out != nil || l.target.known())
}
