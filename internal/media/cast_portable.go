//go:build !linux || portable

package media

import (
	"errors"
	"fmt"
	"net"
	"net/netip"

	"golang.org/x/net/ipv4"
)

// cast says how datagrams of the socket to a multicast group go: by the network of an address (that of zeros: as the system's routes
// have it), across so many networks, and to this machine too.
func (s socket) cast(by netip.Addr, ttl int) error {
	conn := ipv4.NewPacketConn(s.conn)
	if by.Is4() && !by.IsUnspecified() {
		one, err := networkOf(by)
		if err != nil {
			return err
		}
		if err := conn.SetMulticastInterface(one); err != nil {
			return fmt.Errorf("send to multicast groups by %s: %w", by, err)
		}
	}
	if err := errors.Join(conn.SetMulticastTTL(ttl), conn.SetMulticastLoopback(true)); err != nil {
		return fmt.Errorf("send to multicast groups: %w", err)
	}
	return nil
}

// networkOf is the network that an address of this machine is in.
func networkOf(at netip.Addr) (*net.Interface, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("list the networks of this machine: %w", err)
	}
	for i := range all {
		own, err := all[i].Addrs()
		if err != nil {
			continue // one that has gone meanwhile
		}
		for _, one := range own {
			if p, is := one.(*net.IPNet); is && p.IP.Equal(at.AsSlice()) {
				return &all[i], nil
			}
		}
	}
	return nil, fmt.Errorf("send to multicast groups by %s: no network of this machine has it", at)
}
