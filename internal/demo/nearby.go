package demo

import (
	"net"
	"net/netip"
	"slices"
)

// nearby lists this machine's own addresses as networks of one address each, loopback first: a SIP program on the same
// machine may well call from the address of a network card.
func nearby() []string {
	networks := []string{"127.0.0.1/32"}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return networks
	}
	for _, a := range all {
		prefix, err := netip.ParsePrefix(a.String())
		if err != nil || prefix.Addr().IsLoopback() || prefix.Addr().IsLinkLocalUnicast() {
			continue
		}
		one := netip.PrefixFrom(prefix.Addr(), prefix.Addr().BitLen()).String()
		if !slices.Contains(networks, one) {
			networks = append(networks, one)
		}
	}
	return networks
}
