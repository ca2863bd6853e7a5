//go:build !linux || portable

package media

import (
	"net"
	"net/netip"
	"testing"
)

func addressOf(t testing.TB, s socket) netip.AddrPort {
	t.Helper()
	at, is := s.conn.LocalAddr().(*net.UDPAddr)
	if !is {
		t.Fatalf("socket is at %v", s.conn.LocalAddr())
	}
	return netip.AddrPortFrom(at.AddrPort().Addr().Unmap(), at.AddrPort().Port())
}
