package sip

import (
	"context"
	"net/netip"
	"sync"

	"parley/internal/id"
)

// trunks keeps the registrations at carriers.
type trunks struct {
	mu   sync.RWMutex
	list map[id.Trunk]*registering
}

// registering is one trunk with a goroutine that keeps it registered.
type registering struct {
	trunk  Trunk
	token  string // user of our Contact
	stop   context.CancelFunc
	done   chan struct{}
	mu     sync.Mutex
	state  TrunkState
	addr   netip.Addr // of the registrar
	callID string
	cseq   uint32
}

func newTrunks() *trunks { return &trunks{list: map[id.Trunk]*registering{}} }

// at finds a registered trunk by its registrar's address.
func (t *trunks) at(addr netip.Addr) (Trunk, bool) {
	return t.find(func(r *registering) bool { return r.registrarAddr() == addr })
}

// called finds a registered trunk by the user of our Contact, which only its registrar was told.
func (t *trunks) called(user string) (Trunk, bool) {
	if user == "" {
		return Trunk{}, false
	}
	return t.find(func(r *registering) bool { return r.token == user })
}

func (t *trunks) find(fits func(*registering) bool) (Trunk, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, r := range t.list {
		if fits(r) {
			return r.trunk, true
		}
	}
	return Trunk{}, false
}

func (t *trunks) tokenOf(trunk id.Trunk) (string, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	r, ok := t.list[trunk]
	if !ok {
		return "", false
	}
	return r.token, true
}

func (r *registering) registrarAddr() netip.Addr {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.addr
}

func (r *registering) registered() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state.Registered
}

func (r *registering) set(state TrunkState) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state = state
}

// SetTrunks says which trunks there are: those with Register are registered and kept so, the others are let go; all that calls
// are sent to are asked every 30 s whether they live.
func (s *Server) SetTrunks(list []Trunk) {
	s.checkTrunks(list)
	s.trunks.mu.Lock()
	defer s.trunks.mu.Unlock()
	fresh := map[id.Trunk]Trunk{}
	for _, trunk := range list {
		if trunk.Register {
			fresh[trunk.ID] = trunk
		}
	}
	for name, r := range s.trunks.list {
		if trunk, ok := fresh[name]; ok && trunk == r.trunk {
			delete(fresh, name)
			continue
		}
		r.stop()
		delete(s.trunks.list, name)
	}
	for name, trunk := range fresh {
		wanted, stop := context.WithCancel(s.life)
		r := &registering{trunk: trunk, token: s.tokens.tag(), stop: stop, done: make(chan struct{}), callID: s.tokens.tag()}
		r.state.Problem = "not tried yet"
		s.trunks.list[name] = r
		s.spawn(func() { s.keepRegistered(s.life, wanted, r) })
	}
}

// TrunkState tells how the registration of a trunk stands; false when it does not register.
func (s *Server) TrunkState(trunk id.Trunk) (TrunkState, bool) {
	s.trunks.mu.RLock()
	defer s.trunks.mu.RUnlock()
	r, ok := s.trunks.list[trunk]
	if !ok {
		return TrunkState{}, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state, true
}

// release stops every registration.
func (t *trunks) release() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.list {
		r.stop()
	}
}

// wait waits until the registrars know, or ctx is done.
func (t *trunks) wait(ctx context.Context) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, r := range t.list {
		select {
		case <-r.done:
		case <-ctx.Done():
		}
	}
}
