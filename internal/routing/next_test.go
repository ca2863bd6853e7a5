package routing_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the tests know every zone wherever they run

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/routing"
	"parley/internal/schedule"
	"parley/internal/settings"
	"parley/internal/tel"
)

func to(kind dest.Kind, target string) dest.Destination {
	return dest.Destination{Kind: kind, Target: target}
}

var hangup = dest.Destination{Kind: dest.Hangup}

// first is waiting before others: with two steps, of which another is left out since nobody can read it.
func first() settings.Precedence {
	return settings.Precedence{Priority: 2, AgeSeconds: 600, Steps: []settings.SkillStep{
		{Agents: []string{"ann", "bob"}, Expires: 30}, {Expression: "billing >="}, {Expression: "billing >= 3"},
	}}
}

// company is a small organisation in Brussels: an opening-hours router, a menu, queues, an agent and mailboxes.
func company(t testing.TB) *routing.Plan {
	t.Helper()
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	p := &routing.Plan{
		Country: "BE", Home: brussels,
		Menus: map[id.Menu]settings.Menu{
			"main": {
				Name: "Main menu", Prompt: prompt.Prompt{Text: "Press 1 for sales."}, Timeout: 5, MaxTries: 3, AllowDirectExtensions: true,
				DefaultDestination: to(dest.Queue, "support"),
				Options: []settings.MenuOption{
					{Digits: "1", Destination: to(dest.Queue, "sales")}, {Digits: "2", Destination: to(dest.Queue, "support")},
					{Digits: "9", Destination: to(dest.Menu, "main")}, {Digits: "5", Destination: to(dest.Queue, "support"), Precedence: first()},
				},
			},
		},
		Routers: map[id.Router]settings.TimeRouter{
			"hours": {
				Name: "Opening hours",
				Entries: []settings.TimeEntry{
					{Name: "Holiday", Range: "holidays", Destination: to(dest.Announcement, "closed")},
					{Name: "Open", Range: "office", Destination: to(dest.Menu, "main")},
				},
				Default: to(dest.TimeRouter, "night"),
			},
			"night": {Name: "Night", Default: to(dest.Mailbox, "night")},
		},
		Ranges: map[id.TimeRange]routing.Range{
			"office":   hours(t, brussels, "Office hours", schedule.Row{StartDay: 1, EndDay: 5, StartTime: "08:50", EndTime: "18:00"}),
			"holidays": hours(t, brussels, "Holidays", schedule.Row{StartDate: "2026-12-25", EndDate: "2026-12-25"}),
		},
		Queues: map[id.Queue]routing.Queue{
			"sales": {Queue: settings.Queue{Name: "Sales", LeaveUnstaffed: minute(), EntryGreeting: prompt.Prompt{Text: "Welcome to Sales."}}, Agents: []id.Agent{"ann"}},
			"support": {
				Queue: settings.Queue{
					Name: "Support", NoAgentMessage: prompt.Prompt{Text: "Nobody is there."}, Voicemail: true, Mailbox: "support",
					Overflow: &dest.Destination{Kind: dest.External, Target: "+3225550199"}, MaxWaiting: 5, MaxHoldSeconds: 600,
				},
				Agents: []id.Agent{"ann"},
			},
			"alone": {Queue: settings.Queue{Name: "Alone", OnNoAgent: &dest.Destination{Kind: dest.Agent, Target: "ann"}}},
		},
		Agents: map[id.Agent]routing.Agent{
			"ann": {Name: "Ann", Agent: settings.Agent{Extension: "101", Active: true, Voicemail: true, PersonalMailbox: "ann", SharedMailbox: "support"}},
			"cat": {Name: "Cat", Agent: settings.Agent{Active: true, PersonalMailbox: "ann", SharedMailbox: "support"}}, // her own is off
			"dan": {Name: "Dan", Agent: settings.Agent{Active: true, Voicemail: true, SharedMailbox: "support"}},        // has none
			"bob": {Name: "Bob", Agent: settings.Agent{Extension: "102", Active: true, UnavailableGreeting: prompt.Prompt{Text: "Bob is out."}}},
		},
		Mailboxes: map[id.Mailbox]settings.Mailbox{
			"night": {Name: "Night"}, "support": {Name: "Support messages"}, "ann": {Name: "Ann"},
		},
		Audio:      map[id.Audio]string{"closed": "closed.wav"},
		Extensions: map[string]id.Agent{"101": "ann", "102": "bob"},
		Numbers:    map[tel.Number]routing.Number{"+3225550100": {ID: "n1", Number: "+3225550100", Destination: to(dest.TimeRouter, "hours")}},
	}
	return p
}

func minute() *int { n := 60; return &n }

func hours(t testing.TB, home *time.Location, name string, rows ...schedule.Row) routing.Range {
	t.Helper()
	h, err := schedule.Read(schedule.Range{Rows: rows}, nil, home)
	if err != nil {
		t.Fatal(err)
	}
	return routing.Range{Name: name, Hours: h}
}

