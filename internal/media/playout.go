package media

import "time"

// Playout is what a far side knows of its own receiving beyond its reports: a browser's page reads it from the statistics of
// its connection.
type Playout struct {
	Discarded uint64        // packets since the leg began that came too late to be heard, or too early
	Buffer    time.Duration // how long sound waits in its jitter buffer; 0 when unknown
}

// mostBuffer is the longest wait that is believed.
const mostBuffer = 10 * time.Second

// Played takes what the far side tells, for the samples of the way to it. A count that goes back is passed over.
func (l *Leg) Played(p Playout) {
	g := &l.gauge
	for {
		before := g.farLate.Load()
		if p.Discarded < before || g.farLate.CompareAndSwap(before, p.Discarded) {
			break
		}
	}
	if p.Buffer > 0 {
		g.farBuffer.Store(int64(min(p.Buffer, mostBuffer) + frameTime)) // a packet is a frame old when it comes
	}
}
