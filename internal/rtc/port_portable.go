//go:build !linux || portable

package rtc

import (
	"net"
	"net/netip"
)

// controlSize is room for what the system tells beside a datagram: nothing.
const controlSize = 0

// share has nothing to do: no other socket takes this port.
func share(*net.UDPConn) error { return nil }

// askForLocal asks for what this system does not tell: a port of every address answers from the one the system chooses.
func askForLocal(*net.UDPConn, netip.Addr) bool { return false }

// localIn finds nothing.
func localIn([]byte) netip.Addr { return netip.Addr{} }

// localTo leaves the choice to the system.
func localTo(netip.Addr, netip.Addr) []byte { return nil }
