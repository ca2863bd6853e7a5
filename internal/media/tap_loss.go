package media

import "encoding/binary"

// longestBridge is how many samples may be made up for packets that did not come: what is made up fades within 60 ms, and
// a longer hole is one in the other side's ears, too.
const longestBridge = SampleRate / 5

// tapped is one packet as a tap has it.
type tapped struct {
	arrived  int64
	stamp    uint32
	ssrc     uint32
	sequence uint16 // among the packets with sound
	codec    Codec
	payload  []byte
	length   int64 // samples at SampleRate
}

// parse reads the record that waits.
func (t *tap) parse() tapped {
	b := t.record[:t.size]
	p := tapped{
		arrived: t.arrived(), stamp: binary.LittleEndian.Uint32(b[8:]), ssrc: binary.LittleEndian.Uint32(b[12:]),
		sequence: binary.LittleEndian.Uint16(b[16:]), codec: Codec(b[18]), payload: b[tapHeader:],
	}
	p.length = int64(unitsOf(p.codec, p.payload)) * SampleRate / clockOf(p.codec)
	return p
}

// place is where a packet belongs by its timestamp.
func (t *track) place(p tapped) int64 {
	return t.position + int64(int32(p.stamp-t.stamp))*SampleRate/clockOf(p.codec)
}

// bridge makes up the sound of packets that were lost right before one that came, as the other side's ears do. A time in
// which none was sent is not bridged.
func (t *track) bridge(rec *recorder, p tapped, position int64) {
	lost, hole := int64(int16(p.sequence-t.sequence))-1, position-t.position-t.length
	n := min(hole, lost*t.length)
	if n <= 0 || n > longestBridge || p.codec != t.codec {
		return
	}
	t.keep(t.position+t.length, t.conceal(int(n), int(t.length), p.payload), rec)
}
