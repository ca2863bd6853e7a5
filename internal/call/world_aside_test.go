package call

import (
	"slices"

	"parley/internal/id"
	"parley/internal/tone"
)

// sidestep is the station of some agent, who goes over to a call on the other line, or comes back from there; nil when nobody can.
func (w *world) sidestep() Signal {
	var all []*Party
	for i := range w.c.Parties {
		if p := &w.c.Parties[i]; p.Agent != "" && p.State != Gone && p.State != Beside && p.Leg != "" {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return nil
	}
	p := all[w.chance.IntN(len(all))]
	turn := p.Turn + w.chance.IntN(3) - 1
	switch {
	case p.Aside && p.Device == onPhone && w.oneIn(2):
		return LegHeld{Leg: p.Leg, Held: w.oneIn(3)}
	case p.Aside:
		return StepIn{Agent: p.Agent, Turn: turn, Alone: w.oneIn(2)}
	}
	return StepAside{Agent: p.Agent, For: "other", Turn: turn + 1}
}

// sidesteps lets a station do so now and then; who has gone over comes back soon.
func (w *world) sidesteps() {
	if n := len(w.history); n%17 == 0 { // another call waits for her, or no more; chance has no part, so that all else stays as it was
		w.handle(Knock{Agent: "ann", On: n%2 == 0}, false)
	}
	s := w.sidestep()
	over, goes := s.(StepAside)
	seldom := 150
	if w.phones {
		seldom = 25
	}
	switch {
	case s == nil || goes && !w.oneIn(seldom) || !goes && !w.oneIn(3):
		return
	case goes && w.c.party(over.Agent).Device == onPhone && w.oneIn(2): // which holds the one before it answers the other
		w.handle(LegHeld{Leg: w.c.party(over.Agent).Leg, Held: true}, false)
	}
	w.handle(s, false)
}

// aside holds for agents who speak in another call: nobody hears them here, they hear nothing, no recording has their voice, and
// nobody is left without a sound for it.
func (l *ledger) aside() {
	c := l.w.c
	away := map[id.Leg]bool{}
	for i := range c.Parties {
		if p := &c.Parties[i]; p.Aside && p.State != Gone && p.Leg != "" {
			away[p.Leg] = true
			l.steps["aside"]++
			if !p.TwoCalls {
				l.must(p.Device == onPhone && p.Away, "%s is in another call and has no other", p.Agent)
				l.steps["aside by key"]++
			}
		}
	}
	for _, h := range c.Arranged {
		if h.Tone == tone.CallWaiting.String() {
			p := c.find(func(p *Party) bool { return p.voice() == h.Leg })
			l.must(p != nil && p.Agent != "" && p.Knocked, "%s hears that a call waits, and none does", h.Leg)
			l.steps["knocked"]++
		}
		l.must(!away[h.Leg] && !away[h.From] && !slices.ContainsFunc(h.Mix, func(leg id.Leg) bool { return away[leg] }),
			"a voice is arranged that is in another call: %s", show(h))
	}
	if c.Tape == nil || c.Recording.ID == "" {
		return
	}
	for _, leg := range append(slices.Clone(c.Tape.Customer), c.Tape.Others...) {
		l.must(!away[leg], "a voice is recorded that is in another call: %s", leg)
	}
}
