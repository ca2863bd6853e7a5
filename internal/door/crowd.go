package door

import (
	"net"
	"net/netip"
	"sync"
)

// Subscriber is what the connections of one customer of a network have in common: an IPv4 address; of an IPv6 address its
// /64, the least that a subscriber is given and may use all of.
func Subscriber(addr netip.Addr) netip.Addr {
	addr = addr.Unmap()
	if !addr.Is6() {
		return addr
	}
	prefix, _ := addr.Prefix(64) // an IPv6 address has 128 bits
	return prefix.Addr()
}

// AddrOf is the address of a connection's end, IPv4 as such; invalid when it has none.
func AddrOf(end net.Addr) netip.Addr {
	at, _ := netip.ParseAddrPort(end.String()) // none is invalid, as said
	return at.Addr().Unmap()
}

// Crowd counts who is in, up to a number for all together and one for each subscriber. It is safe for concurrent use.
type Crowd struct {
	all, each int

	mu   sync.Mutex // guards what follows
	in   int
	from map[netip.Addr]int // by subscriber
}

// NewCrowd makes an empty one.
func NewCrowd(all, each int) *Crowd { return &Crowd{all: all, each: each, from: map[netip.Addr]int{}} }

// Enter takes a place for addr; false when there is none. Leave gives it back.
func (c *Crowd) Enter(addr netip.Addr) bool {
	addr = Subscriber(addr)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.in >= c.all || c.from[addr] >= c.each {
		return false
	}
	c.in++
	c.from[addr]++
	return true
}

// Leave gives a place of addr back.
func (c *Crowd) Leave(addr netip.Addr) {
	addr = Subscriber(addr)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.in--
	if c.from[addr]--; c.from[addr] <= 0 {
		delete(c.from, addr)
	}
}
