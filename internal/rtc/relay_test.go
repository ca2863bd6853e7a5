package rtc

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/pion/logging"
	"github.com/pion/turn/v5"
	"github.com/pion/webrtc/v4"

	"parley/internal/id"
)

func nameOf(s string) id.Leg { return id.Leg(s) }

// withRelay is a site whose relay listens on UDP, TCP and a door of TLS, which here is plain TCP.
func withRelay(t *testing.T, ports uint16) (s *site, secure netip.AddrPort) {
	t.Helper()
	s = newSite(t, ports)
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.OpenRelay(RelayConfig{Listen: "127.0.0.1:0", Secure: door}); err != nil {
		t.Fatal(err)
	}
	return s, netip.MustParseAddrPort(door.Addr().String())
}

// TestRelay: a browser that may use nothing but the relay connects over each of its doors, and sound flows.
func TestRelay(t *testing.T) {
	s, secure := withRelay(t, 29300)
	for _, c := range []struct{ name, url string }{
		{"udp", "turn:" + s.RelayAddr().String() + "?transport=udp"},
		{"tcp", "turn:" + s.RelayAddr().String() + "?transport=tcp"},
		{"door of TLS", "turn:" + secure.String() + "?transport=tcp"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pass, ok := s.Pass("ann", time.Now())
			if !ok {
				t.Fatal("no pass")
			}
			ann := newBrowserBy(t, webrtc.Configuration{
				ICETransportPolicy: webrtc.ICETransportPolicyRelay,
				ICEServers:         []webrtc.ICEServer{{URLs: []string{c.url}, Username: pass.Username, Credential: pass.Password}},
			}, nil)
			leg := id.New[id.Leg]()
			answer, err := s.Connect(leg, ann.offer(t))
			if err != nil {
				t.Fatal(err)
			}
			ann.answer(t, answer)
			eventually(t, "ann connects", func() bool { return s.has(leg, Connected{}) })
			go ann.sing(700)
			eventually(t, "sound flows", func() bool { return s.Stats(leg).Received > 25 })
			ann.close()
			eventually(t, "the relay is gone", func() bool { return s.relay.quota.allows("ann", "", nil) && s.relay.turn.AllocationCount() == 0 })
		})
	}
}

// client is a TURN client with those credentials.
func client(t *testing.T, server, username, password string) *turn.Client {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c, err := turn.NewClient(&turn.ClientConfig{
		TURNServerAddr: server, STUNServerAddr: server, Conn: conn, Username: username, Password: password, RTO: 50 * time.Millisecond,
		LoggerFactory: logging.NewDefaultLoggerFactory(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(); _ = conn.Close() })
	if err := c.Listen(); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestRelayIsNotOpen: nothing without a good pass, and with one no way to anywhere but the browsers' port.
func TestRelayIsNotOpen(t *testing.T) {
	s, _ := withRelay(t, 29310)
	at := s.RelayAddr().String()
	now := time.Now()
	good, _ := s.Pass("ann", now)
	old, _ := s.Pass("ann", now.Add(-2*passLife))
	for _, c := range []struct{ name, username, password string }{
		{"no pass", "ann", "secret"}, {"forged", good.Username + "x", good.Password}, {"expired", old.Username, old.Password},
		{"without expiry", "x:ann", s.relay.password("x:ann")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if conn, err := client(t, at, c.username, c.password).Allocate(); err == nil {
				_ = conn.Close()
				t.Error("a relay was opened")
			}
		})
	}
	conn, err := client(t, at, good.Username, good.Password).Allocate()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	stranger, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stranger.Close() }()
	if _, err := conn.WriteTo([]byte("out"), &net.UDPAddr{IP: net.IPv4(192, 0, 2, 1), Port: int(s.port.bound.Port())}); err == nil {
		t.Error("a permission was given for another host")
	}
	// The same host on another port: the permission names no port, the tether does.
	if _, err := conn.WriteTo([]byte("out"), stranger.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	probe, err := net.DialUDP("udp4", nil, stranger.LocalAddr().(*net.UDPAddr))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = probe.Close() }()
	deadline := now.Add(300 * time.Millisecond)
	_ = stranger.SetReadDeadline(deadline)
	if n, _, err := stranger.ReadFromUDP(make([]byte, 100)); err == nil {
		t.Errorf("%d bytes got out", n)
	}
}

func TestQuota(t *testing.T) {
	var q quota
	for range relaysOfOne {
		if !q.allows("ann", realm, nil) {
			t.Fatal("refused too early")
		}
		q.add("ann", 1)
	}
	if q.allows("ann", realm, nil) || !q.allows("bob", realm, nil) {
		t.Error("the quota is not each one's own")
	}
	q.add("ann", -1)
	if !q.allows("ann", realm, nil) {
		t.Error("a relay that was closed counts on")
	}
}

