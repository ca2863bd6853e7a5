//go:build linux && !portable

package media

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// socket is a raw, non-blocking UDP socket: package net's poller would wake for every packet.
type socket struct{ fd int }

// noSocket is the socket of a pipe.
var noSocket = socket{fd: -1}

// openSocket calls the kernel bare, as the packet path does: nothing here waits, so the scheduler need not know.
func openSocket(at netip.AddrPort) (socket, error) {
	s, err := newSocket(at.Addr())
	if err != nil {
		return noSocket, err
	}
	if err := s.bind(at); err != nil {
		s.close()
		return noSocket, err
	}
	return s, nil
}

// newSocket makes a socket for addresses of at's family.
func newSocket(at netip.Addr) (socket, error) {
	family := unix.AF_INET6
	if at.Is4() {
		family = unix.AF_INET
	}
	fd, err := unix.Socket(family, unix.SOCK_DGRAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return noSocket, fmt.Errorf("open udp socket: %w", os.NewSyscallError("socket", err))
	}
	return socket{fd: fd}, nil
}

func (s socket) bind(at netip.AddrPort) error {
	name, size := addressed(at), uintptr(unix.SizeofSockaddrInet6)
	if at.Addr().Is4() {
		size = unix.SizeofSockaddrInet4
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_BIND, uintptr(s.fd), uintptr(unsafe.Pointer(&name)), size); errno != 0 {
		return fmt.Errorf("bind udp %s: %w", at, os.NewSyscallError("bind", errno))
	}
	return nil
}

// addressed is an address in the form the kernel takes; an IPv4 one fills only its beginning.
func addressed(at netip.AddrPort) (raw unix.RawSockaddrInet6) {
	port := (*[2]byte)(unsafe.Pointer(&raw.Port))
	binary.BigEndian.PutUint16(port[:], at.Port())
	if at.Addr().Is4() {
		raw.Family = unix.AF_INET
		(*unix.RawSockaddrInet4)(unsafe.Pointer(&raw)).Addr = at.Addr().As4()
		return raw
	}
	raw.Family = unix.AF_INET6
	raw.Addr = at.Addr().As16()
	return raw
}

func (s socket) open() bool { return s.fd >= 0 }

func (s *socket) close() {
	if s.fd >= 0 {
		unix.Close(s.fd)
		s.fd = -1
	}
}

// receive takes one datagram; ok is false when there is none.
func (s socket) receive(b []byte) (n int, from netip.AddrPort, ok bool) {
	var raw unix.RawSockaddrInet6
	size := uint32(unsafe.Sizeof(raw))
	r, _, errno := unix.RawSyscall6(unix.SYS_RECVFROM, uintptr(s.fd), uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)),
		0, uintptr(unsafe.Pointer(&raw)), uintptr(unsafe.Pointer(&size)))
	if errno != 0 {
		return 0, from, false
	}
	port := binary.BigEndian.Uint16((*[2]byte)(unsafe.Pointer(&raw.Port))[:])
	if raw.Family == unix.AF_INET {
		four := (*unix.RawSockaddrInet4)(unsafe.Pointer(&raw))
		return int(r), netip.AddrPortFrom(netip.AddrFrom4(four.Addr), port), true
	}
	return int(r), netip.AddrPortFrom(netip.AddrFrom16(raw.Addr).Unmap(), port), true
}

// peer is an address in the form the kernel takes, made once and used for each packet.
type peer struct {
	raw    unix.RawSockaddrInet6
	size   uint32
	addr   netip.AddrPort
	joined bool // the socket is connected to it
}

// peerOf makes a peer for a socket bound to an address of local's family.
func peerOf(addr netip.AddrPort, local netip.Addr) peer {
	p := peer{addr: addr}
	if !addr.IsValid() || addr.Port() == 0 || addr.Addr().Is6() && local.Is4() {
		return p
	}
	p.size = unix.SizeofSockaddrInet4
	if local.Is6() {
		p.size = unix.SizeofSockaddrInet6
		addr = netip.AddrPortFrom(netip.AddrFrom16(addr.Addr().As16()), addr.Port())
	}
	p.raw = addressed(addr)
	return p
}

// known reports whether packets can be sent to the peer.
func (p *peer) known() bool { return p.size > 0 }

// join connects the socket to a peer that is the only one to be heard from now on: the kernel then looks up the way once, not
// for each packet. Where it cannot, all goes on as before.
func (s socket) join(to *peer) {
	_, _, errno := unix.RawSyscall(unix.SYS_CONNECT, uintptr(s.fd), uintptr(unsafe.Pointer(&to.raw)), uintptr(to.size))
	to.joined = errno == 0
}

// leave takes join back: packets of anybody come again. Linux keeps the port, since it was asked for by number.
func (s socket) leave(from *peer) {
	if !from.joined {
		return
	}
	nobody := unix.RawSockaddrInet6{Family: unix.AF_UNSPEC}
	_, _, _ = unix.RawSyscall(unix.SYS_CONNECT, uintptr(s.fd), uintptr(unsafe.Pointer(&nobody)), unix.SizeofSockaddrInet6)
	from.joined = false
}

// send sends one datagram; one that the kernel refuses is lost, as on any network.
func (s socket) send(b []byte, to *peer) bool {
	if to.joined {
		_, _, errno := unix.RawSyscall6(unix.SYS_SENDTO, uintptr(s.fd), uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)), 0, 0, 0)
		return errno == 0
	}
	_, _, errno := unix.RawSyscall6(unix.SYS_SENDTO, uintptr(s.fd), uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)),
		0, uintptr(unsafe.Pointer(&to.raw)), uintptr(to.size))
	return errno == 0
}
