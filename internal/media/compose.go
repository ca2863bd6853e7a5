package media

import (
	"math"
	"slices"
)

// composition is what the hearings of one arrangement come to; nil when none has more than one source.
type composition struct {
	sources [][]heard // of each hearing
	heard   map[*Leg]bool
	mixes   []*mix
}

// heard is one leg that another hears.
type heard struct {
	leg  *Leg
	gain int32
}

// compose looks at all hearings together, so that those who hear the same voices share one mix. The caller holds
// Engine.mu.
func (r *Room) compose(hearings []Hearing) *composition {
	if !slices.ContainsFunc(hearings, func(h Hearing) bool { return len(h.Mix) > 0 }) {
		return nil
	}
	c := &composition{sources: make([][]heard, len(hearings)), heard: map[*Leg]bool{}}
	for i, h := range hearings {
		if h.Play != nil && !h.Over {
			continue
		}
		c.sources[i] = r.sources(h)
		for _, source := range c.sources[i] {
			c.heard[source.leg] = true
		}
	}
	return c
}

// sources are the legs that a hearing names and that are open, each once.
func (r *Room) sources(h Hearing) (all []heard) {
	add := func(source Source) {
		l := r.engine.legs[source.Leg]
		if l == nil || source.Leg == h.Leg || slices.ContainsFunc(all, func(x heard) bool { return x.leg == l }) {
			return
		}
		gain := int32(unity)
		if source.Gain > 0 {
			gain = int32(math.Round(min(source.Gain, 8) * unity))
		}
		all = append(all, heard{l, gain})
	}
	if h.From != "" {
		add(Source{Leg: h.From})
	}
	for _, source := range h.Mix {
		add(source)
	}
	return all
}

// of is what the i-th leg hears.
func (c *composition) of(r *Room, i int, h Hearing) hearing {
	wanted := hearing{keyed: h.Keyed, over: h.Over && h.Play != nil}
	switch {
	case h.Play != nil && !h.Over:
	case c == nil:
		if l := r.engine.legs[h.From]; h.From != h.Leg {
			wanted.from = l
		}
	case len(c.sources[i]) == 1 && c.sources[i][0].gain == unity:
		wanted.from = c.sources[i][0].leg
	case len(c.sources[i]) > 0:
		wanted.mix = c.mix(r, c.voices(r.engine.legs[h.Leg], c.sources[i]))
	}
	return wanted
}

// voices are the sources, and the listener itself where others hear it: then all of them hear one sum, each without
// itself.
func (c *composition) voices(l *Leg, sources []heard) []heard {
	level := !slices.ContainsFunc(sources, func(x heard) bool { return x.gain != unity })
	voices := slices.Clone(sources)
	if level && c.heard[l] {
		voices = append(voices, heard{l, unity})
	}
	slices.SortFunc(voices, func(a, b heard) int {
		if a.leg.name < b.leg.name {
			return -1
		}
		return 1
	})
	return voices
}

// mix is the one of these voices: of this arrangement or of the one before, or a new one.
func (c *composition) mix(r *Room, voices []heard) *mix {
	fresh := &mix{}
	level := true
	for _, one := range voices {
		fresh.voices, fresh.gains = append(fresh.voices, one.leg), append(fresh.gains, one.gain)
		level = level && one.gain == unity
	}
	if level {
		fresh.gains = nil
	}
	for _, known := range c.mixes {
		if known.same(fresh) {
			return known
		}
	}
	for _, known := range r.mixes {
		if known.same(fresh) {
			fresh = known
			break
		}
	}
	c.mixes = append(c.mixes, fresh)
	return fresh
}

func (m *mix) same(other *mix) bool {
	return slices.Equal(m.voices, other.voices) && slices.Equal(m.gains, other.gains)
}

// less is the mix without one of its voices, nil when none is left.
func (m *mix) less(l *Leg) *mix {
	rest := &mix{}
	for i, other := range m.voices {
		if other == l {
			continue
		}
		rest.voices = append(rest.voices, other)
		if m.gains != nil {
			rest.gains = append(rest.gains, m.gains[i])
		}
	}
	if len(rest.voices) == 0 {
		return nil
	}
	return rest
}

// used are the mixes of the arrangement.
func (c *composition) used() []*mix {
	if c == nil {
		return nil
	}
	return c.mixes
}
