package api

import (
	"sync"

	"parley/internal/id"
)

// pages are the open sockets, so that a sign-out reaches them.
type pages struct {
	mu   sync.Mutex // guards the map
	open map[*page]bool
}

func (p *pages) enter(one *page) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open == nil {
		p.open = map[*page]bool{}
	}
	p.open[one] = true
}

func (p *pages) leave(one *page) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, one)
}

// signOut closes the pages of a session.
func (p *pages) signOut(session id.Session) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for one := range p.open {
		if one.who.session == session {
			delete(p.open, one)
			close(one.out)
		}
	}
}