func at(t testing.TB, p *routing.Plan, text string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", text, p.Home)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// show writes a step in one line: what is heard, what is done, and the way there.
func show(s routing.Step) string {
	var b strings.Builder
	for _, one := range s.Say {
		fmt.Fprintf(&b, "say %s%s; ", one.Audio, one.Text+one.Value)
	}
	fmt.Fprintf(&b, "%s %s%s%s%s%s;", s.Kind, s.Queue, s.Menu, s.Agent, s.Mailbox, s.Number)
	for _, h := range s.Hops {
		fmt.Fprintf(&b, " > %s %s", h.To.Kind, h.Name)
		if h.Entry != "" {
			fmt.Fprintf(&b, " [%s: %s row %d]", h.Entry, h.Range, h.Row)
		}
		if h.Why != "" {
			fmt.Fprintf(&b, " (%s)", h.Why)
		}
	}
	return b.String()
}

const workingHour = "2026-11-20 12:00" // a Friday

func TestNext(t *testing.T) {
	for _, c := range []struct {
		name     string
		to       dest.Destination
		at       string
		fallback dest.Destination
		want     string
	}{
		{"open", to(dest.TimeRouter, "hours"), workingHour, hangup,
			"menu main; > time_router Opening hours [Open: Office hours row 1] > menu Main menu"},
		{"closed, through a second router", to(dest.TimeRouter, "hours"), "2026-11-20 18:00", hangup,
			"mailbox night; > time_router Opening hours > time_router Night > mailbox Night"},
		{"holiday on a working day", to(dest.TimeRouter, "hours"), "2026-12-25 12:00", hangup,
			"say closed; announcement ; > time_router Opening hours [Holiday: Holidays row 1] > announcement closed.wav"},
		{"queue", to(dest.Queue, "sales"), workingHour, hangup, "queue sales; > queue Sales"},
		{"agent", to(dest.Agent, "ann"), workingHour, hangup, "agent ann; > agent Ann"},
		{"external", to(dest.External, "+3225550199"), workingHour, hangup, "external +3225550199; > external +3225550199"},
		{"messages in mailboxes", to(dest.External, "*98"), workingHour, hangup, "external *98; > external messages in mailboxes"},
		{"hang-up that somebody chose", hangup, workingHour, hangup, "hangup ; > hangup "},
		{"nothing set", dest.Destination{}, workingHour, hangup, "hangup ; > hangup "},
		{"menu that was removed, no fallback", to(dest.Menu, "old"), workingHour, dest.Destination{},
			"say apology; hangup ; > menu  (this menu does not exist) > hangup "},
		{"router that was removed, fallback", to(dest.TimeRouter, "old"), workingHour, to(dest.Queue, "support"),
			"queue support; > time_router  (this time router does not exist) > queue Support"},
		{"fallback that is broken too", to(dest.Queue, "old"), workingHour, to(dest.Mailbox, "old"),
			"say apology; hangup ; > queue  (this queue does not exist) > mailbox  (this mailbox does not exist) > hangup "},
		{"AI agent", to(dest.AIAgent, "x"), workingHour, to(dest.Queue, "sales"),
			"queue sales; > ai_agent  (AI agents cannot take calls yet) > queue Sales"},
		{"kind that nobody knows", to("fax", "x"), workingHour, dest.Destination{},
			`say apology; hangup ; > fax  (nobody knows what a "fax" is) > hangup `},
		{"announcement without a file", to(dest.Announcement, ""), workingHour, dest.Destination{},
			"say apology; hangup ; > announcement  (no announcement is set) > hangup "},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := company(t)
			p.Fallback = &c.fallback
			if got := show(p.Next(c.to, at(t, p, c.at), routing.Travel{})); got != c.want {
				t.Errorf("\ngot  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Routers that lead to each other, which no check saw, end at the fallback, and a fallback that loops in the apology.
func TestLoopEnds(t *testing.T) {
	p := company(t)
	p.Routers["a"] = settings.TimeRouter{Name: "A", Default: to(dest.TimeRouter, "b")}
	p.Routers["b"] = settings.TimeRouter{Name: "B", Default: to(dest.TimeRouter, "a")}
	fallback := to(dest.Queue, "sales")
	p.Fallback = &fallback
	s := p.Next(to(dest.TimeRouter, "a"), at(t, p, workingHour), routing.Travel{})
	if s.Kind != dest.Queue || s.Queue != "sales" || len(s.Hops) != routing.MaxHops+2 {
		t.Errorf("%d hops to %s", len(s.Hops), show(s))
	}
	fallback = to(dest.TimeRouter, "a")
	s = p.Next(to(dest.TimeRouter, "a"), at(t, p, workingHour), routing.Travel{})
	if s.Kind != dest.Hangup || len(s.Say) != 1 || s.Say[0] != routing.Apology() {
		t.Errorf("%d hops to %s", len(s.Hops), show(s))
	}
}

// A caller who keys 9 again and again comes back to the menu until the hops are used up.
func TestHopsGoOnFromStepToStep(t *testing.T) {
	p := company(t)
	var so routing.Travel
	for i := range routing.MaxHops {
		s := p.Next(to(dest.Menu, "main"), at(t, p, workingHour), so)
		if s.Kind != dest.Menu {
			t.Fatalf("round %d: %s", i, show(s))
		}
		so = s.Travel
	}
	s := p.Next(to(dest.Menu, "main"), at(t, p, workingHour), so)
	if s.Kind != dest.Hangup || !strings.Contains(s.Hops[0].Why, "20 destinations") {
		t.Errorf("after %d hops: %s", routing.MaxHops, show(s))
	}
}

func TestTenMinutesInMenus(t *testing.T) {
	p := company(t)
	begun := at(t, p, workingHour)
	so := p.Next(to(dest.Menu, "main"), begun, routing.Travel{}).Travel
	if want := begun.Add(routing.MaxMenuTime); !so.MenusUntil.Equal(want) {
		t.Fatalf("menus end at %v, not %v", so.MenusUntil, want)
	}
	late := so.MenusUntil.Add(-time.Second)
	if s := p.Next(to(dest.Menu, "main"), late, so); s.Kind != dest.Menu || !s.Travel.MenusUntil.Equal(so.MenusUntil) {
		t.Errorf("just before the end: %s until %v", show(s), s.Travel.MenusUntil)
	}
	if s := p.Next(to(dest.Menu, "main"), so.MenusUntil, so); s.Kind != dest.Hangup || !strings.Contains(s.Hops[0].Why, "10 minutes") {
		t.Errorf("at the end: %s", show(s))
	}
	if s := p.Next(to(dest.Queue, "sales"), late, so); !s.Travel.MenusUntil.IsZero() {
		t.Errorf("in a queue the time in menus runs on: %+v", s.Travel)
	}
	s := p.GiveUp(to(dest.Menu, "main"), "the caller was in menus for 10 minutes", so.MenusUntil, so)
	if got, want := show(s), "say apology; hangup ; > menu Main menu (the caller was in menus for 10 minutes) > hangup "; got != want {
		t.Errorf("gave up with %s", got)
	}
}

func TestAfterQueue(t *testing.T) {
	for _, c := range []struct {
		queue id.Queue
		why   routing.Left
		want  string
	}{
		{"support", routing.QueueFull, "external +3225550199; > queue Support (the queue is full) > external +3225550199"},
		{"support", routing.QueueClosed, "say Nobody is there.; mailbox support; > queue Support (the queue is outside its hours) > mailbox Support messages"},
		{"support", routing.QueueOptOut, "mailbox support; > queue Support (the caller chose to leave a message) > mailbox Support messages"},
		{"alone", routing.QueueTimeout, "say no_agent; agent ann; > queue Alone (the longest wait is over) > agent Ann"},
		{"sales", routing.QueueUnstaffed, "say no_agent; hangup ; > queue Sales (nobody is there to take calls) > hangup "},
		{"sales", routing.QueueFull, "say no_agent; hangup ; > queue Sales (the queue is full) > hangup "},
		{"gone", routing.QueueRemoved, "say apology; hangup ; > queue  (the queue was removed) > hangup "},
	} {
		p := company(t)
		if got := show(p.AfterQueue(c.queue, c.why, at(t, p, workingHour), routing.Travel{})); got != c.want {
			t.Errorf("%s %s\ngot  %s\nwant %s", c.queue, c.why, got, c.want)
		}
	}
}

func TestAfterAgent(t *testing.T) {
	for which, want := range map[id.Agent]string{
		"ann": "say unavailable; mailbox ann; > agent Ann (rang out) > mailbox Ann",
		"bob": "say Bob is out.; hangup ; > agent Bob (rang out) > hangup ",
		"cat": "say unavailable; mailbox support; > agent Cat (rang out) > mailbox Support messages",
		"dan": "say unavailable; mailbox support; > agent Dan (rang out) > mailbox Support messages",
		"eve": "say apology; hangup ; > agent  (this agent does not exist) > hangup ",
	} {
		p := company(t)
		if got := show(p.AfterAgent(which, "rang out", at(t, p, workingHour), routing.Travel{})); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", which, got, want)
		}
	}
}

func TestStandardTexts(t *testing.T) {
	for _, in := range prompt.Languages() {
		for _, p := range []prompt.Prompt{routing.Apology(), routing.NoAgent(), routing.Absent()} {
			said := p.In(in) // that of the call
			if words, err := said.Words(); err != nil || len(words) != 1 || said.Language != in {
				t.Errorf("%s: %+v is said as %q: %v", in, p, words, err)
			}
		}
	}
}
