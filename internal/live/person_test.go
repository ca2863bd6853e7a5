package live

import (
	"fmt"
	"testing"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/settings"
)

// peopled is the site with its users; Dan has no agent profile.
func peopled() Site {
	s := site()
	s.Presence = presence.RulesOf(settings.PresenceRules{Mode: "active", Overrides: true}, nil)
	for _, a := range s.Agents {
		s.People = append(s.People, SitePerson{User: id.User("u-" + a.ID), Agent: a.ID, Name: a.Name, Extension: a.Extension, Transfers: a.ID == "ann"})
	}
	s.People = append(s.People, SitePerson{User: "u-dan", Name: "Dan"})
	return s
}

// seen says how people look on a page.
func (p *page) looks() (all []string) {
	for _, one := range p.see.People {
		all = append(all, fmt.Sprint(one.Name, " ", one.Presence.Name, " ", one.Presence.Colour, " ", one.Presence.Text, " ", one.Status))
	}
	return all
}

// TestPeople: presence and status of everybody reach who looks at people, at once, and one's own presence reaches every page
// of one's own (PR-1, PR-4, PR-5).
func TestPeople(t *testing.T) {
	w := newWorld(t)
	w.hub.Configure(org, peopled())
	bob := open(t, w.hub, Viewer{Org: org, Agent: "bob", User: "u-bob", Role: access.Agent})
	ann := open(t, w.hub, Viewer{Org: org, Agent: "ann", User: "u-ann", Role: access.Agent})
	boss := open(t, w.hub, Viewer{Org: org, Role: access.Admin})
	expect := func(what string, want ...string) {
		t.Helper()
		bob.read()
		if got := bob.looks(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %q", what, got)
		}
	}
	expect("not asked for")
	bob.feed.ShowPeople(true)
	cleo, dan := "Cleo Cedar Available green  offline", "Dan Available green  "
	expect("asked for", "Ann Ash Available green  offline", "Bob Birch Available green  offline", cleo, dan)
	for _, one := range bob.see.People {
		if one.Transfers != (one.Agent == "ann") {
			t.Errorf("%s takes transfers while unavailable: %v", one.Name, one.Transfers) // as the user's switch says (TR-12)
		}
	}
	meeting := presence.Own{Presence: "in_a_meeting", Text: "until 16:00"}
	w.hub.PresenceChanged(org, "u-ann", meeting)
	w.hub.PresenceChanged(org, "u-dan", presence.Own{Presence: "lunch"})
	dan = "Dan Lunch amber  "
	expect("picked", "Ann Ash In a meeting amber until 16:00 offline", "Bob Birch Available green  offline", cleo, dan)
	w.start("ann")
	w.tellACD(acd.SetStatus{Agent: "ann", Status: acd.Available})
	expect("presence is no status", "Ann Ash In a meeting amber until 16:00 available", "Bob Birch Available green  offline", cleo, dan)
	placed := w.place("ann", call.Planned{Number: "+3222123456", Trunk: "t1"})
	expect("in a call", "Ann Ash Busy on a call red until 16:00 on_call", "Bob Birch Available green  offline", cleo, dan)
	compare(t, w, 0, "who looks at people", bob)
	w.tellCall(placed, call.HangUp{Agent: "ann"})
	expect("after the call", "Ann Ash In a meeting amber until 16:00 available", "Bob Birch Available green  offline", cleo, dan)
	ann.read()
	boss.read()
	if p := ann.see.Presence; p.ID != "in_a_meeting" || !p.DoNotDisturb || ann.heard["presence"] != 1 || ann.heard["person"] != 0 {
		t.Errorf("ann sees of herself %+v, and heard %v", p, ann.heard)
	}
	if p := boss.see.Agents[0].Presence; p == nil || p.ID != "in_a_meeting" || boss.heard["person"] != 0 {
		t.Errorf("the boss sees of ann %+v", p)
	}
	late := peopled()
	late.Picks = map[id.User]presence.Own{"u-ann": meeting}
	w.hub.Configure(org, late)
	expect("loaded anew", "Ann Ash In a meeting amber until 16:00 available", "Bob Birch Available green  offline", cleo, "Dan Available green  ")
	rings := func() (all string) {
		bob.read()
		for _, one := range bob.see.People {
			if one.Rings {
				all += one.Name
			}
		}
		return all
	}
	called := w.arrive("sales")
	if got := rings(); got != "Ann Ash" {
		t.Errorf("while a call is offered to Ann it rings at %q", got) // and may be picked up by a click (BX-26)
	}
	w.hangUp(called)
	if got := rings(); got != "" {
		t.Errorf("when the caller has gone it rings at %q", got)
	}
	bob.feed.ShowPeople(false)
	bob.read()
	before := bob.heard["person"]
	w.hub.PresenceChanged(org, "u-ann", presence.Own{Presence: "away"})
	bob.read()
	if bob.heard["person"] != before {
		t.Error("told of people after the page was left")
	}
}
