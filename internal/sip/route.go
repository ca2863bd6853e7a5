package sip

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// routes remembers for a while which of our addresses leads to a peer.
type routes struct {
	mu    sync.Mutex
	known map[netip.Addr]route
}

type route struct {
	local netip.Addr
	until time.Time
}

const (
	routeLife = 30 * time.Second
	routeRoom = 4096
)

// addrFor is the address that a peer can reach us at: Public, the one we listen on, or the one that the kernel would
// send from. Without a peer it is loopback.
func (s *Server) addrFor(peer netip.Addr) netip.Addr {
	switch {
	case s.config.Public.IsValid() && !peer.IsLoopback():
		return s.config.Public
	case !s.addr.Addr().IsUnspecified():
		return s.addr.Addr()
	case !peer.IsValid():
		return netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	return s.routes.to(peer, time.Now())
}

// hostFor is addrFor as text.
func (s *Server) hostFor(peer netip.Addr) string {
	addr := s.addrFor(peer)
	if last := s.lastHost.Load(); last != nil && last.addr == addr {
		return last.text
	}
	text := addr.String()
	s.lastHost.Store(&host{addr: addr, text: text})
	return text
}

// host is an address of ours with its text: mostly it is the same.
type host struct {
	addr netip.Addr
	text string
}

func (r *routes) to(peer netip.Addr, now time.Time) netip.Addr {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known, ok := r.known[peer]; ok && now.Before(known.until) {
		return known.local
	}
	local := sourceFor(peer)
	if r.known == nil || len(r.known) >= routeRoom {
		r.known = map[netip.Addr]route{}
	}
	r.known[peer] = route{local: local, until: now.Add(routeLife)}
	return local
}

// sourceFor asks the kernel; a connected UDP socket sends nothing.
func sourceFor(peer netip.Addr) netip.Addr {
	conn, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(netip.AddrPortFrom(peer, 5060)))
	if err != nil {
		return netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	defer func() { _ = conn.Close() }()
	return addrPort(conn.LocalAddr()).Addr()
}

func addrPort(addr net.Addr) netip.AddrPort {
	parsed, _ := netip.ParseAddrPort(addr.String())
	return netip.AddrPortFrom(parsed.Addr().Unmap(), parsed.Port())
}
