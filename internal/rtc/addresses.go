package rtc

import (
	"fmt"
	"net"
	"net/netip"
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
	if err := share(conn); err != nil {
		_ = conn.Close() // the first error says more
		return nil, fmt.Errorf("listen for browsers on UDP %s: %w", address, err)
	}
	_ = conn.SetReadBuffer(socketBuffer)  // the kernel gives what it may
	_ = conn.SetWriteBuffer(socketBuffer) // likewise
	return conn, nil
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

// candidateLines are host candidates of the RTP component, the earlier the better (RFC 8839 §5.1, RFC 8445 §5.1.2).
func candidateLines(addresses []netip.Addr, port uint16) []string {
	const host, rtp = 126, 1
	var lines []string
	for i, a := range addresses {
		priority := host<<24 | max(0xFFFF-i, 0)<<8 | (256 - rtp)
		lines = append(lines, fmt.Sprintf("%d %d udp %d %s %d typ host", i+1, rtp, priority, a, port))
	}
	return lines
}
