//go:build linux && !portable

package media

import (
	"fmt"
	"net/netip"
	"os"

	"golang.org/x/sys/unix"
)

// cast says how datagrams of the socket to a multicast group go: by the network of an address (that of zeros: as the system's routes
// have it), across so many networks, and to this machine too. A socket of IPv6 takes all this for the groups of IPv4 that it is given.
func (s socket) cast(by netip.Addr, ttl int) error {
	if by.Is4() && !by.IsUnspecified() {
		if err := unix.SetsockoptInet4Addr(s.fd, unix.IPPROTO_IP, unix.IP_MULTICAST_IF, by.As4()); err != nil {
			return fmt.Errorf("send to multicast groups by %s: %w", by, os.NewSyscallError("setsockopt", err))
		}
	}
	for option, value := range map[int]int{unix.IP_MULTICAST_TTL: ttl, unix.IP_MULTICAST_LOOP: 1} {
		if err := unix.SetsockoptInt(s.fd, unix.IPPROTO_IP, option, value); err != nil {
			return fmt.Errorf("send to multicast groups: %w", os.NewSyscallError("setsockopt", err))
		}
	}
	return nil
}
