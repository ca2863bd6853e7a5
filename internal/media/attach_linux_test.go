//go:build linux && !portable

package media

import (
	"fmt"
	"net"
	"net/netip"
	"testing"

	"golang.org/x/sys/unix"
)

// share lets the pipes' own sockets be bound to the same port.
func share(t *testing.T, conn *net.UDPConn) {
	t.Helper()
	raw, err := conn.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.Control(func(fd uintptr) { err = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1) }); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestSoundDoesNotCross: with a socket of its own, nothing of a pipe's sound reaches its owner.
func TestSoundDoesNotCross(t *testing.T) {
	e, s, ann, bob := openEngine(t, 1), newShared(t), newPhone(t, PCMU), newPhone(t, PCMU)
	ann.to = s.at()
	crossed := make(chan struct{}, 1000)
	leg, err := e.OpenPipe("ann", func([]byte) { crossed <- struct{}{} }, nil)
	if err != nil {
		t.Fatal(err)
	}
	leg.Agree(Terms{Codec: PCMU, Send: true, Receive: true})
	leg.Attach(s.at(), ann.addr(), s.sort)
	bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	ann.hum(440)
	bob.hum(700)
	eventually(t, "ann hears bob", func() bool { return ann.hears(700) })
	eventually(t, "bob hears ann", func() bool { return bob.hears(440) })
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(crossed) > 0 || len(s.returned) > 1 { // one may have come before the socket was there
		t.Errorf("%d and %d packets crossed", len(crossed), len(s.returned))
	}
}

// TestAttachReplaces: the socket attached last is the one that counts, and nothing is heard from where the former led.
func TestAttachReplaces(t *testing.T) {
	e, s, ann, eve, bob := openEngine(t, 1), newShared(t), newPhone(t, PCMU), newPhone(t, PCMU), newPhone(t, PCMU)
	ann.to, eve.to = s.at(), s.at()
	leg := s.pipe(t, e, "ann", netip.AddrPortFrom(loopback, 9), nil)
	bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	ann.hum(440)
	eve.hum(1000)
	bob.hum(700)
	for _, far := range []struct {
		*phone
		hertz float64
	}{{ann, 440}, {eve, 1000}, {ann, 440}} {
		leg.Attach(s.at(), far.addr(), s.sort)
		far.forget()
		eventually(t, "bob hears who is attached", func() bool { return bob.hears(far.hertz) })
		eventually(t, "who is attached hears bob", func() bool { return far.hears(700) })
	}
}

// TestWhatIsNoSoundGoesBack: checks and DTLS that come to the pipe's own socket are handed to its owner; and when the leg is
// closed, all comes to the port again.
func TestWhatIsNoSoundGoesBack(t *testing.T) {
	e, s, ann, handed := openEngine(t, 1), newShared(t), newPhone(t, PCMU), &shared{}
	leg := s.pipe(t, e, "ann", ann.addr(), nil)
	leg.Attach(s.at(), ann.addr(), handed.sort)
	comes := func(to *shared, text string) {
		t.Helper()
		eventually(t, text+" comes", func() bool {
			_, err := ann.conn.WriteToUDPAddrPort([]byte(text), s.at())
			return err != nil || to.got(text)
		})
	}
	comes(handed, "\x00\x01 a check")
	comes(handed, "\x16 a handshake")
	comes(handed, "\x50 nothing known")
	bad := leg.Stats().Bad
	eventually(t, "no sound of any use", func() bool {
		_, err := ann.conn.WriteToUDPAddrPort([]byte("\x80"), s.at())
		return err != nil || leg.Stats().Bad > bad
	})
	if handed.got("\x80") || s.got("\x80") {
		t.Error("sound came back")
	}
	leg.Close()
	comes(s, "\x01 later")
}

// TestStraysGoBack: what others sent to a socket before it was connected is theirs.
func TestStraysGoBack(t *testing.T) {
	const strangers = 50
	e, s, ann, handed := openEngine(t, 1), newShared(t), newPhone(t, PCMU), &shared{}
	leg := s.pipe(t, e, "ann", ann.addr(), nil)
	early, err := openSharedSocket(s.at())
	if err != nil {
		t.Fatal(err)
	}
	for i := range strangers {
		conn, err := net.DialUDP("udp4", nil, s.conn.LocalAddr().(*net.UDPAddr))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprintf(conn, "\x80 %d", i); err != nil {
			t.Fatal(err)
		}
		_ = conn.Close()
	}
	to := peerOf(ann.addr(), loopback)
	early.join(&to)
	leg.returned.Store(&returns{ring: newRing(returnBuffer), hand: handed.sort})
	leg.order(&order{do: func(w *worker, l *Leg, _ *order) bool {
		l.own = attachment{early, to}
		w.watchOwn(l)
		return true
	}}, true)
	for i := range strangers {
		text := fmt.Sprintf("\x80 %d", i)
		eventually(t, text+" comes", func() bool { return s.got(text) || handed.got(text) })
	}
	if len(handed.returned) == 0 {
		t.Error("the socket got nothing before it was connected, so nothing is shown")
	}
}
