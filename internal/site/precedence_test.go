package site

import (
	"slices"
	"testing"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// TestPrecedence takes what an administrator has set of a number, a menu and its options to the call (BX-1, BX-2).
func TestPrecedence(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	toSales := dest.Destination{Kind: dest.Queue, Target: o.ids["Sales"]}
	menu := set(o, shelves.Menus, "", func(m *settings.Menu) {
		m.Name, m.Prompt.Text, m.DefaultDestination = "Main", "Press 1 for sales.", toSales
		m.Precedence = settings.Precedence{Priority: 3, Steps: []settings.SkillStep{{Expression: "billing >= 3", Expires: 30}}}
		m.Options = []settings.MenuOption{{Digits: "1", Destination: toSales, Precedence: settings.Precedence{AgeSeconds: -600}}}
	})
	numbers, err := shelves.Numbers.All(o.ctx)
	check(t, err)
	set(o, shelves.Numbers, numbers[0].ID, func(n *settings.Number) {
		n.Destination = dest.Destination{Kind: dest.Menu, Target: menu}
		n.Precedence = settings.Precedence{Priority: 2, AgeSeconds: 900, Steps: []settings.SkillStep{{Agents: []string{o.ids["Ann"]}}}}
	})
	r, ok := o.sites.Route(o.ctx, o.org, call.FindRoute{Trunk: id.Trunk(numbers[0].Fields.Trunk), To: tel.Number(numbers[0].Fields.PhoneNumber), From: "+32470111222"}).(call.Routed)
	if !ok || r.Menu == nil {
		t.Fatalf("the number leads to %+v", r)
	}
	first := []treatment.Step{{Agents: []id.Agent{id.Agent(o.ids["Ann"])}}}
	skilled := []treatment.Step{{Skills: "billing >= 3", ExpirySeconds: 30}}
	same := func(what string, got treatment.Precedence, priority, age int, steps []treatment.Step) {
		t.Helper()
		if got.Priority != priority || got.AgeSeconds != age || !slices.EqualFunc(got.Steps, steps, func(a, b treatment.Step) bool {
			return a.Skills == b.Skills && a.ExpirySeconds == b.ExpirySeconds && slices.Equal(a.Agents, b.Agents)
		}) {
			t.Errorf("%s: %+v", what, got)
		}
	}
	same("the number", r.Precedence, 2, 900, first)
	same("the menu", r.Menu.Precedence, 3, 0, skilled)
	same("the option", r.Menu.Options[0].Precedence, 0, -600, nil)
	same("all of them", r.Menu.Options[0].Precedence.Or(r.Menu.Precedence).Or(r.Precedence), 3, -600, skilled)
}
