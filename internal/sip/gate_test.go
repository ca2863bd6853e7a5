package sip

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestBannedAddressIsSilence(t *testing.T) {
	g, now := testGate(), time.Now()
	source := netip.MustParseAddrPort("192.0.2.7:5060")
	message := []byte(plainRequest("OPTIONS", "192.0.2.7:5060", "x"))
	if g.judge(message, source, now).answer == nil {
		t.Fatal("a stranger's OPTIONS is not answered")
	}
	for range banFailures {
		g.ban.Failed(source.Addr(), now)
	}
	if r := g.judge(message, source, now); r.message != nil || r.answer != nil {
		t.Error("a banned address is answered")
	}
}

// TestGuessingIsBanned: ten wrong passwords, then silence.
func TestGuessingIsBanned(t *testing.T) {
	office, phone := openHouse(t, withPhone), openHouse(t)
	for range banFailures {
		r := &registering{trunk: Trunk{Proxy: office.at(), Username: "ann", Password: "guess", FromDomain: "acme.test"}, token: "t", callID: "c" + phone.tokens.tag()}
		if state := phone.registerOnce(context.Background(), r, 600); state.Code != 403 {
			t.Fatalf("answered %d", state.Code)
		}
	}
	if !office.ban.Banned(netip.MustParseAddr("127.0.0.1"), time.Now()) {
		t.Error("not banned")
	}
}

func TestStatelessAnswer(t *testing.T) {
	g := testGate()
	source := netip.MustParseAddrPort("192.0.2.7:4444")
	message := strings.Replace(plainRequest("INVITE", "10.0.0.1:5070", "x"), ";rport", "", 1)
	answer := g.judge([]byte(message), source, time.Now()).answer
	again := g.judge([]byte(message), source, time.Now()).answer
	if string(answer) != string(again) {
		t.Error("a retransmission is answered differently")
	}
	for _, part := range []string{"SIP/2.0 403 Forbidden\r\n", ";received=192.0.2.7\r\n", "Call-ID: x\r\n", "CSeq: 1 INVITE\r\n", "To: <sip:100@127.0.0.1>;tag="} {
		if !contains(string(answer), part) {
			t.Errorf("answer lacks %q:\n%s", part, answer)
		}
	}
	if got := answerPort(answer, source); got.String() != "192.0.2.7:5070" {
		t.Errorf("goes to %s", got)
	}
}

// TestStream: pieces, two messages at once, keep-alives, a message that is refused, and the end of what is no SIP.
func TestStream(t *testing.T) {
	h := openHouse(t, withTrunk)
	conn, err := net.Dial("tcp", h.at())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	local := conn.LocalAddr().String()
	over := func(callID string) string {
		return strings.Replace(plainRequest("OPTIONS", local, callID), "SIP/2.0/UDP", "SIP/2.0/TCP", 1)
	}
	stream := "\r\n\r\n" + over("a") + over("b") + strings.Replace(over("c"), "CSeq: 1 OPTIONS", "CSeq: 1 BYE", 1) + over("d")
	for len(stream) > 0 {
		n := min(100, len(stream))
		if _, err := conn.Write([]byte(stream[:n])); err != nil {
			t.Fatal(err)
		}
		stream = stream[n:]
	}
	var got string
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	buf := make([]byte, 4096)
	for !contains(got, "Call-ID: a\r\n") || !contains(got, "Call-ID: b\r\n") || !contains(got, "Call-ID: d\r\n") {
		n, err := conn.Read(buf)
		if err != nil {
			t.Fatalf("%v after %q", err, got)
		}
		got += string(buf[:n])
	}
	if !strings.HasPrefix(got, "\r\n") || !contains(got, "SIP/2.0 400 ") {
		t.Errorf("came %q", got)
	}
	_, _ = conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
	for err == nil {
		_, err = conn.Read(buf)
	}
	if ne := net.Error(nil); errors.As(err, &ne) && ne.Timeout() {
		t.Error("a stream that is no SIP stays open")
	}
}

// stumbling is a listener whose first Accept fails.
type stumbling struct {
	net.Listener

	stumbled bool
}

