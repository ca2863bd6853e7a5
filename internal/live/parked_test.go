package live

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/station"
)

// TestParkedCalls: every agent sees who is parked, by whom and in which slot, and when nobody is any more; who is no agent does not.
func TestParkedCalls(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	bob, boss := open(t, w.hub, viewers()["agent"]), open(t, w.hub, Viewer{Org: org, Role: access.Admin})
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	see := func(what, want string) {
		t.Helper()
		bob.read()
		boss.read()
		var all []string
		for _, k := range bob.see.Parked {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s by %s %v", k.Slot, k.Name, k.Number, k.By, k.Returning)))
		}
		if got := strings.Join(all, " | "); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
		if len(boss.see.Parked) > 0 {
			t.Errorf("%s: who is no agent sees %+v", what, boss.see.Parked)
		}
	}
	see("talks", "")
	w.tellCall(c, call.Park{Agent: "ann", Parking: call.Parking{Slot: "702"}})
	see("parked", "702 Elena Petrova +32470111222 by Ann Ash false")
	later := open(t, w.hub, viewers()["agent"])
	later.read()
	if len(later.see.Parked) != 1 {
		t.Errorf("who comes later sees %+v", later.see.Parked)
	}
	w.tellCall(c, call.TimeUp{Timer: "park"})
	see("returns", "702 Elena Petrova +32470111222 by Ann Ash true")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	see("is back", "")
	w.tellCall(c, call.Park{Agent: "ann", Parking: call.Parking{Slot: "703"}})
	see("parked again", "703 Elena Petrova +32470111222 by Ann Ash false")
	w.hangUp(c)
	see("hung up", "")
}
