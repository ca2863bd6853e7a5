package media

import (
	"net/netip"
	"time"
)

// lossTime is how long a leg may be without RTP before its sound counts as lost.
const lossTime = int64(time.Second)

func (l *Leg) agree(t Terms, now int64) {
	if l.agreed && t.Remote.Addr().IsUnspecified() { // on hold by RFC 2543: it will go on from where it was
		t.Remote, t.Control = l.terms.Remote, l.terms.Control
	}
	moved := t.Remote != l.terms.Remote || t.Mux != l.terms.Mux || !l.agreed
	reports := moved || t.Control != l.terms.Control
	if !l.agreed {
		l.reportDue = now + reportTime
	}
	if err := l.shield.take(t.Crypto); err != nil {
		l.engine.log.Error("keys are of no use", "leg", l.name, "err", err)
	}
	l.terms, l.agreed, l.agreedAt, l.pauses = t, true, now, false
	if moved {
		l.latch = latch{}
		l.sound.leave(&l.target)
		l.aim(t.Remote)
	}
	if reports {
		l.reporting = latch{}
		l.aimReports()
	}
	l.sending.run(clockOf(t.Codec))
	l.arrival.clock = clockOf(t.Codec)
	l.gauge.agree(t)
}

// arrive is the step of one packet of a leg: count it, then give it to the recorder and to those who hear the leg.
// Source says who sent it to a socket.
func (w *worker) arrive(l *Leg, packet []byte, source netip.AddrPort) {
	if l.terms.Mux && isControl(packet) {
		w.report(l, packet, source)
		return
	}
	packet, ok := l.shield.open(packet, false)
	if !ok {
		l.counted.bad.Add(1)
		return
	}
	h, payload, ok := parseRTP(packet)
	holds := l.terms.kind(h.payloadType)
	if !ok || !l.agreed || l.casts || !l.understands(holds) || l.in == nil && !l.admits(source) {
		l.counted.bad.Add(1)
		return
	}
	w.count(l, holds, h, payload)
	if !l.terms.Receive {
		return
	}
	l.strays++
	switch {
	case holds == holdsEvent:
		w.arriveEvent(l, h, payload)
	case holds == holdsSound && len(payload) > 0:
		l.strays--
		w.arriveSound(l, h, payload)
	case holds == holdsPause:
		w.arriveNoise(l, h, payload)
	default:
		w.arriveNothing(l, h)
	}
}

func (l *Leg) understands(k kind) bool {
	return k != holdsNothing && (k != holdsSound || l.terms.Codec.Available())
}

// isControl tells RTCP from RTP on one port (RFC 5761 §4).
func isControl(packet []byte) bool {
	return len(packet) > 1 && packet[1] >= 192 && packet[1] <= 223
}

// pass tells the voice of a packet that carries no sound and says how many units have passed since its timestamp.
func (l *Leg) pass(now int64, h header, units int) {
	if l.voice != nil {
		l.voice.buffer.Pass(now, h.sequence, h.timestamp, units)
	}
}

func (w *worker) count(l *Leg, holds kind, h header, payload []byte) {
	c := &l.counted
	c.packetsIn.Add(1)
	c.bytesIn.Add(uint64(len(payload)))
	c.last.Store(w.now)
	l.arrival.take(h, w.now)
	c.lost.Store(l.arrival.lost())
	l.gauge.arrive(l.terms.Codec, holds, payload)
	c.jitter.Store((l.arrival.jitter >> 4) * int64(time.Second) / l.arrival.rate())
	if l.lost {
		l.lost = false
		l.tell(toldBack, nil)
	}
}

func (w *worker) arriveSound(l *Leg, h header, payload []byte) {
	if v := l.voice; v != nil {
		if v.ssrc != h.ssrc && v.sounded {
			v.buffer.Switch()
		}
		v.ssrc = h.ssrc
		if v.mixed {
			w.pace.urgent++
		}
		v.buffer.Put(w.now, h.sequence, h.timestamp, h.marker, payload)
	}
	if !l.keyed {
		sounding := h
		sounding.sequence -= l.strays
		for _, t := range l.taps {
			t.put(w.now, l.terms.Codec, sounding, payload)
		}
	}
	for _, listener := range l.listeners {
		if !listener.mixed && listener.forwards(l) {
			w.forward(listener, l, h, payload)
		}
	}
}

// lossDue is when the sound counts as lost if nothing comes.
func (l *Leg) lossDue() int64 { return max(l.counted.last.Load(), l.agreedAt) + lossTime }

// listenForLoss tells once when no RTP came for lossTime although it should.
func (l *Leg) listenForLoss(now int64) {
	if l.lost || !l.agreed || !l.terms.Receive {
		return
	}
	if now >= l.lossDue() {
		l.lost = true
		l.tell(toldLost, nil)
	}
}
