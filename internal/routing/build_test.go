package routing_test

import (
	"slices"
	"testing"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/schedule"
	"parley/internal/settings"
)

func TestNew(t *testing.T) {
	christmas := schedule.Span{
		Name: "Christmas", Floating: true, From: time.Date(2026, 12, 25, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 12, 26, 0, 0, 0, 0, time.UTC),
	}
	p := routing.New(routing.Records{
		Org:     settings.Organisation{Country: "BE", Timezone: "Europe/Brussels", Language: "fr", Fallback: &dest.Destination{Kind: dest.Queue, Target: "q"}},
		Numbers: map[id.Number]settings.Number{"n": {PhoneNumber: "+3225550100", Trunk: "t", Destination: to(dest.TimeRouter, "r"), Precedence: settings.Precedence{Priority: 2}, MenuData: "vip"}},
		Users:   map[id.User]settings.User{"u1": {FirstName: "Ann", LastName: "Smith"}, "u2": {FirstName: "Bob"}, "u3": {FirstName: "Eve"}},
		Agents: map[id.Agent]settings.Agent{
			"ann": {User: "u1", Extension: "100", Active: true}, "bob": {User: "u2", Extension: "101", Active: true, DisplayName: "Robert"},
			"eve": {User: "u3", Extension: "102"},
		},
		Groups: map[string]settings.Group{"g": {Users: []string{"u3", "u2", "u1", "nobody"}}},
		Queues: map[id.Queue]settings.Queue{"q": {Name: "Sales", Members: settings.Members{Agents: []string{"ann", "eve", "gone"}, Groups: []string{"g", "gone"}}}},
		Menus:  map[string]settings.Menu{"m": {Name: "Main"}},
		Routers: map[string]settings.TimeRouter{
			"r": {Name: "Hours", Entries: []settings.TimeEntry{{Name: "Holiday", Range: "days", Destination: to(dest.Mailbox, "b")}}, Default: to(dest.Menu, "m")},
		},
		Ranges: map[string]settings.TimeRange{
			"days": {Name: "Holidays", Calendar: "https://example.org/be.ics"}, "former": {Name: "Former"}, "broken": {Name: "Broken", Range: schedule.Range{Timezone: "Europe/Nowhere"}},
		},
		Calendars: map[string][]schedule.Span{"days": {christmas}, "former": {christmas}},
		Mailboxes: map[string]settings.Mailbox{
			"b": {Name: "Box", Type: "shared", User: "u2"}, "own": {Name: "Ann", Type: "agent", User: "u1"},
		},
		Audio: map[string]settings.Audio{"a": {Filename: "hello.wav"}},
	})
	if got := p.Queues["q"].Agents; !slices.Equal(got, []id.Agent{"ann", "bob"}) {
		t.Errorf("members %v", got)
	}
	if p.Agents["ann"].Name != "Ann Smith" || p.Agents["bob"].Name != "Robert" || p.Extensions["100"] != "ann" || p.Extensions["102"] != "" {
		t.Errorf("agents %+v, extensions %v", p.Agents, p.Extensions)
	}
	if p.Agents["ann"].PersonalMailbox != "own" || p.Agents["bob"].PersonalMailbox != "" {
		t.Errorf("whose mailboxes? %+v", p.Agents)
	}
	if !p.Ranges["former"].Hours.Never() {
		t.Error("a calendar that was taken away counts")
	}
	n := p.Numbers["+3225550100"]
	if n.ID != "n" || n.Label != "+3225550100" || n.Precedence.Priority != 2 || n.MenuData != "vip" || p.Fallback.Target != "q" || p.Audio["a"] != "hello.wav" {
		t.Errorf("number %+v, plan %+v", n, p)
	}
	if p.Ranges["broken"].Trouble == "" || p.Ranges["broken"].Hours != nil {
		t.Errorf("broken range %+v", p.Ranges["broken"])
	}
	if got := show(p.Next(n.Destination, at(t, p, "2026-12-25 12:00"), routing.Travel{})); got != "mailbox b; > time_router Hours [Holiday: Holidays row 0] > mailbox Box" {
		t.Errorf("at Christmas: %s", got)
	}
	if s := p.Next(n.Destination, at(t, p, "2026-12-26 00:00"), routing.Travel{}); s.Menu != "m" {
		t.Errorf("after Christmas: %s", show(s))
	}
}
