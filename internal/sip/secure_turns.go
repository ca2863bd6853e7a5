package sip

import (
	"context"
	"net/netip"
	"sync"

	"parley/internal/door"
)

// turns are the places of handshakes: so many at once, and fewer for one subscriber. Who finds none waits: an office of
// telephones comes back all at once.
type turns struct {
	all  chan struct{}
	each int

	mu sync.Mutex // guards of
	of map[netip.Addr]*turn
}

// turn are the places of one subscriber.
type turn struct {
	places chan struct{}
	users  int // those that have a place and those that wait for one
}

func newTurns(all, each int) *turns {
	return &turns{all: make(chan struct{}, all), each: each, of: map[netip.Addr]*turn{}}
}

// take waits for a place, first for one of the subscriber's, so that who waits for that keeps nobody else out. It fails
// when ctx ends; otherwise done gives the place back.
func (t *turns) take(ctx context.Context, addr netip.Addr) (done func(), ok bool) {
	addr = door.Subscriber(addr)
	own := t.enter(addr)
	select {
	case own.places <- struct{}{}:
	case <-ctx.Done():
		t.leave(addr, own)
		return nil, false
	}
	freeOwn := func() {
		<-own.places
		t.leave(addr, own)
	}
	select {
	case t.all <- struct{}{}:
	case <-ctx.Done():
		freeOwn()
		return nil, false
	}
	return func() {
		<-t.all
		freeOwn()
	}, true
}

func (t *turns) enter(addr netip.Addr) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := t.of[addr]
	if own == nil {
		own = &turn{places: make(chan struct{}, t.each)}
		t.of[addr] = own
	}
	own.users++
	return own
}

func (t *turns) leave(addr netip.Addr, own *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if own.users--; own.users == 0 {
		delete(t.of, addr)
	}
}
