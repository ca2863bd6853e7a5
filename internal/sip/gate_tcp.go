package sip

import (
	"bytes"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"parley/internal/door"
)

// Bounds of connections that others make.
const (
	maxConnections = 4096
	maxPerAddress  = 64               // of one subscriber
	messageTime    = 30 * time.Second // for one message, from its first byte
	idleTime       = 10 * time.Minute // RFC 5626 §4.4.1 has clients speak every two minutes
)

var errBroken = errors.New("stream is no longer SIP")

// gatedListener gives the SIP stack connections that carry whole, admitted messages only.
type gatedListener struct {
	net.Listener
	gate  *gate
	crowd *door.Crowd
}

// newGatedListener gates what l takes, until l is closed; what says in the log what was not taken.
func newGatedListener(l net.Listener, g *gate, log *slog.Logger, what string) *gatedListener {
	return &gatedListener{Listener: door.Steady(l, log, what), gate: g, crowd: door.NewCrowd(maxConnections, maxPerAddress)}
}

// Accept waits for a connection that is within the bounds.
func (l *gatedListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		addr, _ := netip.ParseAddrPort(conn.RemoteAddr().String())
		addr = netip.AddrPortFrom(addr.Addr().Unmap(), addr.Port())
		if l.gate.ban.Banned(addr.Addr(), time.Now()) || !l.crowd.Enter(addr.Addr()) {
			_ = conn.Close()
			continue
		}
		return &gatedStream{Conn: conn, gate: l.gate, source: addr, left: func() { l.crowd.Leave(addr.Addr()) }}, nil
	}
}

// gatedStream frames a stream into messages (RFC 3261 §18.3) and gives only admitted ones to its reader.
type gatedStream struct {
	net.Conn
	gate   *gate
	source netip.AddrPort
	left   func()
	once   sync.Once
	idle   time.Duration // between messages; 0: idleTime

	come    []byte // read, not yet a whole message
	begun   bool   // a message has: its time runs
	length  int    // of that message; 0 while its head is not complete
	ready   []byte // admitted, not yet taken
	scratch [4096]byte
}

// Read gives bytes of admitted messages.
func (c *gatedStream) Read(b []byte) (int, error) {
	for len(c.ready) == 0 {
		message, err := c.message()
		if err != nil {
			return 0, err
		}
		r := c.gate.judge(message, c.source, time.Now())
		if r.message != nil {
			c.ready = bytes.Clone(message)
		} else if r.answer != nil {
			if _, err := c.Conn.Write(r.answer); err != nil {
				return 0, err
			}
		}
		c.drop(len(message))
	}
	n := copy(b, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// message waits for one whole message; it stays in come.
func (c *gatedStream) message() ([]byte, error) {
	for {
		if err := c.skipKeepAlive(); err != nil {
			return nil, err
		}
		if c.length == 0 {
			length, err := frame(c.come)
			if err != nil {
				return nil, err
			}
			c.length = length
		}
		if c.length > 0 && len(c.come) >= c.length {
			return c.come[:c.length], nil
		}
		if err := c.readMore(); err != nil {
			return nil, err
		}
	}
}

// drop forgets the first n bytes, which are no part of the message that comes next.
func (c *gatedStream) drop(n int) { c.come, c.begun, c.length = c.come[n:], false, 0 }

// readMore reads what is there. A message has its time as a whole: who sends it byte by byte gets no more.
func (c *gatedStream) readMore() error {
	limit := c.idle
	if limit == 0 {
		limit = idleTime
	}
	begins := len(c.come) > 0
	if begins {
		limit = messageTime
	}
	if !c.begun {
		_ = c.Conn.SetReadDeadline(time.Now().Add(limit))
	}
	c.begun = begins
	n, err := c.Conn.Read(c.scratch[:])
	c.come = append(c.come, c.scratch[:n]...)
	if n > 0 {
		return nil
	}
	return err
}

// skipKeepAlive drops blank lines between messages and answers the double one (RFC 5626 §4.4.1).
func (c *gatedStream) skipKeepAlive() error {
	for bytes.HasPrefix(c.come, []byte("\r\n")) {
		if bytes.HasPrefix(c.come, []byte("\r\n\r\n")) {
			c.drop(2)
			if _, err := c.Conn.Write([]byte("\r\n")); err != nil {
				return err
			}
		}
		c.drop(2)
	}
	return nil
}

// Close frees the place in the listener.
func (c *gatedStream) Close() error {
	c.once.Do(c.left)
	return c.Conn.Close()
}

// frame is the length of the message that stream begins with, 0 while its head is not complete. Without a
// Content-Length there is no way to find the next message (RFC 3261 §20.14).
func frame(stream []byte) (int, error) {
	end := bytes.Index(stream, []byte("\r\n\r\n"))
	if end < 0 {
		if len(stream) > maxMessage {
			return 0, errBroken
		}
		return 0, nil
	}
	head := stream[:end]
	for _, line := range bytes.Split(head, []byte("\r\n")) {
		name, value, found := bytes.Cut(line, []byte(":"))
		name = bytes.ToLower(bytes.TrimSpace(name))
		if !found || string(name) != "content-length" && string(name) != "l" {
			continue
		}
		length, err := strconv.ParseUint(string(bytes.TrimSpace(value)), 10, 31)
		if err != nil || end+4+int(length) > maxMessage {
			return 0, errBroken
		}
		return end + 4 + int(length), nil
	}
	return 0, errBroken
}
