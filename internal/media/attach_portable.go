//go:build !linux || portable

package media

import "net/netip"

// openAttachment opens none: pipes keep to their owners.
func openAttachment(netip.AddrPort, netip.AddrPort) (attachment, error) {
	return attachment{}, errNoAttachment
}

// addOwn has nothing to watch.
func (p *poll) addOwn(socket, int) error { return nil }

// slot knows that the i-th event is about a socket of the range.
func (p *poll) slot(int) (slot int, own bool) { return 0, false }
