package site

import (
	"slices"
	"testing"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/settings"
	"parley/internal/tel"
)

// pick has somebody pick a presence, and say otherwise in the ways that are named.
func (o *office) pick(name, which string, say ...func(*presence.Own)) {
	o.t.Helper()
	one, _ := o.sites.Of(o.org)
	own := presence.Own{Presence: which}
	for _, each := range say {
		each(&own)
	}
	check(o.t, o.sites.SetPresence(o.ctx, o.org, id.User(one.Routing.Agents[id.Agent(o.ids[name])].User), own))
}

// TestDirectCalls: presence is only shown until the organisation makes it active; then direct calls to who is away find nobody,
// from outside as from colleagues, and calls to queues go as ever (PR-3, VM-14).
func TestDirectCalls(t *testing.T) {
	o := newOffice(t)
	ann, bob := id.Agent(o.ids["Ann"]), id.Agent(o.ids["Bob"])
	mode := func(mode string) {
		set(o, o.sites.DB.Shelves().Org, string(o.org), func(r *settings.Organisation) { r.Presence.Mode = mode })
	}
	reach := func(which id.Agent) call.Routed {
		t.Helper()
		r, ok := o.sites.Next(o.ctx, o.org, call.FindNext{To: dest.Destination{Kind: dest.Agent, Target: string(which)}}).(call.Routed)
		if !ok {
			t.Fatalf("%s leads nowhere", which)
		}
		return r
	}
	expect := func(what string, which, rings id.Agent, away, diverts bool) {
		t.Helper()
		if r := reach(which); r.Agent != rings || (r.Away == "do not disturb") != away {
			t.Errorf("%s: %+v", what, r)
		}
		p, ok := o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: id.Agent(o.ids["Cleo"]), To: extensionOf(o, which)}).(call.Planned)
		if !ok || p.Diverts != diverts {
			t.Errorf("%s, for a colleague: %+v", what, p)
		}
	}
	o.pick("Ann", "in_a_meeting")
	expect("passive", ann, ann, false, false)
	mode("active")
	expect("active", ann, ann, true, true)
	expect("a colleague", bob, bob, false, false)
	queue, ok := o.sites.Route(o.ctx, o.org, call.FindRoute{From: "+32470111222", To: "+3225550000"}).(call.Routed)
	if !ok || queue.Queue == nil || queue.Away != "" {
		t.Errorf("to the queue: %+v", queue)
	}
	off := func(p *presence.Own) { p.DoNotDisturb = presence.Off }
	o.pick("Ann", "in_a_meeting", off)
	expect("to be disturbed", ann, ann, false, false)
	toBob := func(p *presence.Own) { p.Forwarding, p.ForwardTo = "always", extensionOf(o, bob) }
	o.pick("Ann", "on_holiday", toBob)
	expect("forwarded by who is on holiday", ann, bob, false, true)
	o.pick("Bob", "lunch")
	expect("forwarded to who is at lunch", ann, bob, true, true)
	mode("passive")
	expect("forwarded, passive", ann, bob, false, true)
	on := func(p *presence.Own) { p.DoNotDisturb = presence.On }
	o.pick("Bob", "available", on)
	expect("do not disturb by itself", bob, bob, true, true)
	set(o, o.sites.DB.Shelves().Org, string(o.org), func(r *settings.Organisation) { r.Presence.Overrides = false })
	expect("not allowed any more", bob, bob, false, false)
}

// TestForwardedOutside: who forwards obeys the own class of service, at once as after no device was reached (CS-2).
func TestForwardedOutside(t *testing.T) {
	o := newOffice(t)
	ann := id.Agent(o.ids["Ann"])
	may(o, "Ann", true, true)
	g := &guarded{allow: func(a dialing.Ask) ([]id.Trunk, error) { return a.Trunks, nil }}
	o.sites.Guard = g
	toAnn := dest.Destination{Kind: dest.Agent, Target: string(ann)}
	for _, how := range []string{"always", "failover"} {
		g.asked = nil
		o.pick("Ann", "available", func(p *presence.Own) { p.Forwarding, p.ForwardTo = how, "+32470999888" })
		r, _ := o.sites.Next(o.ctx, o.org, call.FindNext{To: toAnn}).(call.Routed)
		if how == "failover" {
			r, _ = o.sites.Next(o.ctx, o.org, call.FindNext{To: r.Forward, Forwarder: ann}).(call.Routed)
		}
		if r.External == nil || r.External.To != "+32470999888" || len(r.External.Ways) == 0 {
			t.Errorf("%s: %+v", how, r)
		}
		if len(g.asked) != 1 || g.asked[0].Agent != ann {
			t.Errorf("%s: the guard was asked %+v", how, g.asked)
		}
	}
}

// TestPicksAreKept: what was picked is there after a start, and the devices of a presence with it.
func TestPicksAreKept(t *testing.T) {
	o := newOffice(t)
	desk := func(p *presence.Own) { p.Devices = []string{"desk_phone"} }
	o.pick("Ann", "in_the_office", desk)
	again := &Sites{DB: o.sites.DB}
	one, err := again.Reload(o.ctx, o.org)
	check(t, err)
	if got := again.DirectDevices(one, id.Agent(o.ids["Ann"])); !slices.Equal(got, []string{"desk_phone"}) {
		t.Errorf("devices %v", got)
	}
	if got := again.DirectDevices(one, id.Agent(o.ids["Bob"])); len(got) != 0 {
		t.Errorf("Bob's devices %v", got)
	}
	if len(again.Picks(o.org)) != 1 {
		t.Errorf("picked %v", again.Picks(o.org))
	}
	if err := again.SetPresence(o.ctx, o.org, "nobody", presence.Own{}); err == nil {
		t.Error("nobody has picked a presence")
	}
}

func extensionOf(o *office, which id.Agent) string {
	one, _ := o.sites.Of(o.org)
	return one.Routing.Agents[which].Extension
}

// TestContactsName: a caller who is no customer is called as the contact who has the number (PR-5).
func TestContactsName(t *testing.T) {
	o := newOffice(t)
	set(o, o.sites.DB.Shelves().Contacts, "", func(c *settings.Contact) {
		c.Name, c.Company, c.Numbers = "Zed", "Paper Mill", []string{"+32470111222", "+32470555666"}
	})
	for from, want := range map[string]string{"+32470111222": "Elena Petrova", "0470555666": "Zed (Paper Mill)", "+32470999999": ""} {
		r, ok := o.sites.Route(o.ctx, o.org, call.FindRoute{From: tel.Number(from), To: "+3225550000"}).(call.Routed)
		if !ok || r.Caller.Name != want {
			t.Errorf("%s is %q, not %q", from, r.Caller.Name, want)
		}
	}
}
