package site

import (
	"testing"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/schedule"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/treatment"
)

// may opens forwarding to outside numbers for the organisation, and for an agent's user (BX-15, PM-7).
func may(o *office, agent string, organisation, user bool) {
	shelves := o.sites.DB.Shelves()
	one, _ := o.sites.Of(o.org)
	set(o, shelves.Org, string(o.org), func(r *settings.Organisation) { r.Dialing.ExternalForwarding = organisation })
	set(o, shelves.Users, one.Routing.Agents[id.Agent(o.ids[agent])].User, func(u *settings.User) { u.Switches.ExternalForwarding = user })
}

// TestForwarding: always leads elsewhere at once, failover only when no device is reached (AG-8), outside only where the
// organisation and the user's switch allow it (PM-7).
func TestForwarding(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	toAnn := call.FindNext{To: dest.Destination{Kind: dest.Agent, Target: o.ids["Ann"]}}
	ann, err := shelves.Agents.Get(o.ctx, o.ids["Ann"])
	check(t, err)
	outside := func(on bool) {
		set(o, shelves.Users, ann.Fields.User, func(u *settings.User) { u.Switches.ExternalForwarding = on })
	}
	outside(true)
	for _, c := range []struct {
		how, to     string
		agent       string
		destination dest.Destination
		forward     dest.Destination
	}{
		{"off", "202", "Ann", toAnn.To, dest.Destination{}},
		{"failover", "202", "Ann", toAnn.To, dest.Destination{Kind: dest.Agent, Target: o.ids["Bob"]}},
		{"always", "202", "Bob", dest.Destination{Kind: dest.Agent, Target: o.ids["Bob"]}, dest.Destination{}},
		{"always", "+32470999888", "", dest.Destination{Kind: dest.External, Target: "+32470999888"}, dest.Destination{}},
		{"failover", "0470999888", "Ann", toAnn.To, dest.Destination{Kind: dest.External, Target: "+32470999888"}},
		{"closed", "0470999888", "Ann", toAnn.To, dest.Destination{}},
		{"not permitted", "0470999888", "Ann", toAnn.To, dest.Destination{}},
	} {
		may(o, "Ann", c.how != "closed", c.how != "not permitted")
		if c.how == "closed" || c.how == "not permitted" {
			c.how = "always"
		}
		set(o, shelves.Agents, o.ids["Bob"], func(a *settings.Agent) { a.Extension = "202" })
		set(o, shelves.Agents, o.ids["Ann"], func(a *settings.Agent) { a.Forwarding, a.ForwardTo = c.how, c.to })
		r, ok := o.sites.Next(o.ctx, o.org, toAnn).(call.Routed)
		if !ok || r.Agent != id.Agent(o.ids[c.agent]) || r.Destination != c.destination || r.Forward != c.forward {
			t.Errorf("%s to %s: %+v", c.how, c.to, r)
		}
		if outside := c.destination.Kind == dest.External; outside != (r.External != nil) || outside && len(r.External.Ways) == 0 {
			t.Errorf("%s to %s: outside %+v", c.how, c.to, r.External)
		}
	}
	outside(false) // no number outside without the switch (PM-7)
	if r, ok := o.sites.Next(o.ctx, o.org, toAnn).(call.Routed); !ok || r.Forward != (dest.Destination{}) || r.Agent != id.Agent(o.ids["Ann"]) {
		t.Errorf("without the switch: %+v", r)
	}
}

