package sip

import (
	"errors"
	"net"
	"net/netip"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/door"
)

// readPackets takes in what the gate admits, one datagram after the other, until the socket is closed.
func (s *Server) readPackets(g *gate) {
	buf := make([]byte, maxMessage)
	trouble := door.Trouble{Log: s.log, What: "SIP socket cannot be read"}
	var last sender
	for {
		n, source, err := s.packets.ReadFromUDPAddrPort(buf)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			trouble.Pause(err)
			continue
		}
		source = netip.AddrPortFrom(source.Addr().Unmap(), source.Port())
		if last.source != source {
			last = sender{source: source, text: source.String()}
		}
		s.packetCame(g, buf[:n], last)
	}
}

// sender is where a datagram came from, with the text that the SIP stack wants for each one.
type sender struct {
	source netip.AddrPort
	text   string
}

func (s *Server) packetCame(g *gate, raw []byte, from sender) {
	r := g.judge(raw, from.source, time.Now())
	if r.message == nil {
		if r.answer != nil {
			_, _ = s.packets.WriteToUDPAddrPort(r.answer, answerPort(r.answer, from.source)) // who cannot be reached is no loss
		}
		return
	}
	r.message.SetTransport("UDP")
	r.message.SetSource(from.text)
	s.came(r.message, func() (sipgo.Connection, error) {
		return &way{s.packets, backTo(r.message, from.source)}, nil
	})
}

// backTo is where responses to a datagram go: its source, or the source's address with the port of the top Via when no
// rport was asked for (RFC 3261 §18.2.2, RFC 3581 §4).
func backTo(m sipgo.Message, source netip.AddrPort) netip.AddrPort {
	via := m.Via()
	if via == nil || via.Params.Has("rport") {
		return source
	}
	port := uint16(5060)
	if via.Port > 0 && via.Port < 65536 {
		port = uint16(via.Port)
	}
	return netip.AddrPortFrom(source.Addr(), port)
}
