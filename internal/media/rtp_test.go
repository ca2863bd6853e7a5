package media

import (
	"bytes"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/pion/rtp"
)

func TestParseRTP(t *testing.T) {
	for _, c := range []struct {
		name    string
		in      []byte
		payload string
		ok      bool
	}{
		{"plain", append([]byte{0x80, 0x88, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4}, "abc"...), "abc", true},
		{"empty", []byte{0x80, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4}, "", true},
		{"sources", append([]byte{0x81, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4, 9, 9, 9, 9}, "abc"...), "abc", true},
		{"extension", append([]byte{0x90, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4, 9, 9, 0, 1, 7, 7, 7, 7}, "abc"...), "abc", true},
		{"padding", append([]byte{0xA0, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4}, "abc\x00\x02"...), "abc", true},
		{"version 1", append([]byte{0x40, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4}, "abc"...), "", false},
		{"short", []byte{0x80, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0}, "", false},
		{"sources missing", []byte{0x8F, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4, 9}, "", false},
		{"extension missing", []byte{0x90, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4, 9, 9, 0, 200}, "", false},
		{"all padding and more", append([]byte{0xA0, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4}, 77), "", false},
		{"no padding count", append([]byte{0xA0, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4}, 0), "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, payload, ok := parseRTP(c.in)
			if ok != c.ok || string(payload) != c.payload {
				t.Fatalf("payload %q, %v; want %q, %v", payload, ok, c.payload, c.ok)
			}
			want := header{c.in[1] == 0x88, 8, 0x102, 3, 4}
			if ok && h != want {
				t.Errorf("header %+v, want %+v", h, want)
			}
		})
	}
}

// FuzzPacket throws datagrams at the step of a leg, and compares the parser with pion's.
func FuzzPacket(f *testing.F) {
	f.Add(rtpPacket(header{ssrc: 1}, make([]byte, 160)))
	f.Add(rtpPacket(header{payloadType: 101, ssrc: 1}, []byte{5, 10, 0, 160}))
	f.Add(rtpPacket(header{payloadType: 101, ssrc: 1}, []byte{255}))
	f.Add([]byte{0x90, 8, 1, 2, 0, 0, 0, 3, 0, 0, 0, 4, 9, 9, 0, 1, 7, 7, 7, 7})
	f.Add([]byte{0x80})
	w, ann, bob := bare(f)
	bob.terms.Codec = PCMA
	ann.taps = append(ann.taps, newTap(0))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > packetSize {
			return
		}
		var theirs rtp.Packet
		h, payload, ok := parseRTP(b)
		if ok && theirs.Unmarshal(bytes.Clone(b)) == nil {
			if theirs.SequenceNumber != h.sequence || theirs.Timestamp != h.timestamp || theirs.SSRC != h.ssrc || !bytes.Equal(theirs.Payload, payload) {
				t.Errorf("pion reads %+v, we %+v % x", theirs, h, payload)
			}
		}
		w.pass()
		w.arrive(ann, b, netip.AddrPort{})
		for _, _, ok := bob.took(); ok; _, _, ok = bob.took() {
		}
	})
}

func FuzzReport(f *testing.F) {
	w, ann, _ := bare(f)
	ann.aim(netip.MustParseAddrPort("127.0.0.1:4000"))
	ann.arrival.take(header{ssrc: 1}, w.now)
	f.Add(appendDescription(w.appendReport(nil, ann), 1))
	f.Add([]byte{0x9F, 200, 0, 6})
	f.Add([]byte{0x80, 201, 0xFF, 0xFF, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > packetSize {
			return
		}
		w.report(ann, b, netip.MustParseAddrPort("127.0.0.1:4001"))
		if trip := ann.counted.roundTrip.Load(); trip < 0 {
			t.Errorf("a round trip of %d ns", trip)
		}
		if own := w.appendReport(nil, ann); len(own)%4 != 0 || rtcpLength(own) != len(own) {
			t.Errorf("our own report is % x", own)
		}
	})
}

// rtcpLength is how long a packet of RTCP says that it is.
func rtcpLength(b []byte) int { return 4 * (int(b[2])<<8 + int(b[3]) + 1) }

