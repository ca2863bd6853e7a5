//go:build !linux || portable

package media

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// socketBuffer is the bytes kept between a socket's reader and its worker: about a second of G.711.
const socketBuffer = 1 << 14

// socket is a UDP socket that a goroutine reads, once its leg is watched.
type socket struct{ *wire }

// wire is the socket itself, which its reader and its worker share.
type wire struct {
	conn  *net.UDPConn
	start sync.Once // of the reader
	in    *ring     // from the reader: who sent it, and the packet
	taken []byte    // room for one of them, the worker's

	port    uint16
	reports bool
	poll    atomic.Pointer[poll] // whose worker is told of packets; nil while the leg moves
	next    *wire                // in that poll's list
	told    atomic.Bool          // it is in that list
}

// noSocket is the socket of a pipe.
var noSocket = socket{}

func openSocket(at netip.AddrPort) (socket, error) {
	network := "udp4"
	if at.Addr().Is6() {
		network = "udp6"
		if at.Addr().IsUnspecified() {
			network = "udp" // both families, as elsewhere
		}
	}
	conn, err := net.ListenUDP(network, net.UDPAddrFromAddrPort(at))
	if err != nil {
		return noSocket, fmt.Errorf("bind udp %s: %w", at, err)
	}
	return socket{&wire{conn: conn, in: newRing(socketBuffer), taken: make([]byte, sourceSize+packetSize)}}, nil
}

func (s socket) open() bool { return s.wire != nil }

func (s *socket) close() {
	if s.wire != nil {
		_ = s.conn.Close() // which ends the reader
		s.poll.Store(nil)  // which forgets what the ring holds
		s.wire = nil
	}
}

// read puts packets into the ring until the socket is closed.
func (s *wire) read() {
	packet := make([]byte, packetSize)
	var source [sourceSize]byte
	for {
		n, from, err := s.conn.ReadFromUDPAddrPort(packet)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // a port that nobody listens on, or a packet longer than any of ours
		}
		address := from.Addr().As16()
		copy(source[:], address[:])
		binary.BigEndian.PutUint16(source[16:], from.Port())
		s.in.put(source[:], packet[:n])
		if at := s.poll.Load(); at != nil {
			at.push(s)
		}
	}
}

// receive takes one datagram; ok is false when there is none.
func (s socket) receive(b []byte) (n int, from netip.AddrPort, ok bool) {
	if s.poll.Load() == nil {
		return s.receiveUnread(b)
	}
	got := s.in.take(s.taken)
	if got < sourceSize {
		return 0, from, false
	}
	source := netip.AddrFrom16([16]byte(s.taken[:16])).Unmap()
	return copy(b, s.taken[sourceSize:got]), netip.AddrPortFrom(source, binary.BigEndian.Uint16(s.taken[16:])), true
}

// shortTime is how long a socket without a reader is waited for: there is no look at a socket without waiting that
// every system knows.
const shortTime = 200 * time.Microsecond

// receiveUnread takes a datagram off a socket that has no reader yet.
func (s socket) receiveUnread(b []byte) (n int, from netip.AddrPort, ok bool) {
	if s.conn.SetReadDeadline(time.Now().Add(shortTime)) != nil {
		return 0, from, false
	}
	n, from, err := s.conn.ReadFromUDPAddrPort(b)
	_ = s.conn.SetReadDeadline(time.Time{}) // fails only when it is closed
	return n, netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), err == nil
}

// peer is an address to send to.
type peer struct{ addr, at netip.AddrPort }

// peerOf makes a peer for a socket bound to an address of local's family.
func peerOf(addr netip.AddrPort, local netip.Addr) peer {
	p := peer{addr: addr}
	if addr.IsValid() && addr.Port() != 0 && (addr.Addr().Is4() || local.Is6()) {
		p.at = addr
	}
	return p
}

// known reports whether packets can be sent to the peer.
func (p *peer) known() bool { return p.at.IsValid() }

// join is for systems where connecting a socket makes its packets cheaper.
func (socket) join(*peer) {}

// leave takes join back.
func (socket) leave(*peer) {}

// send sends one datagram; one that the system refuses is lost, as on any network.
func (s socket) send(b []byte, to *peer) bool {
	_, err := s.conn.WriteToUDPAddrPort(b, to.at)
	return err == nil
}
