//go:build linux && !portable

package rtc

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"testing"
)

// sharing tells whether this machine has a UDP socket of that port that is connected to an address, and from which
// address of ours.
func sharing(t *testing.T, local, remote netip.AddrPort) bool {
	t.Helper()
	table, err := os.ReadFile("/proc/net/udp")
	if err != nil {
		t.Fatal(err)
	}
	name := func(a netip.AddrPort) string {
		four := a.Addr().As4()
		return fmt.Sprintf("%08X:%04X", binary.NativeEndian.Uint32(four[:]), a.Port())
	}
	return strings.Contains(string(table), name(local)+" "+name(remote))
}

// TestSocketOfItsOwn: a browser that is connected has a socket of its own, at the address where it asked, and a new one
// when it is elsewhere; none is left when it is gone.
func TestSocketOfItsOwn(t *testing.T) {
	for _, c := range []struct{ listen, local string }{{"127.0.0.1:0", "127.0.0.1"}, {"0.0.0.0:0", "127.0.0.2"}, {"[::]:0", "127.0.0.2"}} {
		t.Run(c.listen, func(t *testing.T) {
			s := newSite(t, 29470)
			server, err := Open(Config{Listen: c.listen, Media: s.sound, Log: quiet(), Addresses: secondAddress}, s)
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			there := &site{Server: server, ledger: s.ledger, sound: s.sound}
			there.call(t, "ann", 700)
			local, remote := netip.AddrPortFrom(netip.MustParseAddr(c.local), server.Addr().Port()), there.Stats("ann").Remote
			eventually(t, "ann has a socket", func() bool { return sharing(t, local, remote) })
			there.HangUp("ann")
			there.ends(t, "ann", HungUp)
			eventually(t, "the socket is gone", func() bool { return !sharing(t, local, remote) })
		})
	}
}
