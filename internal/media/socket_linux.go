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

func openSocket(at netip.AddrPort) (socket, error) {
	family, address := unix.AF_INET6, unix.Sockaddr(&unix.SockaddrInet6{Port: int(at.Port()), Addr: at.Addr().As16()})
	if at.Addr().Is4() {
		family, address = unix.AF_INET, &unix.SockaddrInet4{Port: int(at.Port()), Addr: at.Addr().As4()}
	}
	fd, err := unix.Socket(family, unix.SOCK_DGRAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return noSocket, fmt.Errorf("open udp socket: %w", os.NewSyscallError("socket", err))
	}
	if err := unix.Bind(fd, address); err != nil {
		unix.Close(fd)
		return noSocket, fmt.Errorf("bind udp %s: %w", at, os.NewSyscallError("bind", err))
	}
	return socket{fd: fd}, nil
}

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
	raw  unix.RawSockaddrInet6
	size uint32
	addr netip.AddrPort
}

// peerOf makes a peer for a socket bound to an address of local's family.
func peerOf(addr netip.AddrPort, local netip.Addr) peer {
	p := peer{addr: addr}
	if !addr.IsValid() || addr.Port() == 0 || addr.Addr().Is6() && local.Is4() {
		return p
	}
	port := (*[2]byte)(unsafe.Pointer(&p.raw.Port))
	binary.BigEndian.PutUint16(port[:], addr.Port())
	if local.Is4() {
		p.raw.Family, p.size = unix.AF_INET, unix.SizeofSockaddrInet4
		(*unix.RawSockaddrInet4)(unsafe.Pointer(&p.raw)).Addr = addr.Addr().As4()
		return p
	}
	p.raw.Family, p.size = unix.AF_INET6, unix.SizeofSockaddrInet6
	p.raw.Addr = addr.Addr().As16()
	return p
}

// known reports whether packets can be sent to the peer.
func (p *peer) known() bool { return p.size > 0 }

// send sends one datagram; one that the kernel refuses is lost, as on any network.
func (s socket) send(b []byte, to *peer) bool {
	_, _, errno := unix.RawSyscall6(unix.SYS_SENDTO, uintptr(s.fd), uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)),
		0, uintptr(unsafe.Pointer(&to.raw)), uintptr(to.size))
	return errno == 0
}
