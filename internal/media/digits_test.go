package media

import (
	"bytes"
	"net/netip"
	"testing"
	"time"

	"parley/internal/dtmf"
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
}

// TestSoundGoesOnAfterADigit has a source whose clock stood still meanwhile, one that kept time, and one that sends a digit.
func TestSoundGoesOnAfterADigit(t *testing.T) {
	for _, c := range []struct {
		name    string
		made    uint32 // samples that the source made during the digit
		digit   bool   // its next packet is a digit's
		step    uint32 // from our digit to it
		renewed bool
	}{
		{"stood still", 160, false, 2400, true}, {"nearly kept time", 2400, false, 2240, false},
		{"kept time", 2560, false, 2400, false}, {"pressed a key itself", 160, true, 2400, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, ann, bob := bare(t)
			h := header{ssrc: 9, sequence: 10, timestamp: 1000}
			w.arrive(ann, rtpPacket(h, make([]byte, 160)), netip.AddrPort{})
			w.pass()
			bob.keys.add(5, 100*time.Millisecond)
			w.schedule(bob)
			for range 15 {
				w.sendDue()
				w.pass()
			}
			got := sentTo(bob)
			h.sequence, h.timestamp = 11, h.timestamp+c.made
			payload := make([]byte, 160)
			if c.digit {
				h.payloadType, payload = 101, eventPayload(7, false, 160)
			}
			w.arrive(ann, rtpPacket(h, payload), netip.AddrPort{})
			h.sequence, h.timestamp = 12, h.timestamp+160
			w.arrive(ann, rtpPacket(h, payload), netip.AddrPort{})
			after := sentTo(bob)
			checkContinuous(t, append(got, after...))
			if step := after[0].timestamp - got[len(got)-1].timestamp; step != c.step || after[0].marker != c.renewed {
				t.Errorf("goes on %d samples after the digit began, marker %v, want %d and %v", step, after[0].marker, c.step, c.renewed)
			}
			if step := after[1].timestamp - after[0].timestamp; step != 160 || after[1].marker {
				t.Errorf("then steps by %d, marker %v", step, after[1].marker)
			}
		})
	}
}

// sentTo is what a pipe was sent and nobody took yet.
func sentTo(l *Leg) (got []packet) {
	for h, payload, ok := l.took(); ok; h, payload, ok = l.took() {
		got = append(got, packet{header: h, payload: payload})
	}
	return got
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

// TestDigitIsSoundWhereTheFarSideTakesNone has a digit of 60 ms between packets of silence.
func TestDigitIsSoundWhereTheFarSideTakesNone(t *testing.T) {
	w, ann, bob := bare(t)
	bob.terms.EventType = 0
	h := header{ssrc: 9, sequence: 10, timestamp: 1000}
	for i := range 9 {
		payload := bytes.Repeat([]byte{PCMU.Silence()}, 160)
		if h.payloadType = 0; i >= 3 && i < 6 {
			h.payloadType, payload = 101, eventPayload(5, false, 160*(i-2))
		}
		w.arrive(ann, rtpPacket(h, payload), netip.AddrPort{})
		h.sequence++
		if i < 3 || i > 4 {
			h.timestamp += 160
		}
		w.sendDue()
		w.pass()
	}
	for range 6 {
		w.sendDue()
		w.pass()
	}
	got := sentTo(bob)
	checkContinuous(t, got)
	var pcm []int16
	for _, p := range got {
		if p.payloadType != 0 {
			t.Errorf("a packet of type %d", p.payloadType)
		}
		pcm = Expand(PCMU, pcm, p.payload)
	}
	detector, err := dtmf.NewDetector(SampleRate)
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, found := range detector.Feed(pcm) {
		if !found.Over {
			said += string(found.Digit)
		}
	}
	if said != "5" {
		t.Errorf("the sound says %q, want 5", said)
	}
}
