package media

import (
	"encoding/binary"
	"net"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/srtp"
)

// shared is a UDP socket on which many pipes' far sides meet, as browsers do: it gives each datagram to the pipe of its
// sender.
type shared struct {
	conn *net.UDPConn

	mu       sync.Mutex
	pipes    map[netip.AddrPort]*Leg
	returned []string // what was no sound
}

func (s *shared) at() netip.AddrPort { return s.conn.LocalAddr().(*net.UDPAddr).AddrPort() }

func newShared(t *testing.T) *shared {
	t.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	share(t, conn)
	_ = conn.SetReadBuffer(4 << 20)
	s := &shared{conn: conn, pipes: map[netip.AddrPort]*Leg{}}
	done := make(chan struct{})
	t.Cleanup(func() { _ = conn.Close(); <-done })
	go func() {
		defer close(done)
		b := make([]byte, packetSize)
		for {
			n, from, err := conn.ReadFromUDPAddrPort(b)
			if err != nil {
				return
			}
			s.sort(b[:n], from)
		}
	}()
	return s
}

func (s *shared) sort(packet []byte, from netip.AddrPort) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.pipes[from]; l != nil && IsSound(packet) {
		l.Receive(packet)
	} else {
		s.returned = append(s.returned, string(packet))
	}
}

func (s *shared) got(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.returned {
		if r == text {
			return true
		}
	}
	return false
}

// pipe opens a leg whose far side is at an address.
func (s *shared) pipe(t *testing.T, e *Engine, name id.Leg, far netip.AddrPort, keys *Crypto) *Leg {
	t.Helper()
	l, err := e.OpenPipe(name, func(b []byte) { _, _ = s.conn.WriteToUDPAddrPort(b, far) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	s.pipes[far] = l
	s.mu.Unlock()
	l.Agree(Terms{Codec: PCMU, EventType: 101, Send: true, Receive: true, Mux: true, Crypto: keys})
	return l
}

// reported is the last report that came, opened by keys of its own: nil for none.
func (p *phone) reported(keys *Crypto) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	var opener shield
	if len(p.reports) == 0 || opener.take(keys) != nil {
		return nil
	}
	plain, ok := opener.open(slices.Clone(p.reports[len(p.reports)-1]), true)
	if !ok {
		return nil
	}
	return plain
}

// TestPipeIsProtected: a pipe carries SRTP and, on the same port, SRTCP, under the keys of its terms, whether its owner
// carries them or a socket of its own.
func TestPipeIsProtected(t *testing.T) {
	for _, p := range []srtp.Profile{srtp.AES128GCM, srtp.AES128SHA80} {
		t.Run(p.String(), func(t *testing.T) {
			e, s, ann, bob := openEngine(t, 1), newShared(t), newPhone(t, PCMU), newPhone(t, PCMU)
			ours, theirs := keysOf(t, p)
			ann.mu.Lock()
			err := ann.shield.take(theirs)
			ann.mu.Unlock()
			if err != nil {
				t.Fatal(err)
			}
			ann.to = s.at()
			bob.dial(e, "bob", nil)
			leg := s.pipe(t, e, "ann", ann.addr(), ours)
			e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
			ann.hum(440)
			bob.hum(700)
			eventually(t, "bob hears ann", func() bool { return bob.hears(440) })
			eventually(t, "ann hears bob", func() bool { return ann.hears(700) })
			leg.Attach(s.at(), ann.addr(), s.sort)
			ann.forget()
			bob.forget()
			eventually(t, "bob hears ann by a socket of her own", func() bool { return bob.hears(440) })
			eventually(t, "ann hears bob by it", func() bool { return ann.hears(700) })
			eventually(t, "a report comes", func() bool { return ann.reported(theirs) != nil })
			if report := ann.reported(theirs); report[1] != senderReport || binary.BigEndian.Uint32(report[4:]) != leg.Source() ||
				string(report[len(report)-10:len(report)-2]) != leg.CName() {
				t.Errorf("reported % x", report)
			}
			if leg.Stats().Bad > 0 {
				t.Errorf("%d bad packets", leg.Stats().Bad)
			}
		})
	}
}

// TestAttachedPipeMoves: a pipe with a socket of its own changes workers, gets another socket, and goes back to its owner,
// and no sound stops.
func TestAttachedPipeMoves(t *testing.T) {
	e, s, ann, bob := openEngine(t, 2), newShared(t), newPhone(t, PCMU), newPhone(t, PCMU)
	ann.to = s.at()
	leg := s.pipe(t, e, "ann", ann.addr(), nil)
	bob.dial(e, "bob", nil)
	ann.hum(440)
	bob.hum(700)
	leg.Attach(s.at(), ann.addr(), s.sort)
	rooms := []*Room{e.OpenRoom("one"), e.OpenRoom("other")}
	for i, r := range rooms {
		r.worker = e.workers[i]
	}
	both := func(why string) {
		t.Helper()
		ann.forget()
		bob.forget()
		eventually(t, "ann hears bob "+why, func() bool { return ann.hears(700) })
		eventually(t, "bob hears ann "+why, func() bool { return bob.hears(440) })
	}
	for n := range 4 {
		rooms[n%2].Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
		both("in the next room")
	}
	leg.Attach(s.at(), ann.addr(), s.sort)
	both("attached again")
	leg.Detach()
	both("by the owner")
	leg.Attach(netip.MustParseAddrPort("192.0.2.1:1"), ann.addr(), s.sort)
	both("where no socket can be had")
}

// TestNoneAstray: a hundred pipes meet on one port and get sockets of their own while packets flow; each packet reaches its
// pipe, once.
func TestNoneAstray(t *testing.T) {
	const pipes, each = 100, 60
	e, s := openEngine(t, 2), newShared(t)
	far := make([]*net.UDPConn, pipes)
	legs := make([]*Leg, pipes)
	for i := range pipes {
		conn, err := net.DialUDP("udp4", nil, s.conn.LocalAddr().(*net.UDPAddr))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		far[i] = conn
		legs[i] = s.pipe(t, e, id.New[id.Leg](), conn.LocalAddr().(*net.UDPAddr).AddrPort(), nil)
	}
	clock := time.NewTicker(2 * time.Millisecond)
	defer clock.Stop()
	for n := range each {
		<-clock.C
		for i := range pipes {
			if n%each == i%(each/2)+each/4 {
				legs[i].Attach(s.at(), far[i].LocalAddr().(*net.UDPAddr).AddrPort(), s.sort)
			}
			packet := rtpPacket(header{ssrc: uint32(i), sequence: uint16(n), timestamp: uint32(160 * n)}, make([]byte, 160))
			if _, err := far[i].Write(packet); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, l := range legs {
		eventually(t, "all come", func() bool { return l.Stats().PacketsIn >= each })
		if s := l.Stats(); s.PacketsIn != each || s.Lost != 0 || s.Bad != 0 {
			t.Errorf("pipe %d: %+v", i, s)
		}
	}
}
