package live

import (
	"maps"

	"parley/internal/id"
	"parley/internal/store"
)

// Bell is what a user's bell shows: how many notices are unread, and the one that has just come (NT-5).
type Bell struct {
	Unread int           `json:"unread"`
	New    *store.Notice `json:"new,omitempty" doc:"that has just come"`
}

// Bells sets how many notices each user has not read, when the program starts.
func (h *Hub) Bells(org id.Org, unread map[id.User]int) {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.bells)
	maps.Copy(p.bells, unread)
}

// BellRang takes in how many notices a user has not read now, and the one that has just come, if one has; the user's pages are told.
func (h *Hub) BellRang(org id.Org, user id.User, unread int, fresh *store.Notice) {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bells[user] = unread
	p.tell("bell", func(v Viewer) bool { return v.User == user && user != "" }, func() any { return Bell{unread, fresh} })
}
