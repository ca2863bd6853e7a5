package sip

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// gatedPackets is a socket that gives the SIP stack only what the gate admits.
type gatedPackets struct {
	*net.UDPConn
	gate  *gate
	begin sync.Once
	begun chan struct{} // closed when the stack reads: from then on it sends through this socket
}

// ReadFrom gives the next admitted datagram.
func (c *gatedPackets) ReadFrom(b []byte) (int, net.Addr, error) {
	c.begin.Do(func() { close(c.begun) })
	for {
		n, source, err := c.UDPConn.ReadFromUDPAddrPort(b)
		if err != nil {
			if ne, ok := err.(net.Error); ok && ne.Timeout() {
				continue
			}
			return n, nil, err
		}
		source = netip.AddrPortFrom(source.Addr().Unmap(), source.Port())
		pass, answer := c.gate.admit(b[:n], source, "udp", time.Now())
		if pass {
			return n, net.UDPAddrFromAddrPort(source), nil
		}
		if answer != nil {
			_, _ = c.UDPConn.WriteToUDPAddrPort(answer, answerPort(answer, source)) // a stranger that cannot be reached is no loss
		}
	}
}
