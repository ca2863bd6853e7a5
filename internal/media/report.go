package media

import (
	"encoding/binary"
	"net/netip"
	"time"
)

// reportTime is how often a leg sends RTCP.
const reportTime = int64(5 * time.Second)

// Packet types of RTCP (RFC 3550 §12.1).
const (
	senderReport   = 200
	receiverReport = 201
	description    = 202
)

const ntpEpoch = 2208988800 // seconds from 1900 to 1970

// ntp is the wall clock at the engine's time now, as 32.32 seconds since 1900 (RFC 3550 §4).
func (e *Engine) ntp(now int64) uint64 {
	wall := e.start.UnixNano() + now
	seconds, rest := uint64(wall/int64(time.Second)), uint64(wall%int64(time.Second))
	return (seconds+ntpEpoch)<<32 | rest<<32/uint64(time.Second)
}

// sendReport sends a sender or receiver report with a description.
func (w *worker) sendReport(l *Leg) {
	l.reportDue = w.now + reportTime
	if !l.mayReport() {
		return
	}
	packet := w.appendReport(w.out[:0], l)
	packet = appendDescription(packet, l.sending.ssrc)
	packet, ok := l.shield.protect(packet, true)
	if !ok {
		return
	}
	if l.terms.Mux {
		w.transmit(l, packet)
	} else {
		l.control.send(packet, &l.reports)
	}
}

func (w *worker) appendReport(b []byte, l *Leg) []byte {
	blocks, kind := byte(0), byte(receiverReport)
	if l.arrival.heard {
		blocks = 1
	}
	if l.sending.started {
		kind = senderReport
	}
	b = append(b, 0x80|blocks, kind, 0, 0)
	b = binary.BigEndian.AppendUint32(b, l.sending.ssrc)
	if kind == senderReport {
		b = binary.BigEndian.AppendUint64(b, w.engine.ntp(w.now))
		b = binary.BigEndian.AppendUint32(b, l.sending.stamp+uint32(unitsIn(w.now-l.sending.stampAt, l.sending.clock)))
		b = binary.BigEndian.AppendUint32(b, uint32(l.counted.packetsOut.Load()))
		b = binary.BigEndian.AppendUint32(b, uint32(l.counted.bytesOut.Load()))
	}
	if blocks > 0 {
		b = l.arrival.appendBlock(b, w.now)
	}
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)/4-1))
	return b
}

// appendBlock writes a report block (RFC 3550 §6.4.1).
func (r *reception) appendBlock(b []byte, now int64) []byte {
	b = binary.BigEndian.AppendUint32(b, r.ssrc)
	lost := uint32(min(r.lost()-r.before, 0x7FFFFF))
	b = binary.BigEndian.AppendUint32(b, uint32(r.fraction())<<24|lost)
	b = binary.BigEndian.AppendUint32(b, uint32(r.cycles)|uint32(r.highest))
	b = binary.BigEndian.AppendUint32(b, uint32(r.jitter>>4))
	b = binary.BigEndian.AppendUint32(b, r.senderReport)
	delay := uint32(0)
	if r.senderReport != 0 {
		delay = uint32((now - r.senderReportAt) << 16 / int64(time.Second))
	}
	return binary.BigEndian.AppendUint32(b, delay)
}

// appendDescription names the stream without telling who we are (RFC 7022 §4.2).
func appendDescription(b []byte, ssrc uint32) []byte {
	const hex = "0123456789abcdef"
	b = append(b, 0x81, description, 0, 4)
	b = binary.BigEndian.AppendUint32(b, ssrc)
	b = append(b, 1, 8)
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, hex[ssrc>>shift&0xF])
	}
	return append(b, 0, 0)
}

// report reads what the far side tells in RTCP; anybody else's is dropped.
func (w *worker) report(l *Leg, packet []byte, source netip.AddrPort) {
	packet, ok := l.shield.open(packet, true)
	if !ok || !l.agreed || len(packet) < 8 || packet[0]>>6 != 2 || !isControl(packet) || !l.admitsReport(source) {
		l.counted.bad.Add(1)
		return
	}
	l.counted.lastReport.Store(w.now)
	for len(packet) >= 8 && packet[0]>>6 == 2 {
		size := 4 * (int(binary.BigEndian.Uint16(packet[2:])) + 1)
		if size > len(packet) {
			break
		}
		w.readReport(l, packet[:size])
		packet = packet[size:]
	}
	if len(packet) > 0 {
		l.counted.bad.Add(1)
	}
}

func (w *worker) readReport(l *Leg, packet []byte) {
	blocks := 8
	switch packet[1] {
	case senderReport:
		if blocks = 28; len(packet) < blocks {
			return
		}
		l.arrival.senderReport = binary.BigEndian.Uint32(packet[10:])
		l.arrival.senderReportAt = w.arrived(l)
	case receiverReport:
	default:
		return
	}
	for range packet[0] & 0x1F {
		if len(packet) < blocks+24 {
			return
		}
		w.readBlock(l, packet[blocks:blocks+24])
		blocks += 24
	}
}

func (w *worker) readBlock(l *Leg, block []byte) {
	if binary.BigEndian.Uint32(block) != l.sending.ssrc {
		return
	}
	r := Report{
		Lost:    int32(binary.BigEndian.Uint32(block[4:])<<8) >> 8,
		Highest: binary.BigEndian.Uint32(block[8:]),
		Jitter:  time.Duration(int64(binary.BigEndian.Uint32(block[12:])) * int64(time.Second) / l.sending.clock),
	}
	sent, delay := binary.BigEndian.Uint32(block[16:]), binary.BigEndian.Uint32(block[20:])
	if sent != 0 {
		trip := int32(uint32(w.engine.ntp(w.arrived(l))>>16) - sent - delay)
		r.RoundTrip = max(0, time.Duration(int64(trip)*int64(time.Second)>>16))
	}
	l.missing.told(int(block[4])*100/256, w.now)
	l.reported(r)
}
