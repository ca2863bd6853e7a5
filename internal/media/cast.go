package media

import (
	"errors"
	"fmt"
	"net/netip"

	"parley/internal/id"
)

// Cast says how a leg sends to a multicast group, which whoever has joined it hears (RFC 1112).
type Cast struct {
	Group netip.AddrPort // within 224.0.0.0/4, and the port that RTP goes to; RTCP goes to the one above
	TTL   int            // how many networks the packets may cross, 1 to 255; 1: they stay in this one
	Codec Codec          // PCMU, PCMA or G722, which go by their static payload types (RFC 3551 §6)
}

// ErrNoGroup means that an address is no multicast group of IPv4, or that a time to live or a codec is none for it.
var ErrNoGroup = errors.New("no multicast group of ipv4 that sound can be sent to")

// OpenCast opens a leg that sends to a multicast group at once and takes nothing, by the network of the engine's address,
// in packets of 20 ms that are heard on this machine too. ErrNoGroup when there is no such group, ErrNoPort when the range is used up.
// Hear gets the leg's events as that of OpenSocket does.
func (e *Engine) OpenCast(name id.Leg, to Cast, hear func(Event)) (*Leg, error) {
	group, number, ok := to.terms()
	if !ok {
		return nil, fmt.Errorf("open leg %s to %s: %w", name, to.Group, ErrNoGroup)
	}
	l, err := e.openPair(name, hear)
	if err != nil {
		return nil, err
	}
	l.casts = true
	err = errors.Join(l.sound.cast(e.bind, to.TTL), l.control.cast(e.bind, to.TTL))
	if err == nil {
		err = e.admit(l)
	}
	if err != nil {
		l.closeSockets()
		e.ports.giveBack(l.port)
		return nil, fmt.Errorf("open leg %s: %w", name, err)
	}
	l.Agree(Terms{Remote: group, Codec: to.Codec, PayloadType: number, Send: true})
	return l, nil
}

// terms are the address and the payload type of a cast; false when nothing can be sent so.
func (c Cast) terms() (group netip.AddrPort, number uint8, ok bool) {
	at := c.Group.Addr().Unmap()
	number, static := c.Codec.StaticPayloadType()
	return netip.AddrPortFrom(at, c.Group.Port()), number,
		static && at.Is4() && at.IsMulticast() && c.Group.Port() > 0 && c.TTL >= 1 && c.TTL <= 255
}

// copies reports whether l can be sent the packets of a source as they are, or by a table. Those to a group are all of one length,
// whatever the source's are.
func (l *Leg) copies(source *Leg) bool { return !l.casts && copies(source.terms.Codec, l.terms.Codec) }
