package dialing

import (
	"cmp"
	"slices"
	"strings"

	"parley/internal/id"
	"parley/internal/tel"
)

// CallerID is a number that may be presented.
type CallerID struct {
	Number tel.Number
	Label  string
	Trunk  id.Trunk // the trunk it belongs to
}

// Trunk is a way out.
type Trunk struct {
	ID       id.Trunk
	Name     string
	Prefixes []string   // beginnings of the numbers it carries, E.164 with plus; empty: all
	Own      tel.Number // shown where another number may not be (PN-11)
	AnyID    bool       // presents any of our numbers, not only its own
	Format   tel.Format // of the numbers that it is sent (BX-33)
	Caps     Caps
}

// Caps bound what runs through a trunk at a time; 0 is no bound (BX-33).
type Caps struct {
	Channels  int // calls at once, in and out
	PerSecond int // outbound calls begun in any second
}

// Route is one trunk that the call may take. They are tried in order.
type Route struct {
	Trunk    id.Trunk
	Name     string     // of the trunk
	Dial     string     // the number in the carrier's form
	CallerID tel.Number // what the called one is shown; empty: nothing
	From     string     // the same in the carrier's form
	Own      bool       // the trunk's own number is shown, as it may not present what was wished
	Caps     Caps
}

// reaches tells whether any trunk carries calls to a number.
func (p *Plan) reaches(number tel.Number) bool {
	return slices.ContainsFunc(p.Trunks, func(t Trunk) bool { return t.fits(number) >= 0 })
}

// fits is the length of the longest of the trunk's prefixes that the number begins with, -1 when there is none. A number
// that is not in E.164 form begins with no prefix.
func (t Trunk) fits(number tel.Number) int {
	if len(t.Prefixes) == 0 {
		return 0
	}
	best := -1
	for _, prefix := range t.Prefixes {
		if strings.HasPrefix(string(number), prefix) {
			best = max(best, len(prefix))
		}
	}
	return best
}

// routes lists the trunks that carry the call: those that answer before those that do not, the longest prefix first, then by
// position. In an emergency it is every trunk there is. One that has nothing it may present is no way, except then.
func (p *Plan) routes(number, wish tel.Number, down func(id.Trunk) bool, emergency bool) []Route {
	type candidate struct {
		trunk Trunk
		fits  int
		down  bool
	}
	var all []candidate
	for _, t := range p.Trunks {
		if fits := t.fits(number); fits >= 0 || emergency {
			all = append(all, candidate{t, fits, down != nil && down(t.ID)})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(compareBool(a.down, b.down), cmp.Compare(b.fits, a.fits))
	})
	var routes []Route
	for _, c := range all {
		shown, own := p.shown(c.trunk, wish)
		if shown == "" && !emergency {
			continue
		}
		routes = append(routes, Route{
			Trunk: c.trunk.ID, Name: c.trunk.Name, Dial: number.In(c.trunk.Format, p.Country), CallerID: shown,
			From: shown.In(c.trunk.Format, p.Country), Own: own && wish != "", Caps: c.trunk.Caps,
		})
	}
	return routes
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// wish is the first caller ID that is set: From list, agent, organisation, any (PN-11).
func (p *Plan) wish(r Request) tel.Number {
	for _, n := range []tel.Number{r.From, r.Default, p.Default} {
		if n != "" && p.presentable(n) {
			return n
		}
	}
	if len(p.CallerIDs) > 0 {
		return p.CallerIDs[0].Number
	}
	return ""
}

// shown is what a trunk presents: the wish if it may, else its own number, else the first number that belongs to it.
func (p *Plan) shown(t Trunk, wish tel.Number) (number tel.Number, own bool) {
	belongs := func(c CallerID) bool { return c.Trunk == t.ID }
	if wish != "" && (t.AnyID || slices.ContainsFunc(p.CallerIDs, func(c CallerID) bool { return c.Number == wish && belongs(c) })) {
		return wish, false
	}
	if t.Own != "" {
		return t.Own, t.Own != wish
	}
	if i := slices.IndexFunc(p.CallerIDs, belongs); i >= 0 {
		return p.CallerIDs[i].Number, true
	}
	return "", false
}

func (p *Plan) presentable(n tel.Number) bool {
	return slices.ContainsFunc(p.CallerIDs, func(c CallerID) bool { return c.Number == n })
}
