//go:build linux && !portable

package rtc

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// controlSize is room for what the kernel tells beside a datagram.
const controlSize = 128

// share lets other sockets of ours be bound to the same port and connected to one browser each. It comes after bind, so
// that a port which another program has is still refused.
func share(conn *net.UDPConn) error { return setOption(conn, unix.SOL_SOCKET, unix.SO_REUSEPORT) }

// askForLocal has each datagram tell to which address of ours it came; it reports whether it will.
func askForLocal(conn *net.UDPConn, bound netip.Addr) bool {
	if bound.Is4() {
		return setOption(conn, unix.IPPROTO_IP, unix.IP_PKTINFO) == nil
	}
	return setOption(conn, unix.IPPROTO_IPV6, unix.IPV6_RECVPKTINFO) == nil
}

func setOption(conn *net.UDPConn, level, option int) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return fmt.Errorf("set a socket's option: %w", err)
	}
	var failed error
	if err := raw.Control(func(fd uintptr) { failed = unix.SetsockoptInt(int(fd), level, option, 1) }); err != nil {
		return fmt.Errorf("set a socket's option: %w", err)
	}
	return os.NewSyscallError("setsockopt", failed)
}

// localIn is the address of ours in what the kernel told; invalid when it is not there.
func localIn(control []byte) netip.Addr {
	for len(control) >= unix.SizeofCmsghdr {
		head, body, rest, err := unix.ParseOneSocketControlMessage(control)
		if err != nil {
			break
		}
		switch {
		case head.Level == unix.IPPROTO_IP && head.Type == unix.IP_PKTINFO && len(body) >= unix.SizeofInet4Pktinfo:
			return netip.AddrFrom4((*unix.Inet4Pktinfo)(unsafe.Pointer(&body[0])).Spec_dst)
		case head.Level == unix.IPPROTO_IPV6 && head.Type == unix.IPV6_PKTINFO && len(body) >= unix.SizeofInet6Pktinfo:
			return netip.AddrFrom16((*unix.Inet6Pktinfo)(unsafe.Pointer(&body[0])).Addr).Unmap()
		}
		control = rest
	}
	return netip.Addr{}
}

// localTo tells the kernel from which address of ours a datagram is to go.
func localTo(local, bound netip.Addr) []byte {
	if bound.Is4() {
		return unix.PktInfo4(&unix.Inet4Pktinfo{Spec_dst: local.As4()})
	}
	return unix.PktInfo6(&unix.Inet6Pktinfo{Addr: local.As16()})
}
