package media

import (
	"encoding/binary"
	"sync/atomic"
	"time"
)

const (
	tapBuffer  = 1 << 15 // bytes between worker and disk: over three seconds of G.711
	tapHeader  = 19
	trackSize  = 1 << 13             // samples that may wait for those before them, a power of two
	maxDrift   = SampleRate * 2 / 10 // samples that RTP time may differ from arrival
	lateness   = int64(400 * time.Millisecond)
	settle     = int64(50 * time.Millisecond) // what a worker needs to put its last packets aside
	lastChance = int64(time.Second)           // after it, an ended tap has nothing more to give
)

// tap takes what one leg sends to one channel of a recording.
type tap struct {
	channel int
	ring    *ring
	ended   atomic.Bool

	track // for the disk
}

func newTap(channel int) *tap { return &tap{channel: channel, ring: newRing(tapBuffer)} }

// put is the worker's side: a packet goes to the ring, and is lost when the disk is that far behind.
func (t *tap) put(now int64, c Codec, h header, payload []byte) {
	var b [tapHeader]byte
	binary.LittleEndian.PutUint64(b[0:], uint64(now))
	binary.LittleEndian.PutUint32(b[8:], h.timestamp)
	binary.LittleEndian.PutUint32(b[12:], h.ssrc)
	binary.LittleEndian.PutUint16(b[16:], h.sequence)
	b[18] = byte(c)
	t.ring.put(b[:], payload)
}

// track lays the packets of one tap on the recording's time: by RTP timestamp, so that gaps keep their length,
// anchored to arrival, so that it stays true to the wall clock.
type track struct {
	record [packetSize + tapHeader]byte
	size   int // of the record that waits its turn; 0 for none
	reader
	window   [trackSize]int16
	anchored bool
	ssrc     uint32
	stamp    uint32 // the timestamp at position
	position int64
	sequence uint16 // of the packet there
	length   int64  // and its samples
	quiet    int64  // when something came last
}

// load makes the next record of the ring the one that waits; it is false when there is none.
func (t *tap) load() bool {
	if t.size == 0 {
		t.size = max(0, t.ring.take(t.record[:]))
	}
	return t.size > tapHeader
}

func (t *tap) arrived() int64 { return int64(binary.LittleEndian.Uint64(t.record[0:])) }

// pull lays all packets that arrived before until.
func (t *tap) pull(until int64, rec *recorder) {
	for t.load() && t.arrived() < until {
		t.lay(rec)
		t.size = 0
	}
}

func (t *tap) lay(rec *recorder) {
	p := t.parse()
	if late := int16(p.sequence - t.sequence); t.anchored && p.ssrc == t.ssrc && late <= 0 && late > -maxLate {
		if companded(p.codec) { // any other codec's reader has gone on without it
			t.keep(t.place(p), Expand(p.codec, t.samples[:0], p.payload), rec)
		}
		return
	}
	byClock := samplesIn(time.Duration(p.arrived-rec.started)) - p.length
	position := t.place(p)
	if drift := position - byClock; !t.anchored || p.ssrc != t.ssrc || drift > maxDrift || drift < -maxDrift {
		position, t.anchored = byClock, true
	} else {
		t.bridge(rec, p, position)
	}
	t.ssrc, t.stamp, t.position, t.quiet = p.ssrc, p.stamp, position, p.arrived
	t.sequence, t.length = p.sequence, p.length
	pcm := t.read(p.codec, p.payload)
	if !rec.silent(byClock + p.length) {
		t.keep(position, pcm, rec)
	}
}

// keep lays samples that are neither too late nor too early, and lie in no gap.
func (t *track) keep(position int64, pcm []int16, rec *recorder) {
	if early := rec.committed - position; early > 0 {
		pcm, position = pcm[min(early, int64(len(pcm))):], rec.committed
	}
	pcm = pcm[:min(max(rec.committed+trackSize-position, 0), int64(len(pcm)))]
	gap := rec.gapIn(position, position+int64(len(pcm)))
	for len(pcm) > 0 {
		place := int(position & (trackSize - 1))
		n := min(len(pcm), trackSize-place)
		if !gap {
			copy(t.window[place:], pcm[:n])
		} else {
			for i, x := range pcm[:n] {
				if !rec.silent(position + int64(i)) {
					t.window[place+i] = x
				}
			}
		}
		pcm, position = pcm[n:], position+int64(n)
	}
}

// lift adds the samples from a position on to sum, and takes them off the track.
func (t *track) lift(at int64, sum []int32) {
	for len(sum) > 0 {
		part := t.window[at&(trackSize-1):]
		part = part[:min(len(part), len(sum))]
		for i, x := range part {
			sum[i] += int32(x)
		}
		clear(part)
		sum, at = sum[len(part):], at+int64(len(part))
	}
}
