package routing

import (
	"slices"
	"strings"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/settings"
)

// Loop is a way that ends where it began, which a caller goes without pressing a key.
type Loop struct {
	Places []dest.Destination // the first is the last too
	Waits  bool               // it goes through a queue, which may keep the caller
}

// Words writes a loop: "Opening hours → Night → Opening hours".
func (p *Plan) Words(l Loop) string {
	var all []string
	for _, d := range append(slices.Clone(l.Places), l.Places[0]) {
		name := p.NameOf(d)
		if name == "" {
			name = string(d.Kind)
		}
		all = append(all, name)
	}
	return strings.Join(all, " → ")
}

// LoopsThrough finds the shortest loop back to a place for every way out of it, by the field that begins the way.
func (p *Plan) LoopsThrough(from dest.Destination) map[string]Loop {
	found := map[string]Loop{}
	for _, e := range p.edges(from) {
		if e.way == ByKey {
			continue
		}
		if way := p.wayBack(e.to, from); way != nil {
			places := append([]dest.Destination{from}, way[:len(way)-1]...)
			waits := slices.ContainsFunc(places, func(d dest.Destination) bool { return d.Kind == dest.Queue })
			found[e.field] = Loop{Places: places, Waits: waits}
		}
	}
	return found
}

// wayBack is the shortest way from one place to another without a key, both included; nil when there is none.
func (p *Plan) wayBack(from, to dest.Destination) []dest.Destination {
	before := map[dest.Destination]dest.Destination{from: from}
	for open := []dest.Destination{from}; len(open) > 0; open = open[1:] {
		at := open[0]
		if at == to {
			way := []dest.Destination{at}
			for at != from {
				at = before[at]
				way = append(way, at)
			}
			slices.Reverse(way)
			return way
		}
		for _, e := range p.edges(at) {
			if _, seen := before[e.to]; !seen && e.way != ByKey {
				before[e.to] = at
				open = append(open, e.to)
			}
		}
	}
	return nil
}

// Refusals are why a record may not be stored as the plan holds it: an endless loop (TM-4, BX-10), or keys of a menu that
// are an extension too (IV-6, AG-6), or a number that no call may follow an agent to (BX-29).
// A loop through a key is the caller's own will, and one through a queue lets go of nobody while an agent is there: that is
// warned of only.
func (p *Plan) Refusals(kind settings.Kind, which string) []settings.Problem {
	var all []settings.Problem
	switch kind { //nolint:exhaustive // no other kind leads a caller on
	case settings.KindMenu:
		all = append(p.clashes(id.Menu(which)), p.endless(dest.Destination{Kind: dest.Menu, Target: which})...)
	case settings.KindTimeRouter:
		all = p.endless(dest.Destination{Kind: dest.TimeRouter, Target: which})
	case settings.KindAgent:
		all = append(p.clashesWith(id.Agent(which)), p.astray(id.Agent(which))...)
	}
	slices.SortFunc(all, func(a, b settings.Problem) int { return strings.Compare(a.Field, b.Field) })
	return all
}

func (p *Plan) endless(from dest.Destination) (all []settings.Problem) {
	for field, loop := range p.LoopsThrough(from) {
		if !loop.Waits {
			all = append(all, settings.Problem{Field: field, What: "leads callers in an endless loop: " + p.Words(loop)})
		}
	}
	return all
}
