package live

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/internal/access"
	"parley/internal/dialing"
	"parley/internal/id"
)

// seen drains a feed and says what came of overrides and locks.
func sawDialing(f *Feed) []string {
	var all []string
	for {
		m, ok := f.take()
		if !ok {
			return all
		}
		switch d := m.Data.(type) {
		case Snapshot:
			for _, o := range d.Overrides {
				all = append(all, fmt.Sprintf("has %s %s of %s", o.ID, o.State, o.AgentName))
			}
			for _, l := range d.Locks {
				all = append(all, fmt.Sprintf("has lock of %s: %s", l.Name, l.Why))
			}
		case Override:
			all = append(all, fmt.Sprintf("%s %s %s: %s", d.ID, d.State, d.ByName, d.Why))
		case Lock:
			all = append(all, "locked "+d.Name)
		case Unlocked:
			all = append(all, "unlocked "+string(d.Agent))
		}
	}
}

// TestOverridesAndLocks: who asked sees it, and so do the admin and the supervisors in whose scope the agent is (CS-5, BX-15).
func TestOverridesAndLocks(t *testing.T) {
	w := newWorld(t)
	who := map[string]Viewer{
		"ann": {Org: org, Agent: "ann", Role: access.Agent}, "bob": {Org: org, Agent: "bob", Role: access.Agent},
		"sales": {Org: org, Agent: "bob", Role: access.Supervisor}, "support": {Org: org, Agent: "cleo", Role: access.Supervisor},
		"root": {Org: org, Role: access.Admin},
	}
	feeds := map[string]*Feed{}
	for name, v := range who {
		feeds[name] = w.hub.Subscribe(v)
		sawDialing(feeds[name])
	}
	expect := func(want map[string][]string) {
		t.Helper()
		for name, f := range feeds {
			if got := sawDialing(f); !slices.Equal(got, want[name]) {
				t.Errorf("%s sees %q, not %q", name, got, want[name])
			}
		}
	}
	o := dialing.Override{
		ID: "o1", Agent: "ann", Number: "+3225550100", Rule: dialing.CountryBlocked, Class: dialing.ClassName{Name: "Office"},
		State: dialing.OverrideRequested, Until: morning.Add(time.Minute),
	}
	w.hub.Overridden(org, o)
	asked := []string{"o1 requested : the class of service Office allows no calls to this country"}
	expect(map[string][]string{"ann": asked, "sales": asked, "root": asked})
	late := w.hub.Subscribe(who["sales"])
	if got := sawDialing(late); !slices.Equal(got, []string{"has o1 requested of Ann Ash"}) {
		t.Errorf("a supervisor who comes later sees %q", got)
	}
	late.Close()

	w.hub.DialingLocked(org, dialing.Lock{Agent: "ann", Why: "a burst", At: morning})
	locked := []string{"locked Ann Ash"}
	expect(map[string][]string{"ann": locked, "sales": locked, "root": locked})
	for _, f := range feeds {
		f.Resync()
	}
	both := []string{"has o1 requested of Ann Ash", "has lock of Ann Ash: a burst"}
	expect(map[string][]string{"ann": both, "sales": both, "root": both})

	o.State, o.ByName = dialing.OverrideApproved, "Sue"
	w.hub.Overridden(org, o)
	o.State = dialing.OverrideUsed
	w.hub.Overridden(org, o)
	w.hub.DialingUnlocked(org, "ann")
	why := " Sue: the class of service Office allows no calls to this country"
	after := []string{"o1 approved" + why, "o1 used" + why, "unlocked ann"}
	expect(map[string][]string{"ann": after, "sales": after, "root": after})
	for _, f := range feeds {
		f.Resync()
	}
	expect(nil)
	for name, want := range map[string]bool{"sales": true, "support": false, "root": true, "bob": false} {
		if got := w.hub.Sees(who[name], id.Agent("ann")); got != want {
			t.Errorf("%s sees ann: %v", name, got)
		}
	}
}
