package media

import (
	"net/netip"
	"testing"
	"time"

	"parley/internal/tel"
)

func TestSendDigit(t *testing.T) {
	e := openEngine(t, 1)
	ann, bob := newPhone(t, PCMU), newPhone(t, PCMU)
	ann.dial(e, "ann", nil)
	leg := bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "bob", From: "ann"}})
	ann.hum(440)
	eventually(t, "sound before", func() bool { return len(bob.packets()) > 5 })
	leg.SendDigit("5", 100*time.Millisecond)
	leg.SendDigit("#", 60*time.Millisecond)
	leg.SendDigit("x", time.Second)
	eventually(t, "both digits and sound after", func() bool {
		got := bob.packets()
		return len(digitsIn(got)) == 12 && len(got) > 30 && got[len(got)-1].payloadType == 0
	})
	got := bob.packets()
	checkContinuous(t, got)
	sent := digitsIn(got)
	type want struct {
		event    byte
		end      bool
		duration int
	}
	wants := []want{
		{5, false, 160}, {5, false, 320}, {5, false, 480}, {5, false, 640}, {5, true, 800}, {5, true, 800}, {5, true, 800},
		{11, false, 160}, {11, false, 320}, {11, true, 480}, {11, true, 480}, {11, true, 480},
	}
	for i, p := range sent {
		is := want{p.payload[0], p.payload[1]&0x80 != 0, int(p.payload[2])<<8 | int(p.payload[3])}
		if is != wants[i] {
			t.Errorf("digit packet %d is %+v, want %+v", i, is, wants[i])
		}
		if p.marker != (i == 0 || i == 7) {
			t.Errorf("digit packet %d has marker %v", i, p.marker)
		}
		if first := sent[i/7*7]; p.timestamp != first.timestamp {
			t.Errorf("digit packet %d has timestamp %d, its digit began at %d", i, p.timestamp, first.timestamp)
		}
	}
	if pause := sent[7].at.Sub(sent[6].at); pause < 40*time.Millisecond {
		t.Errorf("pause between digits is %v", pause)
	}
	if whole := sent[6].at.Sub(sent[0].at); whole < 100*time.Millisecond || whole > 500*time.Millisecond {
		t.Errorf("packets of a digit spread over %v, want 120 ms", whole)
	}
}

func digitsIn(got []packet) []packet {
	var digits []packet
	for _, p := range got {
		if p.payloadType == 101 {
			digits = append(digits, p)
		}
	}
	return digits
}

func eventPayload(event byte, end bool, duration int) []byte {
	volume := byte(10)
	if end {
		volume |= 0x80
	}
	return []byte{event, volume, byte(duration >> 8), byte(duration)}
}

func TestDigitIsReportedOnceAndRelayed(t *testing.T) {
	w, ann, bob := bare(t)
	bob.terms.EventType = 96
	h := header{payloadType: 101, ssrc: 9, sequence: 10, timestamp: 1000, marker: true}
	key := func(event byte, end bool, duration int) {
		w.arrive(ann, rtpPacket(h, eventPayload(event, end, duration)), netip.AddrPort{})
		h.sequence++
		h.marker = false
		w.pass()
	}
	for i := 1; i <= 5; i++ {
		key(5, false, 160*i)
	}
	for range 3 {
		key(5, true, 960)
	}
	h.timestamp, h.marker = h.timestamp+2000, true // the same key again
	key(5, true, 400)
	h.timestamp, h.marker = h.timestamp+2000, true // a key held for longer than one event can say
	key(11, false, maxSegment)
	h.timestamp += maxSegment
	key(11, true, 400)
	h.timestamp -= 3000 // a packet of the past
	key(7, true, 400)
	h.timestamp += 9000
	key(16, true, 400) // a hook flash is no digit
	if got := reports(ann); got != "55#" {
		t.Errorf("reported %q, want %q", got, "55#")
	}
	sequence := bob.sending.sequence
	count := 0
	var first header
	for at, payload, ok := bob.took(); ok; at, payload, ok = bob.took() {
		if count == 0 {
			first = at
		}
		if at.payloadType != 96 || len(payload) != 4 || at.sequence != first.sequence+uint16(count) {
			t.Errorf("relayed packet %d: %+v % x", count, at, payload)
		}
		if count < 8 && at.timestamp != first.timestamp {
			t.Errorf("relayed packet %d has another timestamp than its digit", count)
		}
		count++
	}
	if count != 13 || first.sequence+12 != sequence {
		t.Errorf("%d events relayed, want 13", count)
	}
}

// reports is the digits that a leg told the herald.
func reports(l *Leg) string {
	said, record := "", make([]byte, 100)
	for l.events.take(record) == 2 {
		digit, _ := tel.DigitOf(record[1])
		said += string(digit)
	}
	return said
}

func TestDigitIsDroppedWhereTheFarSideTakesNone(t *testing.T) {
	w, ann, bob := bare(t)
	bob.terms.EventType = 0
	h := header{ssrc: 9, sequence: 10, timestamp: 1000}
	for i := range 9 {
		payload := make([]byte, 160)
		if h.payloadType = 0; i >= 3 && i < 6 {
			h.payloadType, payload = 101, eventPayload(5, false, 160)
		}
		w.arrive(ann, rtpPacket(h, payload), netip.AddrPort{})
		h.sequence++
		h.timestamp += 160
		w.pass()
	}
	var got []packet
	for at, payload, ok := bob.took(); ok; at, payload, ok = bob.took() {
		got = append(got, packet{header: at, payload: payload})
	}
	if len(got) != 6 {
		t.Fatalf("%d packets, want the 6 of sound", len(got))
	}
	checkContinuous(t, got)
	if step := got[3].timestamp - got[2].timestamp; step != 640 {
		t.Errorf("timestamp steps by %d over the digit, want 640", step)
	}
}
