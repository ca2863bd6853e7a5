package live

import (
	"maps"
	"slices"
	"testing"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/tel"
)

func TestPlaces(t *testing.T) {
	w := newWorld(t)
	first, _ := w.arrive("sales"), w.arrive("sales")
	w.arrive("support")
	want := map[dest.Destination]int{{Kind: dest.Queue, Target: "sales"}: 2, {Kind: dest.Queue, Target: "support"}: 1}
	if got := w.hub.Places(org); !maps.Equal(got, want) {
		t.Errorf("places %v, want %v", got, want)
	}
	w.tellCall(first, call.LegEnded{Leg: w.calls[first].Parties[0].Leg, Cause: tel.CauseNormal, ByPeer: true})
	want[dest.Destination{Kind: dest.Queue, Target: "sales"}] = 1
	if got := w.hub.Places(org); !maps.Equal(got, want) {
		t.Errorf("after a hang-up %v, want %v", got, want)
	}
	if got := w.hub.Places("other"); len(got) != 0 {
		t.Errorf("another organisation has %v", got)
	}
}

// TestPlacesAreTold: who looks at a number's routing hears of every call that comes, goes on and ends; nobody else does, and no
// agent may.
func TestPlacesAreTold(t *testing.T) {
	w := newWorld(t)
	first := w.arrive("sales")
	boss := open(t, w.hub, Viewer{Org: org, Role: access.Admin})
	ann := open(t, w.hub, Viewer{Org: org, Agent: "ann", Role: access.Agent})
	expect := func(what string, want ...Place) {
		t.Helper()
		boss.read()
		ann.read()
		if got := boss.see.Places; !slices.Equal(got, want) {
			t.Errorf("%s: %v", what, got)
		}
		if len(ann.see.Places) > 0 || ann.heard["place"] > 0 {
			t.Errorf("%s: an agent sees %v", what, ann.see.Places)
		}
	}
	at := func(queue string, live int) Place {
		return Place{dest.Destination{Kind: dest.Queue, Target: queue}, live}
	}
	expect("not asked for")
	boss.feed.ShowPlaces(true)
	ann.feed.ShowPlaces(true)
	expect("asked for", at("sales", 1))
	w.arrive("support")
	w.arrive("sales")
	expect("two more", at("sales", 2), at("support", 1))
	compare(t, w, 0, "who looks at places", boss)
	w.tellCall(first, call.LegEnded{Leg: w.calls[first].Parties[0].Leg, Cause: tel.CauseNormal, ByPeer: true})
	expect("after a hang-up", at("sales", 1), at("support", 1))
	boss.feed.ShowPlaces(false)
	before := boss.heard["place"]
	w.arrive("support")
	boss.read()
	if boss.heard["place"] != before {
		t.Error("told of places after the page was left")
	}
}
