package callcontrol

import (
	"errors"
	"testing"

	"parley/internal/call"
	"parley/internal/id"
)

// TestSlots: each call has a slot of its own, in each organisation from the first one on; a slot is given back by its own call alone, and
// what cannot be had is refused in words.
func TestSlots(t *testing.T) {
	l := lot{slots: map[id.Org]map[string]id.Call{}}
	s := Slots{Any: "700", All: []string{"701", "702", "703"}}
	take := func(org id.Org, which id.Call, wanted, want string, refused error) {
		t.Helper()
		if slot, err := l.take(org, which, wanted, s); slot != want || !errors.Is(err, refused) {
			t.Errorf("%s wants %q and gets %q, %v", which, wanted, slot, err)
		}
	}
	take("acme", "a", "", "701", nil)
	take("acme", "b", "703", "703", nil)
	take("acme", "c", "703", "", ErrSlotTaken)
	take("acme", "c", "", "702", nil)
	take("acme", "d", "", "", ErrSlotsTaken)
	take("acme", "d", "799", "", ErrNoSlot)
	take("other", "e", "", "701", nil)
	l.free("acme", "a", "703")
	take("acme", "d", "", "", call.ErrNotNow)
	l.free("acme", "a", "701")
	take("acme", "d", "", "701", nil)
	if which, is := l.in("acme", "703"); !is || which != "b" {
		t.Errorf("slot 703 is of %q", which)
	}
	if _, is := l.in("other", "703"); is {
		t.Error("another organisation's slot is taken too")
	}
	for to, want := range map[string]bool{"700": true, "702": true, "704": false, "": false} {
		if s.parking(to) != want {
			t.Errorf("%q is a slot: %v", to, !want)
		}
	}
}
