package rtc

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
)

func TestCandidates(t *testing.T) {
	ask := func() []netip.Addr {
		return []netip.Addr{
			netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("::ffff:192.0.2.7"),
			netip.MustParseAddr("2001:db8::7"), netip.MustParseAddr("fe80::1%eth0"), netip.MustParseAddr("0.0.0.0"), {},
		}
	}
	for _, c := range []struct {
		name, bound, public string
		want                string
	}{
		{"loopback", "127.0.0.1:1", "", "127.0.0.1"},
		{"one address", "192.0.2.7:1", "", "192.0.2.7"},
		{"every IPv4 address", "0.0.0.0:1", "", "127.0.0.1 192.0.2.7"},
		{"every address", "[::]:1", "", "127.0.0.1 192.0.2.7 2001:db8::7"},
		{"behind a NAT", "0.0.0.0:1", "203.0.113.9", "203.0.113.9"},
		{"bound behind a NAT", "192.0.2.7:1", "203.0.113.9", "203.0.113.9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var public netip.Addr
			if c.public != "" {
				public = netip.MustParseAddr(c.public)
			}
			var got []string
			for _, a := range candidates(netip.MustParseAddrPort(c.bound), public, ask) {
				got = append(got, a.String())
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestInterfaceAddresses(t *testing.T) {
	got := candidates(netip.MustParseAddrPort("0.0.0.0:1"), netip.Addr{}, nil)
	if !slices.Contains(got, netip.MustParseAddr("127.0.0.1")) {
		t.Errorf("no loopback in %v", got)
	}
}

func TestCandidateLines(t *testing.T) {
	lines := candidateLines([]netip.Addr{netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("2001:db8::7")}, 7085)
	want := []string{
		"1 1 udp 2130706431 192.0.2.7 7085 typ host",
		"2 1 udp 2130706175 2001:db8::7 7085 typ host",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q, want %q", lines, want)
	}
}
