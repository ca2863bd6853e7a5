package sip

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// Bounds of TLS connections.
const (
	handshakeTime = 10 * time.Second
	handshakes    = 64               // under way at once: each costs a thousand times what a message does
	handshakesOf  = 8                // of those for one subscriber
	writeTime     = 2 * time.Second  // for one message
	pingEvery     = 2 * time.Minute  // on a connection of our making (RFC 5626 §4.4.1)
	unusedTime    = 90 * time.Minute // after which such a connection is let go
)

var errNoConnection = errors.New("the far side's TLS connection is gone")

// secure keeps the TLS connections, those that came and those that we made.
type secure struct {
	config   *tls.Config // of those that come; nil: none do
	listener net.Listener
	addr     netip.AddrPort
	shaking  *turns

	mu     sync.Mutex
	conns  map[netip.AddrPort]*secured // by the far side's address
	made   map[peer]*secured           // of our making, by whom we checked
	making map[peer]*making
	closed bool
}

// secured is one TLS connection. It takes the place of the SIP stack's own: its messages are framed and judged by the gate
// in one go, and it knows whose certificate it saw.
type secured struct {
	stream *gatedStream
	text   string // the far side's address, as the SIP stack wants it
	peer   peer   // whom we dialled
	ours   bool
}

func newSecure() *secure {
	return &secure{
		shaking: newTurns(handshakes, handshakesOf),
		conns:   map[netip.AddrPort]*secured{}, made: map[peer]*secured{}, making: map[peer]*making{},
	}
}

// listenTLS takes the port for TLS; without a configuration there is none.
func (s *Server) listenTLS() error {
	if s.config.TLS == nil {
		return nil
	}
	listen := s.config.ListenTLS
	if listen == "" {
		host, _, _ := net.SplitHostPort(s.config.Listen)
		listen = net.JoinHostPort(host, "5061")
	}
	listener, err := new(net.ListenConfig).Listen(s.life, "tcp", listen)
	if err != nil {
		return fmt.Errorf("SIP port %s/tls: %w", listen, err)
	}
	s.secure.config = s.config.TLS.Clone()
	s.secure.config.MinVersion = max(s.secure.config.MinVersion, tls.VersionTLS12)
	s.secure.listener, s.secure.addr = listener, addrPort(listener.Addr())
	return nil
}

// SecureAddr is the address that is listened on for TLS; invalid when there is none.
func (s *Server) SecureAddr() netip.AddrPort { return s.secure.addr }

// acceptTLS takes connections within the bounds of those of TCP, until the listener is closed.
func (s *Server) acceptTLS(l *gatedListener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		if stream, ok := conn.(*gatedStream); ok {
			s.spawn(func() { s.greet(stream) })
		}
	}
}

// greet shakes hands and reads what comes.
func (s *Server) greet(stream *gatedStream) {
	done, ok := s.secure.shaking.take(s.life, stream.source.Addr())
	if !ok {
		_ = stream.Close()
		return
	}
	ctx, cancel := context.WithTimeout(s.life, handshakeTime)
	conn := tls.Server(stream.Conn, s.secure.config)
	err := conn.HandshakeContext(ctx)
	cancel()
	done()
	stream.Conn = conn
	if err != nil {
		s.log.Debug("no TLS with a caller", "address", stream.source.String(), "error", err)
		_ = stream.Close()
		return
	}
	c := &secured{stream: stream, text: stream.source.String()}
	if s.secure.enter(c) {
		s.readTLS(c)
	}
}

// enter lists a connection; false when the server is closed, and the connection with it.
func (k *secure) enter(c *secured) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		_ = c.stream.Close()
		return false
	}
	k.conns[c.stream.source] = c
	if c.ours {
		k.made[c.peer] = c
	}
	return true
}

// leave ends a connection.
func (k *secure) leave(c *secured) {
	_ = c.stream.Close()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.conns[c.stream.source] == c {
		delete(k.conns, c.stream.source)
	}
	if k.made[c.peer] == c {
		delete(k.made, c.peer)
	}
}

func (k *secure) close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.closed = true
	if k.listener != nil {
		_ = k.listener.Close()
	}
	for _, c := range k.conns {
		_ = c.stream.Close()
	}
	for _, c := range k.made {
		_ = c.stream.Close()
	}
}

// readTLS takes what the gate admits, one message after the other, until the connection ends.
func (s *Server) readTLS(c *secured) {
	defer s.secure.leave(c)
	last := time.Now()
	for {
		raw, err := c.stream.message()
		now := time.Now()
		if err != nil && c.ours && errors.Is(err, os.ErrDeadlineExceeded) && len(c.stream.come) == 0 && now.Sub(last) < unusedTime {
			if c.write([]byte("\r\n\r\n")) == nil {
				continue
			}
		}
		if err != nil {
			return
		}
		last = now
		r := c.stream.gate.judge(raw, c.stream.source, now)
		c.stream.drop(len(raw))
		switch {
		case r.message != nil:
			r.message.SetTransport("TLS")
			r.message.SetSource(c.text)
			s.came(r.message, func() (sipgo.Connection, error) { return c, nil })
		case r.answer != nil && c.write(r.answer) != nil:
			return
		}
	}
}

func (c *secured) write(text []byte) error {
	_ = c.stream.SetWriteDeadline(time.Now().Add(writeTime))
	if _, err := c.stream.Conn.Write(text); err != nil {
		_ = c.stream.Close() // part of a message may have gone out
		return err
	}
	return nil
}

// WriteMsg sends a message.
func (c *secured) WriteMsg(m sipgo.Message) error {
	text, _ := wireTexts.Get().(*bytes.Buffer)
	defer wireTexts.Put(text)
	text.Reset()
	writeTo(text, m)
	return c.write(text.Bytes())
}

// LocalAddr is our end of the connection.
func (c *secured) LocalAddr() net.Addr { return c.stream.LocalAddr() }

// Ref counts nothing: the connection lasts until one side ends it.
func (*secured) Ref(int) int { return 1 }

// TryClose closes nothing.
func (*secured) TryClose() (int, error) { return 1, nil }

// Close closes nothing.
func (*secured) Close() error { return nil }