// TestVisitors: connections are bounded, and closed with the relay.
func TestVisitors(t *testing.T) {
	s, secure := withRelay(t, 29320)
	conn, err := net.Dial("tcp", secure.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	eventually(t, "the visitor is known", func() bool {
		s.relay.tls.mu.Lock()
		defer s.relay.tls.mu.Unlock()
		return len(s.relay.tls.all) == 1
	})
	if _, err := conn.Write([]byte("GET / HTTP/1.1\r\n")); err != nil {
		t.Fatal(err)
	}
	if n, err := conn.Read(make([]byte, 10)); err == nil {
		t.Errorf("%d bytes in answer to what is no TURN", n)
	}
	eventually(t, "who speaks no TURN is shown out", func() bool {
		s.relay.tls.mu.Lock()
		defer s.relay.tls.mu.Unlock()
		return len(s.relay.tls.all) == 0
	})
}

// stumbling is a listener whose first Accept fails.
type stumbling struct {
	net.Listener

	stumbled atomic.Bool
}

func (s *stumbling) Accept() (net.Conn, error) {
	if s.stumbled.CompareAndSwap(false, true) {
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	return s.Listener.Accept()
}

// TestOutOfFiles: a connection that could not be taken does not end TURN over TCP.
func TestOutOfFiles(t *testing.T) {
	s := newSite(t, 29370)
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	secure := &stumbling{Listener: inner}
	if err := s.OpenRelay(RelayConfig{Secure: secure}); err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write(append([]byte{0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42}, "twelve bytes"...)); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	reply := make([]byte, 20)
	if _, err := io.ReadFull(conn, reply); err != nil || !bytes.HasPrefix(reply, []byte{1, 1}) || !secure.stumbled.Load() {
		t.Errorf("a binding request is answered %x, %v", reply, err)
	}
}

// TestSilentVisitors: who opens many connections and says nothing finds the door shut, others and those that have a
// relay do not count, and who leaves makes room.
func TestSilentVisitors(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	v := newVisitors(inner, slog.New(slog.DiscardHandler))
	defer func() { _ = v.Close() }()
	come := func(from byte) (theirs, ours net.Conn) {
		t.Helper()
		dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, from)}}
		theirs, err := dialer.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = theirs.Close() })
		if ours, err = v.Accept(); err != nil {
			t.Fatal(err)
		}
		return theirs, ours
	}
	var ours []net.Conn
	for range strangersOfOne {
		_, conn := come(1)
		ours = append(ours, conn)
	}
	turnedAway := func() {
		t.Helper()
		beyond, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = beyond.Close() }()
		if other, came := come(2); other.LocalAddr().String() != came.RemoteAddr().String() {
			t.Fatalf("%s was taken", came.RemoteAddr())
		}
		_ = beyond.SetReadDeadline(time.Now().Add(10 * time.Second))
		if _, err := beyond.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("connection %d of one subscriber: %v", strangersOfOne+1, err)
		}
	}
	turnedAway()
	v.welcome(ours[0].RemoteAddr())
	v.welcome(ours[0].RemoteAddr())
	come(1)
	turnedAway()
	_ = ours[0].Close()
	turnedAway()
	_, _ = ours[1].Close(), ours[1].Close()
	come(1)
	turnedAway()
}

func TestReadFrame(t *testing.T) {
	binding := "\x00\x01\x00\x04" + strings.Repeat("x", 20)
	for _, c := range []struct {
		name, in string
		want     int // bytes, 0 for an error
	}{
		{"STUN", binding + "more", 24}, {"ChannelData", "\x40\x00\x00\x05hello\x00\x00\x00more", 12}, {"an empty one", "\x40\x00\x00\x00", 4},
		{"cut off", binding[:10], 0}, {"no header", "\x00\x01", 0}, {"HTTP", "GET / HTTP/1.1", 0}, {"too long", "\x00\x01\xff\xff", 0},
		{"high first byte", "\x80\x00\x00\x00", 0}, {"", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			into := make([]byte, 1600)
			n, err := readFrame(bufio.NewReader(strings.NewReader(c.in)), into)
			if n != c.want && err == nil || (err == nil) != (c.want > 0) || err == nil && string(into[:n]) != c.in[:n] {
				t.Errorf("%d, %v, want %d", n, err, c.want)
			}
		})
	}
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte("\x00\x01\x00\x00aaaaaaaaaaaaaaaa\x40\x01\x00\x01a\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, in []byte) {
		from, into, left := bufio.NewReader(bytes.NewReader(in)), make([]byte, 1600), len(in)
		for {
			n, err := readFrame(from, into)
			if err != nil {
				return
			}
			if n < 4 || n > left || n > frameLimit {
				t.Fatalf("%d bytes of %d", n, left)
			}
			left -= n
		}
	})
}
