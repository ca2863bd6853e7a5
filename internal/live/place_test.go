package live

import (
	"maps"
	"testing"

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