// TestNext takes what an administrator has set to the call: a menu, the queue behind it with a mailbox, an extension.
func TestNext(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	box := set(o, shelves.Mailboxes, "", func(m *settings.Mailbox) { m.Name, m.Type, m.MaxSeconds = "Sales", "shared", 60 })
	set(o, shelves.Queues, o.ids["Sales"], func(q *settings.Queue) {
		q.Voicemail, q.Mailbox, q.AnnouncePosition, q.EntryGreeting = true, box, true, prompt.Prompt{}
		q.Survey = []settings.SurveyQuestion{{Name: "kind", Prompt: prompt.Prompt{Text: "Were we kind?"}}}
	})
	menu := set(o, shelves.Menus, "", func(m *settings.Menu) {
		m.Name, m.Prompt, m.AllowDirectExtensions = "Main", prompt.Prompt{Text: "Press 1 for sales."}, true
		m.DefaultDestination = dest.Destination{Kind: dest.Hangup}
		m.Options = []settings.MenuOption{
			{Digits: "1", Destination: dest.Destination{Kind: dest.Queue, Target: o.ids["Sales"]}},
			{Speech: "sales", Destination: dest.Destination{Kind: dest.Queue, Target: o.ids["Sales"]}},
		}
	})
	next := func(a call.FindNext) call.Routed {
		t.Helper()
		r, ok := o.sites.Next(o.ctx, o.org, a).(call.Routed)
		if !ok {
			t.Fatalf("%+v leads nowhere", a)
		}
		return r
	}
	r := next(call.FindNext{To: dest.Destination{Kind: dest.Menu, Target: menu}})
	if m := r.Menu; m == nil || m.Tries != 3 || m.Timeout != 5 || !m.Extensions || len(m.Options) != 1 || r.Name != "Main" || r.Travel.MenusUntil.IsZero() {
		t.Errorf("the menu: %+v", r)
	}
	r = next(call.FindNext{To: r.Menu.Options[0].Destination, From: "0470111222", Travel: r.Travel})
	if q := r.Queue; q == nil || q.OptOut != "*" || !q.Position || q.Survey == nil {
		t.Errorf("the queue: %+v", r.Queue)
	}
	r = next(call.FindNext{Leaving: r.Destination, Why: "timeout", Travel: r.Travel})
	if r.Mailbox == nil || r.Mailbox.Plan.MaxSeconds != 60 || len(r.Say) != 1 || r.Mailbox.Plan.Greetings[0] != prompt.OfStandard(prompt.LeaveMessage) {
		t.Errorf("after the queue: %+v", r)
	}
	unmanned := call.FindNext{Leaving: dest.Destination{Kind: dest.Queue, Target: o.ids["Sales"]}, Why: "no_agent"}
	if r = next(unmanned); r.Hops[0].Why != "nobody is there to take calls" {
		t.Errorf("with nobody there: %+v", r.Hops)
	}
	past := set(o, shelves.Ranges, "", func(r *settings.TimeRange) {
		r.Name, r.Rows = "Past", []schedule.Row{{StartDate: "2020-01-01", EndDate: "2020-01-01"}}
	})
	set(o, shelves.Queues, o.ids["Sales"], func(q *settings.Queue) { q.Schedule = past })
	if r = next(unmanned); r.Hops[0].Why != "the queue is outside its hours" {
		t.Errorf("outside the hours: %+v", r.Hops)
	}
	if r = next(call.FindNext{Extension: extension(o, "Bob")}); r.Agent != id.Agent(o.ids["Bob"]) {
		t.Errorf("the extension: %+v", r)
	}
	if _, unrouted := o.sites.Next(o.ctx, o.org, call.FindNext{Extension: "998"}).(call.Unrouted); !unrouted {
		t.Error("somebody has extension 998")
	}
	r = next(call.FindNext{Leaving: dest.Destination{Kind: dest.Agent, Target: o.ids["Bob"]}, Why: "no answer"})
	if r.Say[0] != prompt.OfStandard(prompt.Absent) || r.Mailbox == nil || r.Mailbox.Name != "Bob Ash" {
		t.Errorf("after Bob, whose mailbox came with him: %+v", r)
	}
	one, _ := o.sites.Of(o.org)
	if len(one.Prompts()) < 5 {
		t.Errorf("to be spoken: %+v", one.Prompts())
	}
}

func extension(o *office, name string) string {
	one, _ := o.sites.Of(o.org)
	for _, a := range one.Agents {
		if string(a.ID) == o.ids[name] {
			return a.Extension
		}
	}
	return ""
}

// TestMailboxAccess: the code *98 as a destination leads callers from outside to the messages in mailboxes, from where nobody may be called (BX-15).
func TestMailboxAccess(t *testing.T) {
	o := newOffice(t)
	to := dest.Destination{Kind: dest.External, Target: dest.AnyMailbox}
	r, ok := o.sites.Next(o.ctx, o.org, call.FindNext{To: to}).(call.Routed)
	if !ok || r.Access == nil || *r.Access != (treatment.AccessPlan{Outside: true}) || r.External != nil || r.Destination != to {
		t.Errorf("%+v", r)
	}
}

// TestMailboxLanguage: the dialogue of *97 and *98 is in the agent's language, else in the organisation's (AG-7).
func TestMailboxLanguage(t *testing.T) {
	o := newOffice(t)
	shelf, which := o.sites.DB.Shelves().Agents, o.ids["Ann"]
	for language, want := range map[string]prompt.Language{"": prompt.French, "de": prompt.German, "xx": prompt.French} {
		row, err := shelf.Get(o.ctx, which)
		check(t, err)
		row.Fields.DefaultLanguage = language
		_, err = shelf.Update(o.ctx, store.Actor{}, which, row.Version, row.Fields)
		check(t, err)
		_, err = o.sites.Reload(o.ctx, o.org)
		check(t, err)
		for _, code := range []string{"*97", "*98"} {
			p, ok := o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: id.Agent(which), To: code}).(call.Planned)
			if !ok || p.Access == nil || p.Access.Language != want {
				t.Errorf("%s with language %q: %+v", code, language, p.Access)
			}
		}
	}
}
