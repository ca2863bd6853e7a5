//go:build linux && !portable

package media

import (
	"net/netip"
	"testing"

	"golang.org/x/sys/unix"
)

func addressOf(t testing.TB, s socket) netip.AddrPort {
	t.Helper()
	address, err := unix.Getsockname(s.fd)
	if err != nil {
		t.Fatal(err)
	}
	if six, ok := address.(*unix.SockaddrInet6); ok {
		return netip.AddrPortFrom(netip.AddrFrom16(six.Addr).Unmap(), uint16(six.Port))
	}
	four := address.(*unix.SockaddrInet4)
	return netip.AddrPortFrom(netip.AddrFrom4(four.Addr), uint16(four.Port))
}
