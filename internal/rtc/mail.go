package rtc

import (
	"net"
	"os"
	"slices"
	"sync"
	"time"
)

// mailLimit is how many messages of DTLS wait to be read; a handshake has fewer.
const mailLimit = 32

// mail is the net.PacketConn of one browser's DTLS: it is filled by whoever reads the port, and sends on the path that ICE
// has found.
type mail struct {
	send func(packet []byte)

	mu       sync.Mutex // guards what follows
	some     *sync.Cond
	waiting  [][]byte
	deadline time.Time
	alarm    *time.Timer
	closed   bool
}

func newMail(send func(packet []byte)) *mail {
	m := &mail{send: send}
	m.some = sync.NewCond(&m.mu)
	return m
}

// put leaves a copy of a message to be read. When too many wait it is lost, as on any network.
func (m *mail) put(packet []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.closed && len(m.waiting) < mailLimit {
		m.waiting = append(m.waiting, slices.Clone(packet))
		m.some.Signal()
	}
}

// ReadFrom waits for the next message.
func (m *mail) ReadFrom(into []byte) (int, net.Addr, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for {
		switch {
		case m.closed:
			return 0, nil, net.ErrClosed
		case !m.deadline.IsZero() && !time.Now().Before(m.deadline):
			return 0, nil, os.ErrDeadlineExceeded
		case len(m.waiting) > 0:
			n := copy(into, m.waiting[0])
			m.waiting = slices.Delete(m.waiting, 0, 1)
			return n, browserAddr{}, nil
		}
		m.some.Wait()
	}
}

// WriteTo sends a message to the browser, wherever it is.
func (m *mail) WriteTo(packet []byte, _ net.Addr) (int, error) {
	m.send(packet)
	return len(packet), nil
}

// Close ends waiting and reading.
func (m *mail) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed, m.waiting = true, nil
	m.quiet()
	m.some.Broadcast()
	return nil
}

// quiet stops the alarm. The caller holds m.mu.
func (m *mail) quiet() {
	if m.alarm != nil {
		m.alarm.Stop()
	}
}

// SetReadDeadline ends a ReadFrom that waits at t; the zero time never does.
func (m *mail) SetReadDeadline(t time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.deadline = t
	m.quiet()
	if !t.IsZero() {
		m.alarm = time.AfterFunc(time.Until(t), m.ring)
	}
	return nil
}

// ring wakes who waits. It takes m.mu, or it would be missed by one that has looked at the deadline and does not wait yet.
func (m *mail) ring() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.some.Broadcast()
}

// SetWriteDeadline does nothing, for no WriteTo waits.
func (m *mail) SetWriteDeadline(time.Time) error { return nil }

// SetDeadline is SetReadDeadline.
func (m *mail) SetDeadline(t time.Time) error { return m.SetReadDeadline(t) }

// LocalAddr stands for our side.
func (m *mail) LocalAddr() net.Addr { return browserAddr{} }

// browserAddr stands for both ends of a way whose addresses may change.
type browserAddr struct{}

// Network and String are what net.Addr wants.
func (browserAddr) Network() string { return "ice" }
func (browserAddr) String() string  { return "browser" }
