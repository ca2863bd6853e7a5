package sip

import (
	"sync"

	"parley/internal/id"
)

// legs finds legs by their name, by the tag of ours that messages carry, and by the INVITE that made them.
type legs struct {
	mu      sync.RWMutex
	names   map[id.Leg]*leg
	tags    map[string]*leg
	invites map[string]*leg // by callerKey, to see merged requests (RFC 3261 §8.2.2.2)
}

func newLegs() *legs {
	return &legs{names: map[id.Leg]*leg{}, tags: map[string]*leg{}, invites: map[string]*leg{}}
}

func (r *legs) enter(l *leg) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names[l.id] = l
	r.tags[l.tag] = l
}

// claim notes the INVITE that makes a leg; false when another leg has it already.
func (r *legs) claim(key string, l *leg) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, taken := r.invites[key]; taken {
		return false
	}
	r.invites[key], l.key = l, key
	return true
}

// known tells whether an INVITE has made a leg already.
func (r *legs) known(key string) bool {
	_, ok := r.byInvite(key)
	return ok
}

func (r *legs) byID(name id.Leg) (*leg, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	l, ok := r.names[name]
	return l, ok
}

func (r *legs) byTag(tag string) (*leg, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	l, ok := r.tags[tag]
	return l, ok
}

func (r *legs) byInvite(key string) (*leg, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	l, ok := r.invites[key]
	return l, ok
}

// retire takes a leg that has ended from those above; the wire may still need it.
func (r *legs) retire(l *leg) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.names[l.id] == l {
		delete(r.names, l.id)
	}
}

func (r *legs) forget(l *leg) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.names[l.id] == l {
		delete(r.names, l.id)
	}
	delete(r.tags, l.tag)
	if l.key != "" {
		delete(r.invites, l.key)
	}
}

// all lists every leg that the wire still needs.
func (r *legs) all() []*leg {
	r.mu.RLock()
	defer r.mu.RUnlock()
	list := make([]*leg, 0, len(r.tags))
	for _, l := range r.tags {
		list = append(list, l)
	}
	return list
}
