package routing_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/settings"
)

func TestRefusals(t *testing.T) {
	router := func(name string, to ...dest.Destination) settings.TimeRouter {
		r := settings.TimeRouter{Name: name, Default: to[len(to)-1]}
		for i, d := range to[:len(to)-1] {
			r.Entries = append(r.Entries, settings.TimeEntry{Name: fmt.Sprint(i), Range: "office", Destination: d})
		}
		return r
	}
	for _, c := range []struct {
		name   string
		change func(p *routing.Plan)
		kind   settings.Kind
		which  string
		want   string
	}{
		{"all is well", func(*routing.Plan) {}, settings.KindMenu, "main", ""},
		{"routers in a circle", func(p *routing.Plan) {
			p.Routers["night"] = router("Night", to(dest.TimeRouter, "hours"))
		}, settings.KindTimeRouter, "night", "default leads callers in an endless loop: Night → Opening hours → Night"},
		{"an entry in a circle", func(p *routing.Plan) {
			p.Routers["night"] = router("Night", to(dest.TimeRouter, "hours"), hangup)
		}, settings.KindTimeRouter, "night", "entries[0].destination leads callers in an endless loop: Night → Opening hours → Night"},
		{"a router to itself", func(p *routing.Plan) {
			p.Routers["night"] = router("Night", to(dest.TimeRouter, "night"))
		}, settings.KindTimeRouter, "night", "default leads callers in an endless loop: Night → Night"},
		{"a menu whose default comes back", func(p *routing.Plan) {
			m := p.Menus["main"]
			m.DefaultDestination = to(dest.TimeRouter, "hours")
			p.Menus["main"] = m
		}, settings.KindMenu, "main", "default_destination leads callers in an endless loop: Main menu → Opening hours → Main menu"},
		{"a key that comes back is the caller's will", func(p *routing.Plan) {
			m := p.Menus["main"]
			m.Options = []settings.MenuOption{{Digits: "1", Destination: to(dest.TimeRouter, "hours")}}
			p.Menus["main"] = m
		}, settings.KindMenu, "main", ""},
		{"a queue lets callers wait", func(p *routing.Plan) {
			p.Queues["sales"] = routing.Queue{Queue: settings.Queue{Name: "Sales", OnNoAgent: &dest.Destination{Kind: dest.Queue, Target: "sales"}}}
		}, settings.KindQueue, "sales", ""},
		{"an option that is an extension", func(p *routing.Plan) {
			m := p.Menus["main"]
			m.Options = append(m.Options, settings.MenuOption{Digits: "102", Destination: hangup})
			p.Menus["main"] = m
		}, settings.KindMenu, "main", "options[4].digits is the extension of Bob, which callers may key here"},
		{"an option that is an extension and its end", func(p *routing.Plan) {
			m := p.Menus["main"]
			m.Options = append(m.Options, settings.MenuOption{Digits: "102#", Destination: hangup}, settings.MenuOption{Digits: "#3", Destination: hangup})
			p.Menus["main"] = m
		}, settings.KindMenu, "main", "options[4].digits begins with the extension of Bob and #, which ends an entry; callers may key extensions here"},
		{"an extension that is an option with an end", func(p *routing.Plan) {
			m := p.Menus["main"]
			m.Options = append(m.Options, settings.MenuOption{Digits: "102#", Destination: hangup})
			p.Menus["main"] = m
		}, settings.KindAgent, "bob", "extension is a choice of the menu Main menu"},
		{"extensions that callers may not key", func(p *routing.Plan) {
			m := p.Menus["main"]
			m.AllowDirectExtensions = false
			m.Options = append(m.Options, settings.MenuOption{Digits: "102", Destination: hangup})
			p.Menus["main"] = m
		}, settings.KindMenu, "main", ""},
		{"an extension that is an option", func(p *routing.Plan) {
			a := p.Agents["ann"]
			a.Extension = "9"
			p.Agents["ann"] = a
		}, settings.KindAgent, "ann", "extension is a choice of the menu Main menu"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := company(t)
			c.change(p)
			var got []string
			for _, one := range p.Refusals(c.kind, c.which) {
				got = append(got, one.Field+" "+one.What)
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), c.want)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	p := company(t)
	p.Numbers["+3225550101"] = routing.Number{ID: "n2", Number: "+3225550101"}
	p.Numbers["+3225550102"] = routing.Number{ID: "n3", Number: "+3225550102", Destination: to(dest.Mailbox, "gone")}
	p.Numbers["+3225550103"] = routing.Number{ID: "n4", Number: "+3225550103", Destination: to(dest.Agent, "eve")}
	p.Numbers["+3225550104"] = routing.Number{ID: "n5", Number: "+3225550104", Destination: to(dest.Mailbox, "eves")}
	p.Mailboxes["eves"] = settings.Mailbox{Type: "agent", Name: "Eve", User: "eve"}
	p.Menus["dead"] = settings.Menu{Name: "Dead end"}
	p.Routers["odd"] = settings.TimeRouter{Name: "Odd", Entries: []settings.TimeEntry{
		{Name: "one", Range: "none", Destination: hangup}, {Name: "two", Range: "broken", Destination: hangup}, {Name: "three", Range: "empty", Destination: hangup},
	}}
	p.Ranges["broken"] = routing.Range{Name: "Broken", Trouble: "row 1"}
	p.Ranges["empty"] = hours(t, p.Home, "Empty")
	p.Queues["circle"] = routing.Queue{
		Queue:  settings.Queue{Name: "Circle", Schedule: "empty", OnNoAgent: &dest.Destination{Kind: dest.Queue, Target: "circle"}},
		Agents: []id.Agent{"ann"},
	}
	p.Agents["eve"] = routing.Agent{Name: "Eve", Agent: settings.Agent{Voicemail: true, Active: false}}
	p.Agents["tom"] = routing.Agent{Name: "Tom", Agent: settings.Agent{Voicemail: true, Active: true}}
	p.Agents["may"] = routing.Agent{Name: "May", Agent: settings.Agent{Extension: "9112", Active: true}}
	p.Agents["ned"] = routing.Agent{Name: "Ned", Agent: settings.Agent{Extension: "555", Active: true}}
	p.Emergency = []string{"555"}
	p.Fallback = &dest.Destination{Kind: dest.AIAgent, Target: "x"}
	var got []string
	for _, w := range p.Warnings() {
		got = append(got, fmt.Sprintf("%s %s %s: %s", w.Kind, w.Name, w.Field, w.What))
	}
	want := []string{
		"agent Ann extension: the extension 101 is an emergency number: who dials it reaches help, not the agent", // in Belgium
		"agent May extension: the extension 9112 is an emergency number: who dials it reaches help, not the agent",
		"agent Ned extension: the extension 555 is an emergency number: who dials it reaches help, not the agent",
		"agent Tom personal_mailbox: has voicemail but no mailbox: callers are hung up on after the greeting",
		"menu Dead end default_destination: hangs up on callers who press nothing",
		"menu Dead end options: offers no choice",
		"menu Dead end prompt: says nothing: callers cannot know what to press",
		"number +3225550101 destination: leads nowhere: callers are hung up on without a word",
		"number +3225550102 destination: this mailbox does not exist",
		"number +3225550103 destination: Eve is not active",
		"number +3225550104 destination: leads to the personal mailbox Eve, which is for unanswered direct calls to its agent",
		"organisation  fallback: AI agents cannot take calls yet",
		"queue Alone members: has no members: nobody can take its calls",
		"queue Circle on_no_agent: may lead callers in circles: Circle → Circle",
		"queue Circle schedule: is never open: its time range does not exist or never matches",
		"time_router Odd default: hangs up without a word when no entry matches",
		`time_router Odd entries[0].time_range: the time range of "one" does not exist`,
		`time_router Odd entries[1].time_range: the time range "Broken" is not understood: row 1`,
		`time_router Odd entries[2].time_range: the time range "Empty" never matches: it has neither rows nor a calendar`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestGraph(t *testing.T) {
	p := company(t)
	live := map[dest.Destination]int{to(dest.Queue, "sales"): 3, to(dest.Menu, "main"): 1}
	g := p.Graph(p.Numbers["+3225550100"], live)
	var got []string
	for _, e := range g.Edges {
		from := "number"
		if e.From >= 0 {
			from = string(g.Nodes[e.From].Kind) + " " + g.Nodes[e.From].Name
		}
		n := g.Nodes[e.To]
		got = append(got, fmt.Sprintf("%s -%s %s> %s %s (%d)", from, e.Way, e.Label, n.Kind, n.Name, n.Live))
	}
	want := []string{
		"number -number > time_router Opening hours (0)",
		"time_router Opening hours -entry Holiday> announcement closed.wav (0)",
		"time_router Opening hours -entry Open> menu Main menu (1)",
		"time_router Opening hours -default > time_router Night (0)",
		"menu Main menu -key 1> queue Sales (3)",
		"menu Main menu -key 2> queue Support (0)",
		"menu Main menu -key 9> menu Main menu (1)",
		"menu Main menu -key 5> queue Support (0)",
		"menu Main menu -default > queue Support (0)",
		"time_router Night -default > mailbox Night (0)",
		"queue Sales -no_agent > hangup  (0)",
		"queue Support -overflow > external +3225550199 (0)",
		"queue Support -mailbox > mailbox Support messages (0)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	broken := p.Graph(routing.Number{Destination: to(dest.Menu, "gone")}, nil)
	if len(broken.Nodes) != 1 || broken.Nodes[0].Trouble != "this menu does not exist" {
		t.Errorf("broken: %+v", broken)
	}
}

// FuzzPlans builds plans of menus, routers and queues that lead anywhere: whatever the loops, following a destination ends
// within the bounds, and what is refused is what goes on for ever without a key.
func FuzzPlans(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7})
	f.Add([]byte{6, 6, 6, 6, 0, 0, 0, 0, 3, 3})
	f.Fuzz(func(t *testing.T, ways []byte) {
		p := company(t)
		places := []dest.Destination{
			to(dest.TimeRouter, "a"), to(dest.TimeRouter, "b"), to(dest.Menu, "a"), to(dest.Menu, "b"), to(dest.Queue, "a"), hangup, to(dest.TimeRouter, "gone"),
		}
		next := func() dest.Destination {
			if len(ways) == 0 {
				return hangup
			}
			d := places[int(ways[0])%len(places)]
			ways = ways[1:]
			return d
		}
		for _, which := range []string{"a", "b"} {
			p.Routers[id.Router(which)] = settings.TimeRouter{Name: which, Default: next()}
			p.Menus[id.Menu(which)] = settings.Menu{Name: which, DefaultDestination: next(), Options: []settings.MenuOption{{Digits: "1", Destination: next()}}}
		}
		over := next()
		p.Queues["a"] = routing.Queue{Queue: settings.Queue{Name: "a", Overflow: &over}}
		fallback := next()
		p.Fallback = &fallback
		s := p.Next(places[0], at(t, p, workingHour), routing.Travel{})
		if s.Kind == dest.TimeRouter || s.Kind == "" || len(s.Hops) > 2*routing.MaxHops+4 {
			t.Fatalf("%s", show(s))
		}
		p.Warnings()
		// A router's only way is its default: it is refused exactly when going on never leaves routers and menus.
		endless := len(p.Refusals(settings.KindTimeRouter, "a")) > 0
		if walked := walksHome(p, places[0]); walked != endless {
			t.Fatalf("walked %v, refused %v: %+v %+v", walked, endless, p.Routers, p.Menus)
		}
	})
}

// walksHome tells whether default after default leads back to where it began.
func walksHome(p *routing.Plan, home dest.Destination) bool {
	d := home
	for range 10 {
		switch d.Kind {
		case dest.TimeRouter:
			d = p.Routers[id.Router(d.Target)].Default
		case dest.Menu:
			d = p.Menus[id.Menu(d.Target)].DefaultDestination
		default:
			return false
		}
		if d == home {
			return true
		}
	}
	return false
}
