package rtc

import (
	"net/netip"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"parley/internal/media"
)

// Stats is how a leg does.
type Stats struct {
	State     string         // connecting, connected or disconnected; "" when there is no such leg
	Codec     media.Codec    // of both directions
	Remote    netip.AddrPort // where the browser is reached; invalid before it is connected
	Sent      uint64         // packets given to pion
	Dropped   uint64         // packets of ours that pion or the socket refused
	Received  uint64         // packets from the browser
	Lost      int64          // of our packets, as the browser counts them (RFC 3550 §6.4.1); late copies make it negative
	Jitter    time.Duration  // of our packets at the browser
	RoundTrip time.Duration  // 0 until the browser has reported
}

// meter counts for Stats.
type meter struct {
	mu    sync.Mutex
	count Stats
	lossy float64 // part of our packets that was lost lately, 0 to 1
}

func (m *meter) change(f func(*Stats)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f(&m.count)
}

func (m *meter) state(s state)       { m.change(func(c *Stats) { c.State = string(s) }) }
func (m *meter) codec(x media.Codec) { m.change(func(c *Stats) { c.Codec = x }) }
func (m *meter) sent()               { m.change(func(c *Stats) { c.Sent++ }) }
func (m *meter) unsent()             { m.change(func(c *Stats) { c.Dropped++ }) }
func (m *meter) received()           { m.change(func(c *Stats) { c.Received++ }) }

// report takes what the browser says of our packets.
func (m *meter) report(r rtcp.ReceptionReport, now time.Time) {
	m.change(func(c *Stats) {
		c.Lost = int64(int32(r.TotalLost<<8) >> 8) // 24 bits with sign
		m.lossy += (float64(r.FractionLost)/256 - m.lossy) / lossMemory
		if clock := c.Codec.ClockRate(); clock > 0 {
			c.Jitter = time.Duration(r.Jitter) * time.Second / time.Duration(clock)
		}
		if r.LastSenderReport != 0 {
			c.RoundTrip = roundTrip(r, now)
		}
	})
}

// lossMemory is over how many reports, about one a second, loss is averaged.
const lossMemory = 8

func (m *meter) loss() float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lossy
}

// roundTrip is A − LSR − DLSR (RFC 3550 §6.4.1), in units of 1/65536 s until the end.
func roundTrip(r rtcp.ReceptionReport, now time.Time) time.Duration {
	units := int32(middleNTP(now) - r.LastSenderReport - r.Delay)
	return max(time.Duration(units)*time.Second/65536, 0)
}

// middleNTP is the middle 32 bits of the NTP time: 16 of seconds since 1900, 16 of fraction (RFC 3550 §4).
func middleNTP(t time.Time) uint32 {
	const from1900to1970 = 2_208_988_800
	seconds := uint32(t.Unix() + from1900to1970)
	fraction := uint32(int64(t.Nanosecond()) << 16 / int64(time.Second))
	return seconds<<16 | fraction
}

// readReports reads what the browser reports of our sound.
func (l *leg) readReports(sender *webrtc.RTPSender) {
	persist(func() error {
		packets, _, err := sender.ReadRTCP()
		for _, p := range packets {
			for _, r := range receptionReports(p) {
				if r.SSRC == l.track.source() {
					l.meter.report(r, time.Now())
					l.pass(r)
				}
			}
		}
		return err
	})
}

// pass gives a report to the sound, which makes samples of it.
func (l *leg) pass(r rtcp.ReceptionReport) {
	s := l.stats()
	if sound := l.voice(); sound != nil {
		sound.Reported(media.Report{Highest: r.LastSequenceNumber, Lost: int32(r.TotalLost<<8) >> 8, Jitter: s.Jitter, RoundTrip: s.RoundTrip})
	}
}

func receptionReports(p rtcp.Packet) []rtcp.ReceptionReport {
	switch p := p.(type) {
	case *rtcp.ReceiverReport:
		return p.Reports
	case *rtcp.SenderReport:
		return p.Reports
	}
	return nil
}

func (l *leg) stats() Stats {
	l.meter.mu.Lock()
	s := l.meter.count
	l.meter.mu.Unlock()
	if s.State == "" {
		s.State = string(connecting)
	}
	s.Remote = l.remote()
	return s
}

// remote is the browser's address in the pair that ICE chose.
func (l *leg) remote() netip.AddrPort {
	l.mu.Lock()
	sender := l.sender
	l.mu.Unlock()
	if sender == nil {
		return netip.AddrPort{}
	}
	pair, err := sender.Transport().ICETransport().GetSelectedCandidatePair()
	if err != nil || pair == nil || pair.Remote == nil {
		return netip.AddrPort{}
	}
	address, err := netip.ParseAddr(pair.Remote.Address)
	if err != nil {
		return netip.AddrPort{}
	}
	return netip.AddrPortFrom(address.Unmap(), pair.Remote.Port)
}
