package live

import (
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
)

// Places counts the inbound calls that are at each destination now, for the picture of a number's routing (BX-10).
func (h *Hub) Places(org id.Org) map[dest.Destination]int {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	all := map[dest.Destination]int{}
	for _, k := range p.calls {
		if k.place.Kind != "" {
			all[k.place]++
		}
	}
	return all
}

// led takes note of where an inbound call was led last.
func (k *known) led(c *call.Call, events []call.Event) {
	if c.Direction != call.Inbound {
		return
	}
	for _, e := range events {
		if d, ok := e.(call.Directed); ok {
			k.place = d.Destination
		}
	}
}
