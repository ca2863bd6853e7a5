package jitter

import (
	"math/bits"
	"time"
)

const (
	dropout  = 3000 // sequence numbers that may be missing (RFC 3550 §A.1)
	misorder = 100  // sequence numbers that one may come too late
)

// intake unwraps sequence numbers and timestamps. What was newest is remembered both as it came and unwrapped, so
// that a jump of the sender only changes how the two are tied together.
type intake struct {
	begun, switching bool
	rawSequence      uint16
	sequence         int64
	rawTimestamp     uint32
	timestamp        int64
	arrival          int64  // when the newest came, units
	length           int64  // units of the last packet with sound
	seen             uint64 // bit n: sequence-n has been here
	probing          bool
	probe            uint16 // sequence number that would prove a jump
}

// Put takes a packet in; now is its arrival in nanoseconds of any steady clock. The payload is copied. The marker is
// not needed to find a pause – sequence and time tell – and lets a jump in time be believed at once.
func (b *Buffer) Put(now int64, sequence uint16, timestamp uint32, marker bool, payload []byte) Verdict {
	units := 0
	if len(payload) > 0 && len(payload) <= longest {
		units = b.Units(payload)
	}
	if units <= 0 || int64(units)*1000 > 200*b.clock {
		b.stats.Strange++
		return Malformed
	}
	arrival := b.units(time.Duration(now))
	at, when, verdict := b.place(arrival, sequence, timestamp, 0, marker)
	if verdict != Kept {
		return verdict
	}
	if b.network.observe(arrival, when) {
		b.desk.pause() // and begins again with what is not heard yet
	}
	b.intake.length = int64(units)
	return b.keep(slot{sequence: at, timestamp: when, units: int64(units)}, payload)
}

// Pass takes in a packet of the same stream that carries no sound: a telephone-event (timestamp of its beginning,
// units its duration so far, RFC 4733 §2.3) or comfort noise (units 0, RFC 3389). The time passes as Empty, and
// nothing is expected after it until the next packet with sound.
func (b *Buffer) Pass(now int64, sequence uint16, timestamp uint32, units int) Verdict {
	if units < 0 || units > 0xffff {
		b.stats.Strange++
		return Malformed
	}
	at, when, verdict := b.place(b.units(time.Duration(now)), sequence, timestamp, uint32(units), false)
	if verdict != Kept {
		return verdict
	}
	return b.keep(slot{sequence: at, timestamp: when, units: int64(units), pass: true}, nil)
}

// keep puts a packet on the shelf unless its time is over.
func (b *Buffer) keep(p slot, payload []byte) Verdict {
	if d := &b.desk; d.begun && (p.sequence < d.next || !p.pass && p.end() <= d.over()) {
		b.stats.Late++
		return Late
	}
	b.stats.Crowded += uint64(b.shelf.put(p, payload))
	return Kept
}

// place unwraps a packet's sequence number and timestamp; into is how far its time reaches beyond the timestamp.
func (b *Buffer) place(arrival int64, sequence uint16, timestamp, into uint32, marker bool) (at, when int64, v Verdict) {
	in := &b.intake
	if !in.begun {
		in.begun, in.switching = true, false
		b.tie(arrival, sequence, timestamp+into, 1, 0)
		return in.sequence, in.timestamp - int64(into), Kept
	}
	step := int64(int16(sequence - in.rawSequence))
	ahead := int64(int32(timestamp + into - in.rawTimestamp))
	passed := arrival - in.arrival
	switch {
	case in.switching:
		in.switching = false
		b.tie(arrival, sequence, timestamp+into, in.sequence+1, in.timestamp+max(in.length, passed))
	case step > dropout || step < -misorder:
		if !marker && !b.proven(sequence) {
			b.stats.Strange++
			return 0, 0, Strange
		}
		b.tie(arrival, sequence, timestamp+into, in.sequence+1, in.timestamp+max(in.length, passed))
	case step <= 0:
		return b.older(-step, ahead-int64(into))
	case max(ahead-passed, passed-ahead) > b.clock:
		b.tie(arrival, sequence, timestamp+into, in.sequence+step, in.timestamp+max(in.length, passed))
	default:
		b.tie(arrival, sequence, timestamp+into, in.sequence+step, in.timestamp+ahead)
	}
	in.probing = false
	return in.sequence, in.timestamp - int64(into), Kept
}

// tie makes a packet the newest one.
func (b *Buffer) tie(arrival int64, sequence uint16, timestamp uint32, at, when int64) {
	in := &b.intake
	in.seen = in.seen<<min(at-in.sequence, 64) | 1
	in.rawSequence, in.rawTimestamp = sequence, timestamp
	in.sequence, in.timestamp, in.arrival = at, when, arrival
}

// proven says whether a packet far off follows another one that was.
func (b *Buffer) proven(sequence uint16) bool {
	in := &b.intake
	second := in.probing && sequence == in.probe
	in.probing, in.probe = !second, sequence+1
	return second
}

// older places a packet that is back steps behind the newest one, whose timestamp is ahead units from the newest
// one's.
func (b *Buffer) older(back, ahead int64) (at, when int64, v Verdict) {
	in := &b.intake
	if back < 64 && bits.TrailingZeros64(in.seen>>back) == 0 {
		b.stats.Duplicates++
		return 0, 0, Duplicate
	}
	if ahead > b.clock || ahead < -10*b.clock {
		b.stats.Strange++
		return 0, 0, Strange
	}
	if back < 64 {
		in.seen |= 1 << back
	}
	b.stats.Reordered++
	return in.sequence - back, in.timestamp + ahead, Kept
}
