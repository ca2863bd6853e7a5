package presence

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"parley/internal/settings"
)

// own makes what a user has picked; each part is said to it.
func own(presence string, say ...func(*Own)) Own {
	o := Own{Presence: presence}
	for _, one := range say {
		one(&o)
	}
	return o
}

func dnd(s Switch) func(*Own) { return func(o *Own) { o.DoNotDisturb = s } }

func forward(how, to string) func(*Own) {
	return func(o *Own) { o.Forwarding, o.ForwardTo = how, to }
}

func rings(devices ...string) func(*Own) { return func(o *Own) { o.Devices = devices } }

// TestDirect: the user's word goes before the presence, the presence, where it is active, before the profile (PR-3, VM-14).
func TestDirect(t *testing.T) {
	profile := settings.Agent{Forwarding: "failover", ForwardTo: "202"}
	plain := Direct{Forwarding: "failover", ForwardTo: "202"}
	home := settings.Presence{Name: "Home", Forwarding: "always", Devices: settings.Devices{ReceivingNumber: true}}
	for _, c := range []struct {
		name      string
		active    bool
		overrides bool
		own       Own
		want      Direct
	}{
		{"nothing picked", true, true, Own{}, plain},
		{"passive shows only", false, true, own("lunch"), plain},
		{"active disturbs nobody at lunch", true, false, own("lunch"), Direct{DoNotDisturb: true, Forwarding: "failover", ForwardTo: "202"}},
		{"active carries forwarding and devices", true, false, own("working_from_home"),
			Direct{Forwarding: "always", ForwardTo: "202", Devices: []string{"receiving_number"}}},
		{"a presence that is gone is Available", true, true, own("sabbatical"), plain},
		{"do not disturb by itself", false, true, own("available", dnd(On)), Direct{DoNotDisturb: true, Forwarding: "failover", ForwardTo: "202"}},
		{"reached though at lunch", true, true, own("lunch", dnd(Off)), plain},
		{"not allowed to say otherwise", true, false, own("available", dnd(On), forward("off", ""), rings("desk_phone")), plain},
		{"forwarding chosen", false, true, own("available", forward("always", "203")), Direct{Forwarding: "always", ForwardTo: "203"}},
		{"forwarding to where the profile says", false, true, own("available", forward("always", "")), Direct{Forwarding: "always", ForwardTo: "202"}},
		{"forwarding ended", false, true, own("available", forward("off", "")), Direct{Forwarding: "off", ForwardTo: "202"}},
		{"devices chosen", true, true, own("working_from_home", rings("softphone")),
			Direct{Forwarding: "always", ForwardTo: "202", Devices: []string{"softphone"}}},
	} {
		r := RulesOf(settings.PresenceRules{Mode: map[bool]string{true: "active", false: "passive"}[c.active], Overrides: c.overrides},
			map[string]settings.Presence{"working_from_home": home})
		if got := r.Direct(profile, c.own); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, not %+v", c.name, got, c.want)
		}
	}
}

// TestLook: green where one is available, amber away, red in a call, and do not disturb only where it holds (PR-4).
func TestLook(t *testing.T) {
	since := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	passive := RulesOf(settings.New[settings.PresenceRules](), nil)
	active := passive
	active.Active = true
	meeting := Own{Presence: "in_a_meeting", Text: "until 16:00", Since: since}
	for _, c := range []struct {
		rules  Rules
		own    Own
		inCall bool
		want   Look
	}{
		{passive, Own{}, false, Look{ID: "available", Name: "Available", Colour: Green}},
		{passive, meeting, false, Look{ID: "in_a_meeting", Name: "In a meeting", Colour: Amber, Text: "until 16:00", Since: since}},
		{active, meeting, false, Look{ID: "in_a_meeting", Name: "In a meeting", Colour: Amber, Text: "until 16:00", Since: since, DoNotDisturb: true}},
		{active, meeting, true, Look{ID: Busy, Name: "Busy on a call", Colour: Red, Text: "until 16:00", Since: since, DoNotDisturb: true}},
		{passive, own("on_the_road", dnd(On)), false, Look{ID: "on_the_road", Name: "On the road", Colour: Green, DoNotDisturb: true}},
		{active, own("lunch", dnd(Off)), false, Look{ID: "lunch", Name: "Lunch", Colour: Amber}},
	} {
		if got := c.rules.Look(c.own, c.inCall); got != c.want {
			t.Errorf("%+v, not %+v", got, c.want)
		}
	}
}

// TestRulesOf: what an administrator changed stands in the place of the default, in the administrator's order.
func TestRulesOf(t *testing.T) {
	r := RulesOf(settings.PresenceRules{Mode: "active"}, map[string]settings.Presence{"lunch": {Name: "Siesta", Order: 0}, "nap": {Name: "Nap"}})
	if all := r.IDs(); len(all) != 11 || all[0] != "lunch" || all[1] != "available" || slices.Contains(all, "nap") {
		t.Errorf("in the order %v", all)
	}
	if which, p := r.Of(own("lunch")); which != "lunch" || p.Name != "Siesta" || p.DoNotDisturb {
		t.Errorf("lunch is %+v", p)
	}
	if !r.Active || r.Overrides {
		t.Errorf("%+v", r)
	}
}
