package rtc

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/ice"
)

// datagramSize is the largest datagram taken, in bytes; a longer one is cut, and no good then.
const datagramSize = 2048

// port is the one UDP socket of all browsers. It knows whose a datagram is: of a check by the name in it, of all else by
// the address from which a good check came before.
type port struct {
	conn   *net.UDPConn
	bound  netip.AddrPort
	tells  bool // each datagram tells to which address of ours it came
	opened time.Time
	done   chan struct{}

	mu    sync.RWMutex // guards what follows
	names map[string]*link
	paths map[netip.AddrPort]*link

	strange atomic.Uint64 // datagrams that were nobody's
}

// openPort takes the port. One that is taken is an error that names it.
func openPort(address string) (*port, error) {
	conn, err := listen(address)
	if err != nil {
		return nil, err
	}
	p := &port{
		conn: conn, bound: boundTo(conn), opened: time.Now(), done: make(chan struct{}),
		names: map[string]*link{}, paths: map[netip.AddrPort]*link{},
	}
	p.tells = p.bound.Addr().IsUnspecified() && askForLocal(conn, p.bound.Addr())
	return p, nil
}

// serve reads until the port is closed.
func (p *port) serve() {
	defer close(p.done)
	packet, control := make([]byte, datagramSize), make([]byte, controlSize)
	for {
		n, rest, _, from, err := p.conn.ReadMsgUDPAddrPort(packet, control)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil || n == 0 {
			continue
		}
		on := ice.Path{Local: p.bound, Remote: netip.AddrPortFrom(from.Addr().Unmap(), from.Port())}
		if p.tells {
			if local := localIn(control[:rest]); local.IsValid() {
				on.Local = netip.AddrPortFrom(local, p.bound.Port())
			}
		}
		p.sort(packet[:n], on)
	}
}

// sort gives a datagram to whose it is (RFC 7983 §7). Several goroutines may.
func (p *port) sort(packet []byte, on ice.Path) {
	if ice.IsSTUN(packet) {
		p.check(packet, on)
		return
	}
	p.mu.RLock()
	k := p.paths[on.Remote]
	p.mu.RUnlock()
	if k == nil || !k.take(packet) {
		p.strange.Add(1)
	}
}

// check gives a check to the link it names. What names none is not answered: strangers learn nothing here.
func (p *port) check(packet []byte, on ice.Path) {
	m, ok := ice.Read(packet)
	if !ok {
		p.strange.Add(1)
		return
	}
	p.mu.RLock()
	k := p.names[m.Ufrag()]
	p.mu.RUnlock()
	if k == nil || !k.check(m, on) {
		p.strange.Add(1)
	}
}

// send sends a datagram on a path. One that the system refuses is lost, as on any network.
func (p *port) send(packet []byte, on ice.Path) {
	if !p.tells || on.Local.Addr().IsUnspecified() {
		_, _ = p.conn.WriteToUDPAddrPort(packet, on.Remote)
		return
	}
	_, _, _ = p.conn.WriteMsgUDPAddrPort(packet, localTo(on.Local.Addr(), p.bound.Addr()), on.Remote)
}

// rename has a link be known under these names and no others.
func (p *port) rename(k *link, names []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, name := range k.names {
		delete(p.names, name)
	}
	k.names = names
	for _, name := range names {
		p.names[name] = k
	}
}

// pathLimit is how many addresses of one browser are known at a time.
const pathLimit = 64

// free tells whether datagrams from an address can be this link's: not while it is that of another browser that lives, for
// nothing could tell the two apart.
func (p *port) free(k *link, remote netip.AddrPort) bool {
	p.mu.RLock()
	owner := p.paths[remote]
	p.mu.RUnlock()
	return owner == nil || owner == k || !owner.lives(remote)
}

// enter has datagrams from an address go to a link.
func (p *port) enter(k *link, remote netip.AddrPort) {
	p.mu.RLock()
	owner := p.paths[remote]
	p.mu.RUnlock()
	if owner == k {
		return
	}
	p.mu.Lock()
	p.paths[remote] = k
	if k.remotes = append(k.remotes, remote); len(k.remotes) > pathLimit {
		p.drop(k, k.remotes[0])
		k.remotes = k.remotes[1:]
	}
	p.mu.Unlock()
	if owner != nil {
		owner.lose(remote)
	}
}

// drop forgets an address, unless it is another link's by now. The caller holds p.mu.
func (p *port) drop(k *link, remote netip.AddrPort) {
	if p.paths[remote] == k {
		delete(p.paths, remote)
	}
}

// forget forgets a link.
func (p *port) forget(k *link) {
	p.rename(k, nil)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, remote := range k.remotes {
		p.drop(k, remote)
	}
	k.remotes = nil
}

// close frees the port and waits for its reader.
func (p *port) close() {
	_ = p.conn.Close() // it can only say that it was closed already
	<-p.done
}
