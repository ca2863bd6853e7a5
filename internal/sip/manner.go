package sip

import (
	"net/netip"

	"parley/internal/srtp"
)

// manner is how a peer is spoken with, as it was configured.
type manner struct {
	codecs Codecs
	srtp   Security
	dtmf   DTMF
	refers bool // an agent's device: its REFER is the agent's wish
}

func (t *Trunk) manner() manner  { return manner{t.Codecs, t.SRTP, t.DTMF, false} }
func (d *Device) manner() manner { return manner{d.Codecs, d.SRTP, d.DTMF, true} }

// mouth is the end of a leg that speaks with a peer at addr.
func (l *leg) mouth(addr netip.Addr, how manner) mouth {
	if how.codecs == (Codecs{}) {
		how.codecs = l.server.config.Codecs
	}
	m := mouth{
		Addr: l.server.addrFor(addr), Port: l.sound.Port(), Session: sessionNumber(), Mux: true,
		Codecs: carried(), SRTP: how.srtp, DTMF: how.dtmf, Secret: srtp.NewSecret(), Refers: how.refers,
	}
	if chosen := how.codecs.Only(carried()); chosen != (Codecs{}) {
		m.Codecs, m.OurOrder = chosen, true
	}
	return m
}