func (s *stumbling) Accept() (net.Conn, error) {
	if !s.stumbled {
		s.stumbled = true
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	return s.Listener.Accept()
}

// TestOutOfFiles: a connection that could not be taken does not end the taking, over TCP and TLS alike.
func TestOutOfFiles(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer inner.Close()
	conn, err := net.Dial("tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	l := newGatedListener(&stumbling{Listener: inner}, testGate(), slog.New(slog.DiscardHandler), "")
	came, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	_ = came.Close()
	_ = inner.Close()
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}

// callers is a listener to which those addresses come, one after the other; then it is closed.
type callers struct {
	net.Listener

	from  []string
	ended []bool // who was turned away
}

func (c *callers) Accept() (net.Conn, error) {
	n := len(c.ended)
	if n == len(c.from) {
		return nil, net.ErrClosed
	}
	c.ended = append(c.ended, false)
	return &caller{addr: net.TCPAddrFromAddrPort(netip.MustParseAddrPort(c.from[n])), ended: func() { c.ended[n] = true }}, nil
}

type caller struct {
	net.Conn

	addr  net.Addr
	ended func()
}

func (c *caller) RemoteAddr() net.Addr { return c.addr }
func (c *caller) Close() error         { c.ended(); return nil }

// TestOneSubscriber: a /64 of IPv6 is one subscriber, who has so many connections and no more.
func TestOneSubscriber(t *testing.T) {
	came := &callers{}
	for n := range maxPerAddress + 1 {
		came.from = append(came.from, fmt.Sprintf("[2001:db8::%x]:5060", n+1))
	}
	came.from = append(came.from, "[2001:db8:0:1::1]:5060")
	l := newGatedListener(came, testGate(), slog.New(slog.DiscardHandler), "")
	for n := range maxPerAddress + 1 {
		if _, err := l.Accept(); err != nil {
			t.Fatal(n, err)
		}
	}
	for n, ended := range came.ended {
		if ended != (n == maxPerAddress) {
			t.Errorf("connection %d: ended %v", n, ended)
		}
	}
}

// TestMessageTime: a message has half a minute from its first byte, however it comes; one after the other has its own, and
// keep-alives begin none. A head that was read once is not read again.
func TestMessageTime(t *testing.T) {
	message := strings.Replace(plainRequest("MESSAGE", "192.0.2.7:5060", "slow"), "Content-Length: 0", "Content-Length: 9", 1) + "123456789"
	head := len(message) - 9
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		say := func(text string) { _, _ = theirs.Write([]byte(text)) }
		said := make(chan struct{})
		defer func() { _ = ours.Close(); _ = theirs.Close(); <-said }()
		go func() {
			defer close(said)
			for _, pieces := range [][]string{{"\r", "\n", "\r\n", message[:head-20], message[head-20:]}, {message[:5], message[5:]}} {
				for _, piece := range pieces {
					<-time.After(20 * time.Second)
					say(piece)
				}
			}
			<-time.After(idleTime - time.Second)
			for n := range message {
				say(message[n : n+1])
				if n >= head {
					<-time.After(messageTime - time.Second)
				}
			}
		}()
		c := &gatedStream{Conn: ours, gate: testGate()}
		for n := range 2 {
			got, err := c.message()
			if err != nil || string(got) != message {
				t.Fatalf("message %d: %q, %v", n, got, err)
			}
			c.drop(len(got))
		}
		began := time.Now()
		if got, err := c.message(); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%q, %v", got, err)
		}
		if took := time.Since(began); took != idleTime-time.Second+messageTime {
			t.Errorf("it took %v", took)
		}
		if c.length != len(message) {
			t.Errorf("a length of %d is known", c.length)
		}
	})
}

// TestSocketThatFails: a socket that cannot be read is told of once, not in every turn, and serves when it can be read again.
func TestSocketThatFails(t *testing.T) {
	said := lines(make(chan string, 100))
	h := openHouse(t, func(_ *house, c *Config) { c.Log = slog.New(slog.NewTextHandler(said, nil)) })
	_ = h.packets.SetReadDeadline(time.Unix(1, 0)) // now each read fails
	<-said
	select {
	case line := <-said:
		t.Errorf("said again: %s", line)
	case <-time.After(300 * time.Millisecond): // of turns, had they no pause
	}
	_ = h.packets.SetReadDeadline(time.Time{})
	raw := dialRaw(t, h)
	raw.send(plainRequest("OPTIONS", raw.local(), "after"))
	if code := raw.answerTo("after"); code != 200 {
		t.Errorf("answered %d", code)
	}
}

// lines gives on what is written to it, as far as somebody reads.
type lines chan string

func (l lines) Write(b []byte) (int, error) {
	select {
	case l <- string(b):
	default:
	}
	return len(b), nil
}

// TestMissingACK: the 200 comes again and again, then BYE.
func TestMissingACK(t *testing.T) {
	h := openHouse(t, withTrunk)
	h.on(answering)
	raw := dialRaw(t, h)
	raw.send(plainRequest("INVITE", raw.local(), "forgetful"))
	_ = raw.conn.SetReadDeadline(time.Now().Add(patience))
	buf, repeated := make([]byte, 4096), 0
	for {
		n, err := raw.conn.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(string(buf[:n]), "SIP/2.0 200") {
			repeated++
		}
		if strings.HasPrefix(string(buf[:n]), "BYE ") {
			break
		}
	}
	if repeated < 5 {
		t.Errorf("the 200 came %d times", repeated)
	}
	h.hears(h.call(0).Leg, "Ended{Cause:102")
}
