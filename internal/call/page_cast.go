package call

import (
	"net/netip"

	"parley/internal/id"
	"parley/internal/tel"
)

// Multicast is where a page goes that telephones listen to by themselves, so that nobody is rung (BX-28).
type Multicast struct {
	Group netip.AddrPort `json:"group"` // of IPv4, and the port of RTP
	Codec string         `json:"codec"` // "PCMU", "PCMA" or "G722"
	TTL   int            `json:"ttl"`   // how many networks it may cross, 1 to 255
}

// SendMulticast opens a leg that sends to a group and takes nothing: LegAnswered or LegEnded follows. A group that another page
// speaks to is busy.
type SendMulticast struct {
	Leg  id.Leg `json:"leg"`
	Name string `json:"name"` // of the paging group
	Multicast
}

func (SendMulticast) callAction() {}

// pageCasts has the stream begun that a paging group's telephones listen to. It is a member of its own, which hears for all of them.
func (t *turn) pageCasts(s Planned) {
	leg := t.newLeg()
	t.add(Party{Kind: External, Name: s.Page.Name, Leg: leg, Device: onMulticast, Own: true, Listens: true, Toned: !s.Page.Tone})
	t.do(SendMulticast{Leg: leg, Name: s.Page.Name, Multicast: *s.Page.Multicast})
}

// castOver ends a page whose stream has ended, or could not begin.
func (t *turn) castOver(p *Party, s LegEnded) {
	t.part(p, s.Cause)
	e := ending{Disposition: Failed, Cause: s.Cause, Reason: orWords(s.Reason, s.Cause)}
	if s.Cause == tel.CauseBusy {
		e.Disposition = Busy
	}
	t.finish(t.ended(e))
}

// Casts tells whether a party is the stream to a multicast group.
func (p *Party) Casts() bool { return p.Device == onMulticast }
