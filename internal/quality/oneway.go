package quality

import (
	"fmt"
	"time"
)

const (
	// patience is how long nothing may come before it is one-way audio: with an observation a second it is found
	// within the 5 s of BX-57.
	patience = 4 * time.Second
	// enough is how many of our packets, when a report comes, must have been sent after the last one that it knows of:
	// a second of 20 ms packets, so that those still on their way cannot be it.
	enough = 50
	// flowing is how many packets in an observation say that sound is back.
	flowing = 5
)

// Flow is what is known of a leg at one moment; counters run since the leg was answered.
type Flow struct {
	At        time.Duration // on any steady clock
	Sending   bool          // we are to send: not held, not recvonly there
	Receiving bool          // we are to receive
	Paused    bool          // the far side's last packet announced silence (comfort noise, Opus DTX)
	Sent      uint64        // packets that we sent
	Received  uint64        // packets that came, keyed digits and comfort noise too
	Sounding  uint64        // of them, those that were not the codec's exact zero from end to end
	Reports   uint64        // RTCP report blocks about our stream
	Reached   uint64        // Sent as it was at the packet with the highest sequence number that the latest one knows of; 0 for none
}

// OneWay finds the directions of one leg in which nothing is heard although it should be. Observe it about every
// second. Exact zero alone is no proof, as a muted telephone sends just that; together with reports that nothing
// reaches the far side it is. What does not reach the far side can only be found when it reports: with a report every
// 4 s within the 5 s of BX-57, with the usual one every 5 s within 6.
type OneWay struct {
	begun       bool
	last        Flow
	here, there bool
	in          time.Duration // when packets last came, or need not have
	sound       time.Duration // when a sounding one last came, or need not have
	fresh       int           // observations in a row with packets
}

// Observe takes what is known now and says whether a finding came or went.
func (o *OneWay) Observe(f Flow) (changed bool) {
	if !o.begun || f.Received < o.last.Received || f.Sent < o.last.Sent {
		*o = OneWay{begun: true, last: f, in: f.At, sound: f.At, here: o.here, there: o.there}
		return false
	}
	here, there := o.here, o.there
	o.incoming(f)
	o.outgoing(f)
	if o.there && f.Receiving && f.At-o.sound >= patience {
		o.here = true
	}
	o.last = f
	return here != o.here || there != o.there
}

// incoming looks at what comes. Silence counts only while we send: a leg that is just being set up does neither.
func (o *OneWay) incoming(f Flow) {
	came := f.Received - o.last.Received
	if came > 0 || !f.Receiving || f.Paused || f.Sending && f.Sent == o.last.Sent {
		o.in = f.At
	}
	if f.Sounding > o.last.Sounding || !f.Receiving || f.Paused {
		o.sound = f.At
	}
	o.fresh++
	if came < flowing {
		o.fresh = 0
	}
	switch {
	case !f.Receiving:
		o.here = false
	case f.At-o.in >= patience:
		o.here = true
	case o.fresh >= 2:
		o.here = false
	}
}

// outgoing looks at what the far side's latest report says of our packets.
func (o *OneWay) outgoing(f Flow) {
	if !f.Sending {
		o.there = false
		return
	}
	if f.Reports != o.last.Reports {
		o.there = f.Sent-min(f.Reached, f.Sent) >= enough
	}
}

// Here says that the far side is not heard; There that it does not hear.
func (o *OneWay) Here() bool { return o.here }

// There says that the far side does not hear us.
func (o *OneWay) There() bool { return o.there }

// Text says who cannot hear whom on the leg of that party, "" while all is well; others is who talks to it.
func (o *OneWay) Text(party, others string) string {
	switch {
	case o.here && o.there:
		return fmt.Sprintf("%s and %s cannot hear each other", others, party)
	case o.here:
		return fmt.Sprintf("%s cannot hear %s", others, party)
	case o.there:
		return fmt.Sprintf("%s cannot hear %s", party, others)
	}
	return ""
}
