package media

import "time"

// Report is what the far side tells of the packets that we sent (RFC 3550 §6.4.1).
type Report struct {
	Highest   uint32        // extended highest sequence number that came
	Lost      int32         // packets that it misses since it began to count; late copies make it negative
	Jitter    time.Duration // interarrival jitter
	RoundTrip time.Duration // 0 when it cannot be told
}

// reported keeps what a report says; it belongs to the leg's worker.
func (l *Leg) reported(r Report) {
	c := &l.counted
	c.farLost.Store(uint64(max(0, r.Lost)))
	c.farJitter.Store(int64(r.Jitter))
	if r.RoundTrip > 0 {
		c.roundTrip.Store(int64(r.RoundTrip))
	}
	sent := c.packetsOut.Load()
	l.gauge.told(r, l.sending.sequence, sent)
	flying := uint64(l.sending.sequence - uint16(r.Highest))
	l.gauge.reached.Store(sent - min(flying, sent))
	l.gauge.reports.Add(1)
}

// longest is how many packets may go between two reports so that numbers of 16 bits still tell them apart.
const longest = 30000

// distant turns the reports into counters that only go up. Packets that never reached us from whoever is heard on the
// leg leave holes in the numbers that we send: those are not lost on the way to the far side.
type distant struct {
	begun          bool
	last           Report
	sequence       uint16 // the highest of ours at the last report
	sent           uint64 // packets by then
	expected, gone int64
}

func (d *distant) take(r Report, sequence uint16, sent uint64) {
	came := int32(r.Highest - d.last.Highest)
	if d.begun && came >= 0 && sent-d.sent < longest {
		holes := int64(sequence-d.sequence) - int64(sent-d.sent)
		d.expected += int64(came) - holes
		d.gone += int64(r.Lost) - int64(d.last.Lost) - holes
	}
	d.begun, d.last, d.sequence, d.sent = true, r, sequence, sent
}
