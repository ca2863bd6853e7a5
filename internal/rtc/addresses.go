package rtc

import (
	"fmt"
	"net"
	"net/netip"
	"strings"

	"github.com/pion/sdp/v3"
)

// socketBuffer is what we ask of the kernel for the one socket of all browsers, in bytes, for some 4,000 packets.
const socketBuffer = 4 << 20

// listen opens the one socket of all browsers.
func listen(address string) (*net.UDPConn, error) {
	at, err := net.ResolveUDPAddr("udp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for browsers on %s: %w", address, err)
	}
	network := "udp4"
	if at.IP != nil && at.IP.To4() == nil {
		network = "udp"
	}
	conn, err := net.ListenUDP(network, at)
	if err != nil {
		return nil, fmt.Errorf("listen for browsers on UDP %s: %w", address, err)
	}
	_ = conn.SetReadBuffer(socketBuffer)  // the kernel gives what it may
	_ = conn.SetWriteBuffer(socketBuffer) // likewise
	return conn, nil
}

// families gives the local address, or for an unspecified one a stand-in per family: ICE-lite answers where it is
// asked and never looks at them.
func families(bound netip.AddrPort) []net.Addr {
	if !bound.Addr().IsUnspecified() {
		return []net.Addr{net.UDPAddrFromAddrPort(bound)}
	}
	all := []net.Addr{&net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: int(bound.Port())}}
	if bound.Addr().Is6() {
		all = append(all, &net.UDPAddr{IP: net.IPv6loopback, Port: int(bound.Port())})
	}
	return all
}

// candidates are the addresses at which a browser is told to look for us.
func candidates(bound netip.AddrPort, public netip.Addr, ask func() []netip.Addr) []netip.Addr {
	switch {
	case public.IsValid():
		return []netip.Addr{public.Unmap()}
	case !bound.Addr().IsUnspecified():
		return []netip.Addr{bound.Addr()}
	case ask == nil:
		ask = interfaceAddresses
	}
	var all []netip.Addr
	seen := map[netip.Addr]bool{}
	for _, a := range ask() {
		a = a.Unmap().WithZone("")
		// A link-local address means nothing without its zone, which is the browser's to know.
		if a.Is6() && (bound.Addr().Is4() || a.IsLinkLocalUnicast()) || !a.IsValid() || a.IsUnspecified() || seen[a] {
			continue
		}
		seen[a] = true
		all = append(all, a)
	}
	return all
}

// interfaceAddresses are those of the machine's interfaces, loopback included.
func interfaceAddresses() []netip.Addr {
	found, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var all []netip.Addr
	for _, a := range found {
		if network, ok := a.(*net.IPNet); ok {
			if ip, ok := netip.AddrFromSlice(network.IP); ok {
				all = append(all, ip)
			}
		}
	}
	return all
}

// finish puts our candidates into pion's answer in place of its own, and the chosen codec in place of all.
func finish(answer string, chosen choice, addresses []netip.Addr, port uint16) (string, error) {
	var desc sdp.SessionDescription
	if err := desc.UnmarshalString(answer); err != nil {
		return "", fmt.Errorf("read pion's answer: %w", err)
	}
	if len(addresses) == 0 {
		return "", fmt.Errorf("no address to name to a browser")
	}
	for _, section := range desc.MediaDescriptions {
		if err := chosen.settle(section); err != nil {
			return "", err
		}
		section.Attributes = append(withoutCandidates(section.Attributes), candidateLines(addresses, port)...)
	}
	text, err := desc.Marshal()
	if err != nil {
		return "", fmt.Errorf("write the answer: %w", err)
	}
	return string(text), nil
}

func withoutCandidates(attributes []sdp.Attribute) []sdp.Attribute {
	var kept []sdp.Attribute
	for _, a := range attributes {
		if a.Key != "candidate" && a.Key != "end-of-candidates" {
			kept = append(kept, a)
		}
	}
	return kept
}

// candidateLines are host candidates of the RTP component, the earlier the better (RFC 8839 §5.1, RFC 8445 §5.1.2).
func candidateLines(addresses []netip.Addr, port uint16) []sdp.Attribute {
	const host, rtp = 126, 1
	var lines []sdp.Attribute
	for i, a := range addresses {
		priority := host<<24 | max(0xFFFF-i, 0)<<8 | (256 - rtp)
		line := fmt.Sprintf("%d %d udp %d %s %d typ host", i+1, rtp, priority, strings.ToLower(a.String()), port)
		lines = append(lines, sdp.Attribute{Key: "candidate", Value: line})
	}
	return append(lines, sdp.Attribute{Key: "end-of-candidates"})
}
