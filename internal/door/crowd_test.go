package door

import (
	"net"
	"net/netip"
	"testing"
)

func TestSubscriber(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"192.0.2.7", "192.0.2.7"}, {"::ffff:192.0.2.7", "192.0.2.7"}, {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"}, {"fe80::1%eth0", "fe80::"}, {"::1", "::"},
	} {
		if got := Subscriber(netip.MustParseAddr(c.in)); got.String() != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
	if Subscriber(netip.Addr{}).IsValid() {
		t.Error("no address has a subscriber")
	}
}

func TestAddrOf(t *testing.T) {
	mapped := &net.TCPAddr{IP: net.ParseIP("192.0.2.7").To16(), Port: 1}
	if got := AddrOf(mapped); got != netip.MustParseAddr("192.0.2.7") {
		t.Error(got)
	}
	if AddrOf(&net.UnixAddr{Name: "x"}).IsValid() {
		t.Error("a path has an address")
	}
}

// TestCrowd: one subscriber has so many places, all together have theirs, and who leaves makes room for one.
func TestCrowd(t *testing.T) {
	c := NewCrowd(5, 2)
	for n, step := range []struct {
		addr string
		want bool
	}{
		{"2001:db8::1", true}, {"2001:db8::2", true}, {"2001:db8::3", false}, {"2001:db8:0:1::1", true}, {"192.0.2.1", true},
		{"192.0.2.1", true}, {"192.0.2.1", false}, {"192.0.2.2", false},
	} {
		if got := c.Enter(netip.MustParseAddr(step.addr)); got != step.want {
			t.Errorf("%d, %s: %v", n, step.addr, got)
		}
	}
	c.Leave(netip.MustParseAddr("2001:db8::9"))
	if !c.Enter(netip.MustParseAddr("192.0.2.2")) || c.Enter(netip.MustParseAddr("192.0.2.3")) {
		t.Error("who left has not made room for one")
	}
	for _, addr := range []string{"2001:db8::1", "2001:db8:0:1::1", "192.0.2.1", "192.0.2.1", "192.0.2.2"} {
		c.Leave(netip.MustParseAddr(addr))
	}
	if len(c.from) != 0 || c.in != 0 {
		t.Errorf("%d in, of %v", c.in, c.from)
	}
}
