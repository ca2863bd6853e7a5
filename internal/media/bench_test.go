package media

import (
	"net/netip"
	"testing"
	"time"
)

// bare is a worker that runs in the test's goroutine, with two pipes that hear each other.
func bare(t testing.TB) (w *worker, ann, bob *Leg) {
	t.Helper()
	e := &Engine{start: time.Now(), grain: tick, herald: &herald{bell: &bell{}}, bind: loopback}
	w = &worker{engine: e, bell: &bell{}, post: &postman{bell: &bell{}}, now: int64(time.Minute)}
	for _, l := range []**Leg{&ann, &bob} {
		*l = newLeg(e, "", nil)
		(*l).in, (*l).out, (*l).post = newRing(pipeBuffer), newRing(pipeBuffer), w.post
		(*l).at.Store(w)
		w.takeIn(*l)
		(*l).agree(Terms{Codec: PCMU, EventType: 101, Send: true, Receive: true}.settled(), w.now)
	}
	w.arrange(ann, bob, nil)
	w.arrange(bob, ann, nil)
	return w, ann, bob
}

// pass lets 20 ms go by.
func (w *worker) pass() { w.now += int64(20 * time.Millisecond) }

// took is the next packet that a pipe was sent.
func (l *Leg) took() (h header, payload []byte, ok bool) {
	b := make([]byte, packetSize)
	n := l.out.take(b)
	if n < 0 {
		return h, nil, false
	}
	return parseRTP(b[:n])
}

func rtpPacket(h header, payload []byte) []byte {
	b := make([]byte, headerSize, headerSize+len(payload))
	h.put(b)
	return append(b, payload...)
}

func TestPacketPathAllocatesNothing(t *testing.T) {
	w, ann, bob := bare(t)
	bob.terms.Codec, bob.terms.PayloadType = PCMA, 8
	ann.taps = append(ann.taps, newTap(0))
	h, payload, taken := header{ssrc: 1}, make([]byte, 160), make([]byte, packetSize)
	digit := []byte{5, 10, 0, 160}
	runs := testing.AllocsPerRun(1000, func() {
		h.sequence, h.timestamp, h.payloadType = h.sequence+1, h.timestamp+160, 0
		h.put(w.in[:])
		w.arrive(ann, w.in[:headerSize+copy(w.in[headerSize:], payload)], netip.AddrPort{})
		h.sequence, h.payloadType = h.sequence+1, 101
		h.put(w.in[:])
		w.arrive(ann, w.in[:headerSize+copy(w.in[headerSize:], digit)], netip.AddrPort{})
		for bob.out.take(taken) > 0 {
		}
		w.pass()
	})
	if runs != 0 {
		t.Errorf("%.1f allocations for each packet", runs)
	}
	if got := bob.counted.packetsOut.Load(); got < 2000 {
		t.Errorf("only %d packets were relayed", got)
	}
}

func TestPlayerAndKeyerAllocateNothing(t *testing.T) {
	w, ann, _ := bare(t)
	w.arrange(ann, nil, newPlay(&Play{Tag: "music", Sounds: []*Sound{NewSound(sine(440, time.Second))}, Loop: true}))
	taken := make([]byte, packetSize)
	runs := testing.AllocsPerRun(1000, func() {
		ann.keys.add(1, 0)
		w.schedule(ann)
		w.pass()
		w.sendDue()
		for ann.out.take(taken) > 0 {
		}
	})
	if runs != 0 {
		t.Errorf("%.1f allocations for each packet", runs)
	}
}

// BenchmarkRelay is the cost of one packet, in and out: the step alone, and with the system calls of both sockets.
func BenchmarkRelay(b *testing.B) {
	b.Run("step", func(b *testing.B) {
		w, ann, bob := bare(b)
		packet, taken := rtpPacket(header{ssrc: 1}, make([]byte, 160)), make([]byte, packetSize)
		h := header{ssrc: 1}
		b.ReportAllocs()
		for b.Loop() {
			h.sequence, h.timestamp = h.sequence+1, h.timestamp+160
			h.put(packet)
			w.pass()
			w.arrive(ann, packet, netip.AddrPort{})
			bob.out.take(taken)
		}
	})
	b.Run("sockets", func(b *testing.B) {
		w, ann, bob := bare(b)
		far := map[*Leg]socket{}
		for _, l := range []*Leg{ann, bob} {
			near, distant := bound(b), bound(b)
			l.sound, far[l], l.in, l.out = near.socket, distant.socket, nil, nil
			l.terms.Remote = distant.at
			l.aim(distant.at)
		}
		to := peerOf(addressOf(b, ann.sound), loopback)
		packet := rtpPacket(header{ssrc: 1}, make([]byte, 160))
		h := header{ssrc: 1}
		b.ReportAllocs()
		for b.Loop() {
			b.StopTimer()
			h.sequence, h.timestamp = h.sequence+1, h.timestamp+160
			h.put(packet)
			far[ann].send(packet, &to)
			far[bob].receive(packet)
			w.pass()
			b.StartTimer()
			w.readLeg(ann, false)
		}
		if bob.counted.packetsOut.Load() == 0 {
			b.Fatal("nothing was relayed")
		}
	})
}
