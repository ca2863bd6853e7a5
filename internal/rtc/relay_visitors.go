package rtc

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"parley/internal/door"
)

const (
	// visitorLimit is how many TCP connections a relay serves at a time.
	visitorLimit = 8192
	// strangersOfOne is how many of these may come from one subscriber and stand without a relay: an office has many
	// browsers behind one address, whose relays are not counted.
	strangersOfOne = 256
	// strangerPatience is how long a TCP connection may stand without a relay of its own.
	strangerPatience = 30 * time.Second
	// frameLimit bounds a TURN message in bytes: more than a packet of sound never comes.
	frameLimit = 1500
)

// visitors are the TCP connections of a relay: bounded in number, closed with it, and closed soon when they are of no
// use.
type visitors struct {
	net.Listener

	strangers *door.Crowd // those without a relay

	mu     sync.Mutex // guards what follows
	closed bool
	all    map[string]*visitor // by remote address
}

func newVisitors(l net.Listener, log *slog.Logger) *visitors {
	return &visitors{
		Listener:  door.Steady(l, log, "TURN connection not taken"),
		strangers: door.NewCrowd(visitorLimit, strangersOfOne), all: map[string]*visitor{},
	}
}

// Accept waits for the next one; those beyond the limit are turned away.
func (v *visitors) Accept() (net.Conn, error) {
	for {
		conn, err := v.Listener.Accept()
		if err != nil {
			return nil, err
		}
		one := &visitor{Conn: conn, of: v, reader: bufio.NewReaderSize(conn, 4<<10)}
		if v.enter(one) {
			return one, nil
		}
		_ = conn.Close()
	}
}

func (v *visitors) enter(one *visitor) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed || len(v.all) >= visitorLimit || !v.strangers.Enter(door.AddrOf(one.RemoteAddr())) {
		return false
	}
	_ = one.Conn.SetReadDeadline(time.Now().Add(strangerPatience)) // a closed connection tells at the first read
	one.stranger = true
	v.all[one.RemoteAddr().String()] = one
	return true
}

// welcome lets the connection from that address stay: it has a relay.
func (v *visitors) welcome(from net.Addr) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if one := v.all[from.String()]; one != nil {
		_ = one.Conn.SetReadDeadline(time.Time{})
		one.known()
	}
}

// Close closes every connection too.
func (v *visitors) Close() error {
	v.mu.Lock()
	v.closed = true
	all := make([]*visitor, 0, len(v.all))
	for _, one := range v.all {
		all = append(all, one)
	}
	v.mu.Unlock()
	for _, one := range all {
		_ = one.Close()
	}
	return v.Listener.Close()
}

// visitor is one TCP connection. It is read in whole TURN messages, so that pion, which would collect a message of any
// length from pieces of any size, never has to.
type visitor struct {
	net.Conn

	of       *visitors
	reader   *bufio.Reader
	stranger bool // it counts as one; guarded by of
}

// known ends its counting as a stranger. The lock is held.
func (c *visitor) known() {
	if c.stranger {
		c.stranger = false
		c.of.strangers.Leave(door.AddrOf(c.RemoteAddr()))
	}
}

// Close closes the connection and forgets it.
func (c *visitor) Close() error {
	c.of.mu.Lock()
	if name := c.RemoteAddr().String(); c.of.all[name] == c {
		delete(c.of.all, name)
	}
	c.known()
	c.of.mu.Unlock()
	return c.Conn.Close()
}

// Read gives one whole message.
func (c *visitor) Read(p []byte) (int, error) { return readFrame(c.reader, p) }

// readFrame reads a STUN message (RFC 8489 §5) or ChannelData with its padding (RFC 8656 §12.5).
func readFrame(from *bufio.Reader, into []byte) (int, error) {
	head, err := from.Peek(4)
	if err != nil {
		return 0, err
	}
	size := int(binary.BigEndian.Uint16(head[2:]))
	switch head[0] >> 6 {
	case 0: // STUN, its length without the header of 20
		size += 20
	case 1: // ChannelData, its length without header and padding
		size = 4 + (size+3)&^3
	default:
		return 0, fmt.Errorf("first byte %#x is neither STUN nor ChannelData", head[0])
	}
	if size > min(frameLimit, len(into)) {
		return 0, fmt.Errorf("message of %d bytes", size)
	}
	return io.ReadFull(from, into[:size])
}
