//go:build !linux || portable

package media

import (
	"net"
	"testing"
)

// share has nothing to do: pipes keep to their owners.
func share(*testing.T, *net.UDPConn) {}
