package media

import (
	"errors"
	"net"
	"net/netip"
	"testing"
)

// inGroup gives a phone that has joined a multicast group on the loopback network, and is spoken to there.
func inGroup(t *testing.T, c Codec, group string) *phone {
	t.Helper()
	loop, err := net.InterfaceByName("lo")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.ListenMulticastUDP("udp4", loop, &net.UDPAddr{IP: net.ParseIP(group)})
	if err != nil {
		t.Fatal(err)
	}
	p := &phone{t: t, conn: conn, codec: c, stop: make(chan struct{})}
	p.gone.Go(p.listen)
	t.Cleanup(p.close)
	return p
}

// group is where the phone of a group is spoken to.
func (p *phone) group(at string) netip.AddrPort {
	return netip.AddrPortFrom(netip.MustParseAddr(at), p.addr().Port())
}

// TestCast: two who have joined a group hear who speaks, whatever that one's codec, in one stream that goes on: RTP of the codec's static
// payload type, packets of 20 ms, a marker at the beginning. Nobody from outside can turn the stream to another place (BX-28).
func TestCast(t *testing.T) {
	for _, c := range []struct {
		speaks, sent Codec
		group        string
	}{{PCMU, PCMU, "239.255.71.1"}, {PCMU, PCMA, "239.255.71.2"}, {PCMA, G722, "239.255.71.3"}} {
		t.Run(c.speaks.String()+" to "+c.sent.String(), func(t *testing.T) {
			e := openEngine(t, 1)
			ann, member := newPhone(t, c.speaks), inGroup(t, c.sent, c.group)
			ann.dial(e, "ann", nil)
			leg, err := e.OpenCast("group", Cast{Group: member.group(c.group), TTL: 1, Codec: c.sent}, nil)
			if err != nil {
				t.Fatal(err)
			}
			e.OpenRoom("page").Arrange([]Hearing{{Leg: "group", From: "ann"}})
			ann.hum(440)
			eventually(t, "the group hears ann", func() bool { return member.hears(440) })
			eve := newPhone(t, c.sent)
			eve.to = netip.AddrPortFrom(loopback, leg.Port())
			eve.hum(1000)
			eventually(t, "the stranger is passed over", func() bool { return leg.counted.bad.Load() > 5 })
			seen := len(member.packets())
			eventually(t, "the group hears ann on", func() bool { return len(member.packets()) > seen+20 && member.hears(440) })
			if len(eve.packets()) > 0 {
				t.Error("the stranger hears ann")
			}
			oneStream(t, member.packets(), typeOf(c.sent))
			leg.Close()
			eventually(t, "its ports are free again", func() bool {
				e.reap()
				return e.ports.tenant(leg.Port()) == nil
			})
		})
	}
}

// oneStream looks at the headers of what a member has got: of one source, nothing left out, the first one marked.
func oneStream(t *testing.T, got []packet, number uint8) {
	t.Helper()
	if !got[0].marker {
		t.Error("the stream begins without a marker")
	}
	for i, p := range got {
		n := uint32(i)
		if p.ssrc != got[0].ssrc || p.payloadType != number || p.sequence != got[0].sequence+uint16(n) || p.timestamp != got[0].timestamp+160*n || len(p.payload) != 160 {
			t.Fatalf("packet %d is %+v with %d bytes, after %+v", i, p.header, len(p.payload), got[max(i-1, 0)].header)
		}
	}
}

// TestCastRefused: what is no group of IPv4, a time to live out of range and a codec without a static payload type are refused, and leave no port
// in use.
func TestCastRefused(t *testing.T) {
	e, err := Open(Config{First: 24006, Last: 24007, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	group := netip.MustParseAddrPort("239.255.71.9:20000")
	for name, c := range map[string]Cast{
		"an address of one":   {Group: netip.MustParseAddrPort("192.0.2.1:20000"), TTL: 1, Codec: PCMU},
		"a group of IPv6":     {Group: netip.MustParseAddrPort("[ff15::1]:20000"), TTL: 1, Codec: PCMU},
		"no port":             {Group: netip.MustParseAddrPort("239.255.71.9:0"), TTL: 1, Codec: PCMU},
		"no network to cross": {Group: group, Codec: PCMU},
		"too many networks":   {Group: group, TTL: 256, Codec: PCMU},
		"a codec by number":   {Group: group, TTL: 1, Codec: Opus},
	} {
		if _, err := e.OpenCast("group", c, nil); !errors.Is(err, ErrNoGroup) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := e.OpenCast("group", Cast{Group: group, TTL: 1, Codec: PCMU}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := e.OpenCast("group", Cast{Group: group, TTL: 1, Codec: PCMU}, nil); !errors.Is(err, ErrNoPort) {
		t.Errorf("a second one in a range of one pair: %v", err)
	}
}

// TestCastOfSixes: an engine that listens on all addresses, of IPv6 too, sends to groups of IPv4.
func TestCastOfSixes(t *testing.T) {
	for _, at := range []string{"::", "0.0.0.0"} {
		s, err := openSocket(netip.AddrPortFrom(netip.MustParseAddr(at), 0))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.cast(netip.MustParseAddr(at), 7); err != nil {
			t.Errorf("%s: %v", at, err)
		}
		s.close()
	}
}
