package rtc

import (
	"net/netip"
	"sync"
	"time"

	"parley/internal/media"
	"parley/internal/quality"
)

// Stats is how a leg does.
type Stats struct {
	State     string         // connecting, connected or disconnected; "" when there is no such leg
	Codec     media.Codec    // of both directions
	Remote    netip.AddrPort // where the browser is reached; invalid before it is connected
	Sent      uint64         // packets of sound
	Received  uint64         // packets from the browser
	Lost      uint64         // of our packets, as the browser counts them (RFC 3550 §6.4.1)
	Jitter    time.Duration  // of our packets at the browser
	RoundTrip time.Duration  // 0 until the browser has reported
}

// meter notes what the sound does not keep.
type meter struct {
	mu     sync.Mutex
	stands state
	spoken media.Codec
	lossy  float64 // part of our packets that was lost lately, 0 to 1
}

func (m *meter) state(s state) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stands = s
}

func (m *meter) codec(c media.Codec) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spoken = c
}

// lossMemory is over how many samples, one in five seconds, loss is averaged.
const lossMemory = 2

// sampled takes what the browser said of our packets for a while.
func (m *meter) sampled(s quality.Sample) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s.Packets > 0 {
		m.lossy += (s.Loss/100 - m.lossy) / lossMemory
	}
}

func (m *meter) loss() float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lossy
}

func (l *leg) stats() Stats {
	l.meter.mu.Lock()
	s := Stats{State: string(l.meter.stands), Codec: l.meter.spoken}
	l.meter.mu.Unlock()
	if s.State == "" {
		s.State = string(connecting)
	}
	if sound := l.voice(); sound != nil {
		c := sound.Stats()
		s.Sent, s.Received, s.Lost, s.Jitter, s.RoundTrip = c.PacketsOut, c.PacketsIn, c.FarLost, c.FarJitter, c.RoundTrip
	}
	if k := l.way(); k != nil {
		if path := k.path.Load(); path != nil {
			s.Remote = path.Remote
		}
	}
	return s
}
