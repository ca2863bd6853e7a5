package rtc

import (
	"errors"
	"net"
	"net/netip"
	"sync"

	"github.com/pion/turn/v5"
)

// reachable is where a socket of this machine reaches one that is bound there.
func reachable(bound netip.AddrPort) netip.AddrPort {
	switch {
	case !bound.Addr().IsUnspecified():
		return bound
	case bound.Addr().Is4():
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), bound.Port())
	default:
		return netip.AddrPortFrom(netip.IPv6Loopback(), bound.Port())
	}
}

var errNoTCPRelay = errors.New("the relay carries UDP only")

// tethers makes the sockets of relays. Each is connected to the browsers' port and so can reach nothing else.
type tethers struct {
	local  netip.AddrPort // the port as this machine reaches it
	target *net.UDPAddr   // the candidate by which browsers know it
}

// Validate has nothing to find fault with.
func (t *tethers) Validate() error { return nil }

// AllocatePacketConn makes the socket of a relay. The address that the browser is told is our own with its port: nobody
// can use it, since the socket hears only the browsers' port.
func (t *tethers) AllocatePacketConn(turn.AllocateListenerConfig) (net.PacketConn, net.Addr, error) {
	conn, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(t.local))
	if err != nil {
		return nil, nil, err
	}
	return &tether{UDPConn: conn, target: t.target}, &net.UDPAddr{IP: t.target.IP, Port: int(boundTo(conn).Port())}, nil
}

// AllocateListener refuses relays of TCP (RFC 6062).
func (t *tethers) AllocateListener(turn.AllocateListenerConfig) (net.Listener, net.Addr, error) {
	return nil, nil, errNoTCPRelay
}

// AllocateConn refuses relays of TCP (RFC 6062).
func (t *tethers) AllocateConn(turn.AllocateConnConfig) (net.Conn, error) { return nil, errNoTCPRelay }

// tether is a relay's socket.
type tether struct {
	*net.UDPConn

	target *net.UDPAddr
}

// WriteTo sends to the target and drops what is for anybody else: a permission names no port (RFC 8656 §9).
func (t *tether) WriteTo(p []byte, to net.Addr) (int, error) {
	if at, ok := to.(*net.UDPAddr); !ok || at.Port != t.target.Port || !at.IP.Equal(t.target.IP) {
		return len(p), nil
	}
	return t.Write(p)
}

// ReadFrom tells what comes as coming from the target.
func (t *tether) ReadFrom(p []byte) (int, net.Addr, error) {
	n, err := t.Read(p)
	return n, t.target, err
}

// quota counts the relays of each agent.
type quota struct {
	mu    sync.Mutex
	count map[string]int
}

func (q *quota) allows(user, _ string, _ net.Addr) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.count[user] < relaysOfOne
}

func (q *quota) add(user string, n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.count == nil {
		q.count = map[string]int{}
	}
	if q.count[user] += n; q.count[user] <= 0 {
		delete(q.count, user)
	}
}
