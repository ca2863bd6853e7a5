package sip

import (
	"net/netip"
	"strconv"
	"strings"

	"parley/internal/srtp"
)

// maxCrypto bounds the a=crypto lines that are kept of one stream.
const maxCrypto = 16

// detail reads the attributes that only streams have. What cannot be read is as if it were not there: a key that we
// cannot use is no reason to refuse the others.
func (s *stream) detail(name, value string) {
	switch name {
	case "rtcp-mux":
		s.Mux = true
	case "rtcp":
		s.controlPort, s.Control = readControl(value)
	case "maxptime":
		if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n >= 10 {
			s.MaxPtime = n
		}
	case "crypto":
		if line, err := srtp.ParseLine(value); err == nil && len(s.Crypto) < maxCrypto {
			s.Crypto = append(s.Crypto, line)
		}
	}
}

// readControl reads a=rtcp: a port, and perhaps an address (RFC 3605 §2.1).
func readControl(value string) (uint16, netip.AddrPort) {
	fields := strings.Fields(value)
	if len(fields) == 0 {
		return 0, netip.AddrPort{}
	}
	port, err := strconv.ParseUint(fields[0], 10, 16)
	if err != nil {
		return 0, netip.AddrPort{}
	}
	if len(fields) == 4 {
		if addr, err := netip.ParseAddr(fields[3]); err == nil {
			return uint16(port), netip.AddrPortFrom(addr.WithZone(""), uint16(port))
		}
	}
	return uint16(port), netip.AddrPort{}
}

// settleControl completes the address for RTCP, and forgets it where it is the usual one.
func (s *stream) settleControl() {
	if s.controlPort != 0 && !s.Control.IsValid() && s.Addr.IsValid() {
		s.Control = netip.AddrPortFrom(s.Addr, s.controlPort)
	}
	if s.Control == netip.AddrPortFrom(s.Addr, s.Port+1) {
		s.Control = netip.AddrPort{}
	}
}
