package sip

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// gatedPackets is a socket that gives the SIP stack only what the gate admits.
type gatedPackets struct {
	*net.UDPConn
	gate  *gate
	begin sync.Once
	begun chan struct{} // closed when the stack reads: from then on it sends through this socket

	passed *envelope   // the last message that was given to the stack
	from   *sender     // of it
	read   atomic.Bool // the stack could read it
}

// sender is where a datagram came from, in the form that the stack wants: it asks for the text of each one.
type sender struct {
	source netip.AddrPort
	text   string
}

// Network is "udp".
func (*sender) Network() string { return "udp" }

// String is host:port.
func (s *sender) String() string { return s.text }

// wasRead hears of each message that the stack could read, before the next one is asked for.
func (c *gatedPackets) wasRead(m sipgo.Message) {
	if m.Transport() == "UDP" {
		c.read.Store(true)
	}
}

// refuseUnread answers the last message for the stack, which says nothing to what it cannot read.
func (c *gatedPackets) refuseUnread() {
	if c.passed != nil && !c.read.Load() {
		c.answer(c.gate.refusal(c.passed, 400, c.from.source), c.from.source)
	}
	c.passed = nil
}

func (c *gatedPackets) answer(answer []byte, source netip.AddrPort) {
	if answer != nil {
		_, _ = c.UDPConn.WriteToUDPAddrPort(answer, answerPort(answer, source)) // a stranger that cannot be reached is no loss
	}
}

// ReadFrom gives the next admitted datagram.
func (c *gatedPackets) ReadFrom(b []byte) (int, net.Addr, error) {
	c.begin.Do(func() { close(c.begun) })
	c.refuseUnread()
	for {
		n, source, err := c.UDPConn.ReadFromUDPAddrPort(b)
		if err != nil {
			if ne := net.Error(nil); errors.As(err, &ne) && ne.Timeout() {
				continue
			}
			return n, nil, err
		}
		source = netip.AddrPortFrom(source.Addr().Unmap(), source.Port())
		e, answer := c.gate.judge(b[:n], source, time.Now())
		if e != nil {
			if c.from == nil || c.from.source != source {
				c.from = &sender{source: source, text: source.String()}
			}
			c.passed = e
			c.read.Store(false)
			return n, c.from, nil
		}
		c.answer(answer, source)
	}
}
