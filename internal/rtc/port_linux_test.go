//go:build linux && !portable

package rtc

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"

	"parley/internal/ice"
	"parley/internal/media"
	"parley/internal/srtp"
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

// TestAnswersFromWhereItWasAsked: on a port of every address, a browser that asks at the machine's second one gets checks,
// handshake and sound from there.
func TestAnswersFromWhereItWasAsked(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:0", "[::]:0"} {
		t.Run(listen, func(t *testing.T) {
			s := newSite(t, 29450)
			every, err := Open(Config{Listen: listen, Media: s.sound, Log: quiet(), Addresses: secondAddress}, s)
			if err != nil {
				t.Fatal(err)
			}
			defer every.Close()
			there := &site{Server: every, ledger: s.ledger, sound: s.sound}
			ann, bob := there.call(t, "ann", 700), there.call(t, "bob", 1000)
			room := s.sound.OpenRoom("call")
			defer room.Close()
			room.Arrange([]media.Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
			eventually(t, "ann hears bob", func() bool { return ann.hears(1000) })
			eventually(t, "bob hears ann", func() bool { return bob.hears(700) })
			pair, err := ann.connection.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
			if err != nil || pair.Remote.Address != secondAddress()[0].String() {
				t.Errorf("ann found %v, %v", pair, err)
			}
		})
	}
}

// secondAddress is loopback's second one, which every Linux machine has.
func secondAddress() []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.2")} }

// TestSocketAgainAfterItWasLost: a browser whose address was another's for a while gets its own socket back by the first
// check on its path, without nominating it anew, and by none on another path.
func TestSocketAgainAfterItWasLost(t *testing.T) {
	s := newSite(t, 29490)
	browser := outsider(t, s.port.conn.LocalAddr())
	k := newLink(s.port, func(signal) {})
	sound, err := s.sound.OpenPipe("ann", k.send, nil)
	if err != nil {
		t.Fatal(err)
	}
	mine := ice.NewCredentials()
	k.sound, k.agent = sound, ice.NewAgent(mine)
	k.terms = media.Terms{Codec: media.PCMU, Send: true, Receive: true}
	k.keyed(&media.Crypto{Profile: srtp.AES128GCM, Send: make(srtp.Key, 28), Receive: make(srtp.Key, 28)})
	s.port.rename(k, k.agent.Ufrags())

	path := ice.Path{Local: s.Addr(), Remote: browser.LocalAddr().(*net.UDPAddr).AddrPort()}
	has := func() bool { return sharing(t, path.Local, path.Remote) }
	s.port.check(checkBy(t, mine.Ufrag, mine.Password, true), path)
	eventually(t, "ann has a socket", has)
	k.lose(path.Remote)
	eventually(t, "ann has lost it", func() bool { return !has() })
	again := checkBy(t, mine.Ufrag, mine.Password, false)
	s.port.check(again, ice.Path{Local: path.Local, Remote: netip.MustParseAddrPort("127.0.0.1:9")})
	if k.attached.Load() {
		t.Error("a check on another path gave it a socket")
	}
	s.port.check(again, path)
	eventually(t, "ann has a socket again", has)
}
