package media

// reception keeps the figures of a stream that comes in (RFC 3550 §A.1, §A.3 and §A.8).
type reception struct {
	heard    bool
	clock    int64 // units of its timestamps in a second; 0 means 8000
	ssrc     uint32
	base     uint16 // first sequence number
	highest  uint16
	cycles   uint64 // 65536 for each time the numbers wrapped
	received uint64
	before   uint64 // lost of streams that ended
	transit  uint32
	jitter   int64 // units, times 16

	reportedExpected, reportedReceived uint64 // at the last report

	senderReport   uint32 // middle of the NTP time in the last sender report
	senderReportAt int64
}

// take counts one packet that arrived at now.
func (r *reception) take(h header, now int64) {
	ahead := int16(h.sequence - r.highest)
	if !r.heard || r.ssrc != h.ssrc || ahead > maxMissed || ahead < -maxLate {
		r.restart(h)
		ahead = 0
	}
	if ahead > 0 {
		if h.sequence < r.highest {
			r.cycles += 1 << 16
		}
		r.highest = h.sequence
	}
	r.received++
	transit := uint32(unitsIn(now, r.rate())) - h.timestamp
	if r.received > 1 && ahead > 0 {
		change := int64(int32(transit - r.transit))
		r.jitter += max(change, -change) - (r.jitter+8)>>4
	}
	r.transit = transit
}

func (r *reception) restart(h header) {
	*r = reception{
		heard: true, clock: r.clock, ssrc: h.ssrc, base: h.sequence, highest: h.sequence, before: r.lost(),
		senderReport: r.senderReport, senderReportAt: r.senderReportAt,
	}
}

func (r *reception) rate() int64 {
	if r.clock == 0 {
		return SampleRate
	}
	return r.clock
}

func (r *reception) expected() uint64 {
	if !r.heard {
		return 0
	}
	return r.cycles + uint64(r.highest) - uint64(r.base) + 1
}

// lost is the number of packets missed so far; duplicates may hide some.
func (r *reception) lost() uint64 {
	if expected := r.expected(); expected > r.received {
		return r.before + expected - r.received
	}
	return r.before
}

// fraction is the share lost since it was last asked, in 256ths.
func (r *reception) fraction() uint8 {
	expected, received := r.expected()-r.reportedExpected, r.received-r.reportedReceived
	r.reportedExpected, r.reportedReceived = r.expected(), r.received
	if expected == 0 || received >= expected {
		return 0
	}
	return uint8(min(255, (expected-received)<<8/expected))
}
