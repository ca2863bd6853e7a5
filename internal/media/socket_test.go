package media

import (
	"net/netip"
	"testing"
)

type boundSocket struct {
	socket
	at netip.AddrPort
}

// bound is a socket on any free port.
func bound(t testing.TB) boundSocket {
	t.Helper()
	s, err := openSocket(netip.AddrPortFrom(loopback, 0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	return boundSocket{s, addressOf(t, s)}
}

func TestSocketCarriesBothFamilies(t *testing.T) {
	for _, bind := range []string{"127.0.0.1", "::1", "::"} {
		t.Run(bind, func(t *testing.T) {
			local := netip.MustParseAddr(bind)
			a, err := openSocket(netip.AddrPortFrom(local, 0))
			if err != nil {
				t.Fatal(err)
			}
			defer a.close()
			b := bound(t)
			to, sender := addressOf(t, a), b.socket
			if local.Is6() {
				if sender, err = openSocket(netip.AddrPortFrom(netip.IPv6Loopback(), 0)); err != nil {
					t.Fatal(err)
				}
				defer sender.close()
				to = netip.AddrPortFrom(netip.IPv6Loopback(), to.Port())
			}
			target := peerOf(to, addressOf(t, sender).Addr())
			if !sender.send([]byte("hello"), &target) {
				t.Fatal("not sent")
			}
			buffer := make([]byte, 10)
			eventually(t, "the datagram comes", func() bool {
				n, from, ok := a.receive(buffer)
				return ok && string(buffer[:n]) == "hello" && from == addressOf(t, sender)
			})
		})
	}
}
