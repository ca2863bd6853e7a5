package live

import (
	"cmp"
	"slices"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
)

// Places counts the inbound calls that are at each destination now, for the picture of a number's routing (BX-10).
func (h *Hub) Places(org id.Org) map[dest.Destination]int {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.countPlaces()
}

// Place is a destination with the inbound calls that are there now.
type Place struct {
	dest.Destination
	Live int `json:"live"`
}

// ShowPlaces begins or ends showing how many calls are at each destination to this viewer, if it is a supervisor; beginning brings
// a new snapshot.
func (f *Feed) ShowPlaces(on bool) {
	f.picture.mu.Lock()
	changed := f.viewer.Places != on && f.viewer.supervises()
	if changed {
		f.viewer.Places = on
	}
	f.picture.mu.Unlock()
	if changed && on {
		f.Resync()
	}
}

func (p *picture) countPlaces() map[dest.Destination]int {
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

// places adds to a snapshot where calls are, for a viewer who looks at it.
func (p *picture) places(v Viewer, s *Snapshot) {
	if !v.Places {
		return
	}
	s.Places = []Place{} // none, rather than not asked for
	for at, n := range p.countPlaces() {
		s.Places = append(s.Places, Place{Destination: at, Live: n})
	}
	slices.SortFunc(s.Places, func(a, b Place) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Target, b.Target))
	})
}

// tellPlaces tells those who look at places, who are few, of a call that came to one, left one or ended.
func (p *picture) tellPlaces(c *call.Call, was, is dest.Destination) {
	if c.Stage == call.Ended {
		is = dest.Destination{}
	}
	if was == is {
		return
	}
	for _, at := range []dest.Destination{was, is} {
		if at.Kind != "" {
			p.tell("place", func(v Viewer) bool { return v.Places }, func() any { return Place{Destination: at, Live: p.countPlaces()[at]} })
		}
	}
}
