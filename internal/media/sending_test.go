package media

import (
	"net/netip"
	"testing"
	"time"
)

func TestHeadersGoOnWhenTheSourceChanges(t *testing.T) {
	w, ann, bob := bare(t)
	send := func(h header) {
		w.arrive(ann, rtpPacket(h, make([]byte, 160)), netip.AddrPort{})
		w.pass()
	}
	for i := range 3 {
		send(header{ssrc: 1, sequence: uint16(65534 + i), timestamp: uint32(1<<32 - 160 + 160*i)})
	}
	w.pass() // a source that restarts 20 ms later, with numbers of its own
	for i := range 3 {
		send(header{ssrc: 2, sequence: uint16(100 + i), timestamp: uint32(77 + 160*i)})
	}
	send(header{ssrc: 2, sequence: 104, timestamp: 77 + 160*4})       // one lost
	send(header{ssrc: 2, sequence: 103, timestamp: 77 + 160*3})       // and late
	send(header{ssrc: 2, sequence: 90, timestamp: 1<<32 + 77 - 1600}) // older than the source's first
	send(header{ssrc: 2, sequence: 105, timestamp: 9999999})          // its clock jumps
	var got []header
	for h, _, ok := bob.took(); ok; h, _, ok = bob.took() {
		got = append(got, h)
	}
	first := got[0]
	want := []struct {
		sequence, timestamp int
		marker              bool
	}{
		{0, 0, true}, {1, 160, false}, {2, 320, false},
		{3, 640, true}, {4, 800, false}, {5, 960, false},
		{7, 1280, false}, {6, 1120, false}, {8, 1280 + 160*3, true},
	}
	if len(got) != len(want) {
		t.Fatalf("%d packets, want %d", len(got), len(want))
	}
	for i, h := range got {
		if h.ssrc != first.ssrc || int(h.sequence-first.sequence) != want[i].sequence ||
			int(h.timestamp-first.timestamp) != want[i].timestamp || h.marker != want[i].marker {
			t.Errorf("packet %d: sequence +%d timestamp +%d marker %v, want %+v", i, h.sequence-first.sequence, h.timestamp-first.timestamp, h.marker, want[i])
		}
	}
}

func TestOlderPacketsPassAgainAfterManyWraps(t *testing.T) {
	w, ann, bob := bare(t)
	taken := make([]byte, packetSize)
	for i := range 1<<17 + 50 {
		h := header{ssrc: 1, sequence: uint16(i), timestamp: uint32(160 * i)}
		w.arrive(ann, rtpPacket(h, []byte{0}), netip.AddrPort{})
		w.pass()
		if bob.out.take(taken) < 0 {
			t.Fatalf("packet %d was not relayed", i)
		}
	}
	if lost := ann.counted.lost.Load(); lost != 0 {
		t.Errorf("%d packets count as lost", lost)
	}
}

func TestTermsDecideWhoSends(t *testing.T) {
	for _, c := range []struct {
		name          string
		receive, send bool
		want          bool
	}{{"both", true, true, true}, {"source held", false, true, false}, {"listener held", true, false, false}} {
		t.Run(c.name, func(t *testing.T) {
			w, ann, bob := bare(t)
			ann.terms.Receive, bob.terms.Send = c.receive, c.send
			w.arrive(ann, rtpPacket(header{ssrc: 1}, make([]byte, 160)), netip.AddrPort{})
			if _, _, ok := bob.took(); ok != c.want {
				t.Errorf("relayed is %v, want %v", ok, c.want)
			}
			if ann.counted.packetsIn.Load() != 1 {
				t.Error("the packet was not counted")
			}
		})
	}
}

func TestReception(t *testing.T) {
	var r reception
	now := int64(0)
	for i := range 70000 {
		if i%100 != 50 {
			r.take(header{ssrc: 1, sequence: uint16(i + 65000), timestamp: uint32(160 * i)}, now)
		}
		now += int64(20 * time.Millisecond)
	}
	if r.lost() != 700 || r.jitter>>4 != 0 {
		t.Errorf("lost %d, jitter %d, want 700 and 0", r.lost(), r.jitter>>4)
	}
	if f := r.fraction(); f != 2 {
		t.Errorf("fraction %d, want 2 of 256", f)
	}
	for i := range 500 { // every second packet 5 ms late
		r.take(header{ssrc: 2, sequence: uint16(i), timestamp: uint32(160 * i)}, now+int64(i%2)*int64(5*time.Millisecond))
		now += int64(20 * time.Millisecond)
	}
	if r.lost() != 700 {
		t.Errorf("lost %d after a new stream, want 700", r.lost())
	}
	if jitter := r.jitter >> 4; jitter < 38 || jitter > 40 {
		t.Errorf("jitter %d samples, want 40", jitter)
	}
}
