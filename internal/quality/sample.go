// Package quality says how well each side of a leg hears: samples of five seconds rated by the E-model, the rule that
// shows and clears the banner, and the rule that finds one-way audio.
package quality

import (
	"fmt"
	"time"
)

// Period is how much of a call one sample is of.
const Period = 5 * time.Second

// Direction is the way that sound takes on a leg.
type Direction uint8

// The directions.
const (
	From Direction = iota // from the leg's far side to us: measured here
	To                    // from us to the far side: told by its RTCP reports
)

// String names the direction.
func (d Direction) String() string {
	if d == To {
		return "to"
	}
	return "from"
}

// Counters are one direction's running figures since the leg began. From our own reception they come from the
// receiver and its jitter buffer; from the far side's RTCP reports (RFC 3550 §6.4) Expected is the extended highest
// sequence number less the first one plus 1, and Lost its cumulative loss.
type Counters struct {
	Codec     string        // SDP name
	Expected  uint64        // packets that were sent to the receiver
	Lost      uint64        // of them, those that never came; may fall when duplicates come
	Discarded uint64        // those that came too late to be heard
	Losses    uint64        // runs of lost packets; 0 when unknown
	Jitter    time.Duration // interarrival jitter now (RFC 3550 §6.4.1)
	RoundTrip time.Duration // the latest; 0 when unknown
	Buffer    time.Duration // frame and jitter buffer of the receiver; 0 when unknown
}

// Sample is one direction of a leg over one period.
type Sample struct {
	At        time.Time     `json:"at"` // end of the period
	Direction Direction     `json:"direction"`
	Codec     string        `json:"codec"`
	Packets   uint64        `json:"packets"` // expected; none means that nothing was to be heard, and nothing else is set
	Loss      float64       `json:"loss"`    // percent not heard: lost or too late
	Jitter    time.Duration `json:"jitter"`
	RoundTrip time.Duration `json:"roundTrip"` // 0 when unknown
	Delay     time.Duration `json:"delay"`     // from end to end, buffer included
	MOS       float64       `json:"mos"`       // 1 to 4.5; 0 without packets
}

// String prints the sample on one line.
func (s Sample) String() string {
	if s.Packets == 0 {
		return fmt.Sprintf("%s: nothing", s.Direction)
	}
	return fmt.Sprintf("%s: %s, %d packets, loss %.1f %%, jitter %d ms, round trip %d ms, delay %d ms, MOS %.2f", s.Direction,
		s.Codec, s.Packets, s.Loss, s.Jitter.Milliseconds(), s.RoundTrip.Milliseconds(), s.Delay.Milliseconds(), s.MOS)
}

// Meter makes samples of one direction from its counters.
type Meter struct {
	Direction Direction
	last      Counters
}

// Sample closes a period. Counters that fell back (a new stream) begin anew.
func (m *Meter) Sample(at time.Time, c Counters) Sample {
	before := m.last
	m.last = c
	if c.Expected < before.Expected || c.Discarded < before.Discarded {
		before = Counters{}
	}
	s := Sample{At: at, Direction: m.Direction, Codec: c.Codec, Packets: c.Expected - before.Expected}
	if s.Packets == 0 {
		return s
	}
	gone := min(since(c.Lost, before.Lost)+since(c.Discarded, before.Discarded), s.Packets)
	s.Loss = 100 * float64(gone) / float64(s.Packets)
	s.Jitter, s.RoundTrip = c.Jitter, c.RoundTrip
	s.Delay = c.RoundTrip/2 + c.buffer()
	path := Path{Codec: c.Codec, Loss: s.Loss, Bursts: bursts(gone, since(c.Losses, before.Losses), s.Packets), Delay: s.Delay}
	s.MOS = path.MOS()
	return s
}

// since is how much a counter grew, which is nothing when it fell.
func since(now, before uint64) uint64 {
	return now - min(now, before)
}

// buffer is the receiver's delay; of a far side, which does not tell, a frame and twice its jitter is assumed.
func (c Counters) buffer() time.Duration {
	if c.Buffer > 0 {
		return c.Buffer
	}
	return 20*time.Millisecond + 2*c.Jitter
}

// bursts is the mean length of a run of losses over the one that random loss of this rate would have
// (ITU-T G.107 §7.5), at least 1 and at most 8, beyond which the E-model was never tried.
func bursts(lost, runs, packets uint64) float64 {
	if lost == 0 || runs == 0 || lost >= packets {
		return 1
	}
	random := 1 / (1 - float64(lost)/float64(packets))
	return max(1, min(float64(lost)/float64(runs)/random, 8))
}
