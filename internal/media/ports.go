package media

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"sync"
	"sync/atomic"
)

// ErrNoPort means that every port of the range is in use.
var ErrNoPort = errors.New("no free rtp port")

// ports gives out pairs of ports: the even one for RTP, the odd one above it for RTCP (RFC 3550 §11). The pair
// unused for longest comes first, so that late packets of an ended call do not reach the next.
type ports struct {
	bind    netip.Addr
	base    uint16
	tenants []atomic.Pointer[Leg] // of each pair from base on

	mu   sync.Mutex
	free []uint16
}

func newPorts(bind netip.Addr, first, last uint16) (*ports, error) {
	p := &ports{bind: bind}
	for port := (int(first) + 1) &^ 1; port+1 <= int(last); port += 2 {
		p.free = append(p.free, uint16(port))
	}
	if len(p.free) == 0 {
		return nil, fmt.Errorf("rtp ports %d-%d: no even port with an odd one above it", first, last)
	}
	p.base, p.tenants = p.free[0], make([]atomic.Pointer[Leg], len(p.free))
	if err := p.probe(); err != nil {
		return nil, fmt.Errorf("rtp ports %d-%d on %s: %w", first, last, bind, err)
	}
	rand.Shuffle(len(p.free), func(i, j int) { p.free[i], p.free[j] = p.free[j], p.free[i] })
	return p, nil
}

// probe tries pairs spread over the range: single pairs may be another program's, all of them may not.
func (p *ports) probe() (err error) {
	for i := 0; i < len(p.free); i += 1 + len(p.free)/64 {
		var pair [2]socket
		if pair, err = p.open(p.free[i]); err == nil {
			pair[0].close()
			pair[1].close()
			return nil
		}
	}
	return err
}

func (p *ports) open(port uint16) (pair [2]socket, err error) {
	if pair[0], err = openSocket(netip.AddrPortFrom(p.bind, port)); err != nil {
		return pair, err
	}
	if pair[1], err = openSocket(netip.AddrPortFrom(p.bind, port+1)); err != nil {
		pair[0].close()
		return pair, err
	}
	return pair, nil
}

// take opens the next free pair; pairs that another program holds go to the end of the line.
func (p *ports) take() (port uint16, pair [2]socket, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for range len(p.free) {
		port, p.free = p.free[0], p.free[1:]
		if pair, err = p.open(port); err == nil {
			return port, pair, nil
		}
		p.free = append(p.free, port)
	}
	if err != nil {
		return 0, pair, fmt.Errorf("%w: %w", ErrNoPort, err)
	}
	return 0, pair, ErrNoPort
}

// giveBack ends a tenancy, or the taking of a pair that came to nothing.
func (p *ports) giveBack(port uint16) {
	p.let(port, nil)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, port)
}

// let notes whose the pair is.
func (p *ports) let(port uint16, l *Leg) { p.tenants[(port-p.base)/2].Store(l) }

// tenant is the leg that has the pair of ports, nil for none.
func (p *ports) tenant(port uint16) *Leg { return p.tenants[(port-p.base)/2].Load() }
