package media

import (
	"sync/atomic"
	"time"
)

// Stats counts what a leg received and sent since it was opened.
type Stats struct {
	PacketsIn, BytesIn   uint64        // RTP taken; bytes of payload
	PacketsOut, BytesOut uint64        // RTP sent; bytes of payload
	Lost                 uint64        // packets that the sequence numbers of the far side miss (RFC 3550 §A.3)
	Jitter               time.Duration // interarrival jitter (RFC 3550 §A.8)
	Last                 time.Time     // when the last RTP packet came; zero before the first
	LastReport           time.Time     // when the last RTCP of the far side came; zero before the first
	Bad                  uint64        // packets dropped: no RTP, an unknown payload type, a stranger's
	Delay                time.Duration // of the jitter buffer, where the sound is decoded
	FarLost              uint64        // packets of ours that the far side misses, by its reports
	FarJitter            time.Duration // of what we send, by its reports
	RoundTrip            time.Duration // by its reports (RFC 3550 §6.4.1); 0 when it sends none
}

// counters are written by the leg's worker and read by anyone.
type counters struct {
	packetsIn, bytesIn, packetsOut, bytesOut, lost, bad atomic.Uint64
	last, jitter, delay, lastReport                     atomic.Int64 // nanoseconds
	farLost                                             atomic.Uint64
	farJitter, roundTrip                                atomic.Int64
}

// Stats is what was counted so far; it may be asked after Close, too.
func (l *Leg) Stats() Stats {
	c := &l.counted
	s := Stats{
		PacketsIn: c.packetsIn.Load(), BytesIn: c.bytesIn.Load(),
		PacketsOut: c.packetsOut.Load(), BytesOut: c.bytesOut.Load(),
		Lost: c.lost.Load(), Jitter: time.Duration(c.jitter.Load()), Bad: c.bad.Load(), Delay: time.Duration(c.delay.Load()),
		FarLost: c.farLost.Load(), FarJitter: time.Duration(c.farJitter.Load()), RoundTrip: time.Duration(c.roundTrip.Load()),
	}
	if last := c.last.Load(); last != 0 {
		s.Last = l.engine.start.Add(time.Duration(last))
	}
	if last := c.lastReport.Load(); last != 0 {
		s.LastReport = l.engine.start.Add(time.Duration(last))
	}
	if l.in != nil {
		s.Bad += l.in.dropped.Load()
	}
	return s
}
