package media

import (
	"net/netip"
	"testing"
)

// TestRelatch opens the latch for the same peer on another port, and for nobody else.
func TestRelatch(t *testing.T) {
	negotiated, behind := netip.MustParseAddrPort("10.0.0.1:4000"), netip.MustParseAddrPort("192.0.2.1:4000")
	moved, stranger := netip.MustParseAddrPort("192.0.2.1:4777"), netip.MustParseAddrPort("192.0.2.2:4000")
	for _, c := range []struct {
		name    string
		first   netip.AddrPort
		sources []netip.AddrPort
		want    string
		end     latch
	}{
		{"the NAT has another port", behind, []netip.AddrPort{moved, behind, moved}, "+-+", latch{source: moved}},
		{"a stranger", behind, []netip.AddrPort{stranger, moved, stranger}, "-+-", latch{source: moved}},
		{"all was well", behind, []netip.AddrPort{behind, moved}, "+-", latch{source: behind}},
		{"a phone without NAT moves", negotiated, []netip.AddrPort{netip.AddrPortFrom(negotiated.Addr(), 9)}, "+", latch{source: netip.AddrPortFrom(negotiated.Addr(), 9)}},
		{"it is what was agreed after all", behind, []netip.AddrPort{negotiated, behind}, "+-", latch{source: negotiated, firm: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := latch{}
			k.accept(c.first, negotiated)
			k.open = true
			got := ""
			for _, source := range c.sources {
				ok, _ := k.accept(source, negotiated)
				got += map[bool]string{true: "+", false: "-"}[ok]
			}
			if got != c.want || k != c.end {
				t.Errorf("accepted %s and latched %+v, want %s and %+v", got, k, c.want, c.end)
			}
		})
	}
}

// TestSoundFromAnotherPort is a phone whose NAT gives it another port: it is heard after Relatch, and hears again.
func TestSoundFromAnotherPort(t *testing.T) {
	e := openEngine(t, 1)
	ann, bob, moved := newPhone(t, PCMU), newPhone(t, PCMU), newPhone(t, PCMU)
	var told log
	leg := ann.dial(e, "ann", told.hear)
	bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	ann.hum(440)
	bob.hum(880)
	eventually(t, "they hear each other", func() bool { return ann.hears(880) && bob.hears(440) })
	ann.close()
	moved.to = ann.to
	moved.hum(1000)
	eventually(t, "the other port is a stranger", func() bool { return told.has(SoundLost{"ann"}) })
	leg.Relatch()
	eventually(t, "the other port is the phone", func() bool { return bob.hears(1000) && moved.hears(880) })
}