// FuzzEvents plays telephone-events in any order, length and time to a leg, which passes them on to one that takes events
// and to one that does not. No key is told twice, and what is passed on is well-formed and never goes back.
func FuzzEvents(f *testing.F) {
	f.Add([]byte{5, 0, 1, 1, 5, 0, 1, 2, 5, 0x80, 1, 3, 5, 0x80, 1, 3, 7, 0, 9, 1})
	f.Add([]byte{16, 0xFF, 0, 255, 1, 0, 255, 0})
	f.Add([]byte{1, 0, 0, 250, 1, 0, 0, 255, 1, 0, 255, 255, 1, 0x80, 1, 1})
	f.Fuzz(func(t *testing.T, script []byte) {
		for _, eventType := range []uint8{101, 0} {
			w, ann, bob := bare(t)
			bob.terms.EventType = eventType
			h, last, begun := header{payloadType: 101, ssrc: 1}, uint16(0), false
			for part := range slices.Chunk(script[:len(script)&^3], 4) {
				h.sequence += uint16(part[2] & 3)
				h.timestamp += uint32(int32(int8(part[2]))) * 160
				h.marker = part[1]&0x40 != 0
				length := uint16(part[3]) * 257
				w.pass()
				w.arrive(ann, rtpPacket(h, []byte{part[0], part[1], byte(length >> 8), byte(length)}), netip.AddrPort{})
				for out, payload, ok := bob.took(); ok; out, payload, ok = bob.took() {
					if out.payloadType == 101 && len(payload) != eventSize || begun && int16(out.sequence-last) < 0 { // copies come as copies
						t.Fatalf("passed on: %+v after %d, % x", out, last, payload)
					}
					last, begun = out.sequence, true
				}
			}
		}
	})
}

// TestAKeyIsToldOnce is what FuzzEvents cannot see from outside: copies and late packets of a key begin no other.
func TestAKeyIsToldOnce(t *testing.T) {
	var k keying
	told := 0
	for _, stamp := range []uint32{160, 160, 0, 160, 1600, 160, 1600, 4000} {
		if k.begins(header{ssrc: 1, timestamp: stamp}, 5, 160, 65535) {
			told++
		}
	}
	if told != 3 {
		t.Errorf("three keys are told %d times", told)
	}
}

// TestReportsMeasureTheWay has two legs report to one another.
func TestReportsMeasureTheWay(t *testing.T) {
	w, ann, bob := bare(t)
	from := netip.MustParseAddrPort("127.0.0.1:4000")
	ann.aim(from)
	bob.aim(from)
	send := func(i int) {
		w.arrive(ann, rtpPacket(header{ssrc: 7, sequence: uint16(i), timestamp: uint32(160 * i)}, make([]byte, 160)), netip.AddrPort{})
	}
	for i := range 10 {
		send(i)
		w.pass()
	}
	// Bob's own packets come back to him as if ann's phone had received all but two.
	var heard reception
	for i := 0; ; i++ {
		h, _, ok := bob.took()
		if !ok {
			break
		}
		if i != 3 && i != 4 {
			heard.take(h, w.now)
		}
	}
	w.report(ann, w.appendReport(nil, bob), from) // a sender report of bob, as the far side would see it
	heard.senderReport, heard.senderReportAt = ann.arrival.senderReport, w.now
	w.now += int64(30 * time.Millisecond)
	reply := append([]byte{0x81, receiverReport, 0, 7, 0, 0, 0, 9}, heard.appendBlock(nil, w.now)...)
	w.now += int64(50 * time.Millisecond)
	w.report(bob, reply, from)
	stats := bob.Stats()
	if stats.LastReport.IsZero() {
		t.Error("no report is known of")
	}
	if stats.FarLost != 2 {
		t.Errorf("far side lost %d, want 2", stats.FarLost)
	}
	if off := stats.RoundTrip - 50*time.Millisecond; off > time.Millisecond || off < -time.Millisecond {
		t.Errorf("round trip is %v, want 50 ms", stats.RoundTrip)
	}
	w.report(bob, reply, netip.MustParseAddrPort("192.0.2.1:4000"))
	if bob.Stats().Bad != 1 {
		t.Error("a stranger's report was not dropped")
	}
}

func TestReportsGoOut(t *testing.T) {
	w, ann, bob := bare(t)
	near, far := bound(t), bound(t)
	bob.control = near.socket
	bob.reports = peerOf(far.at, loopback)
	w.arrive(ann, rtpPacket(header{ssrc: 7}, make([]byte, 160)), netip.AddrPort{})
	w.arrive(bob, rtpPacket(header{ssrc: 8, sequence: 5}, make([]byte, 160)), netip.AddrPort{})
	w.now += reportTime
	w.housekeep()
	b := make([]byte, packetSize)
	eventually(t, "a report", func() bool {
		_, _, ok := far.receive(b)
		return ok
	})
	if b[1] != senderReport || b[0] != 0x81 || b[52+1] != description {
		t.Errorf("report is % x", b[:80])
	}
}
