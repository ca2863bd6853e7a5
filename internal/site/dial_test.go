package site

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/schedule"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/tel"
)

// guarded notes what it is asked, and allows the trunks that it is told to.
type guarded struct {
	asked     []dialing.Ask
	emergency []store.EmergencyCall
	allow     func(dialing.Ask) ([]id.Trunk, error)
}

func (g *guarded) Ask(_ context.Context, _ id.Org, a dialing.Ask) ([]id.Trunk, error) {
	g.asked = append(g.asked, a)
	return g.allow(a)
}

func (g *guarded) Emergency(_ id.Org, c store.EmergencyCall) { g.emergency = append(g.emergency, c) }

func (g *guarded) CallBack(_ id.Org, shown tel.Number) (id.Agent, bool) {
	for _, c := range g.emergency {
		if c.Shown == shown {
			return c.Agent, true
		}
	}
	return "", false
}

// set changes a record of the console and loads the office anew.
func set[T settings.Record](o *office, shelf store.Shelf[T], which string, change func(*T)) string {
	o.t.Helper()
	if which == "" {
		fresh := settings.New[T]()
		change(&fresh)
		made, err := shelf.Create(o.ctx, store.Actor{}, fresh)
		check(o.t, err)
		which = made.ID
	} else {
		old, err := shelf.Get(o.ctx, which)
		check(o.t, err)
		change(&old.Fields)
		_, err = shelf.Update(o.ctx, store.Actor{}, which, old.Version, old.Fields)
		check(o.t, err)
	}
	_, err := o.sites.Reload(o.ctx, o.org)
	check(o.t, err)
	return which
}

// TestRoutes: the trunks in order, each with its form of numbers, its caller ID and its caps, and without those that the
// guard does not allow.
func TestRoutes(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	set(o, shelves.Classes, "", func(c *settings.Class) { c.Name, c.Default, c.AllowedCountries = "Office", true, []string{"44"} })
	set(o, shelves.Trunks, o.ids["Backup"], func(tr *settings.Trunk) {
		tr.NumberFormat, tr.MaxChannels, tr.CallsPerSecond, tr.PresentsAny, tr.CallerID = "digits", 30, 5, false, "+32 2 555 99 99"
	})
	backup := call.Route{
		Trunk: id.Trunk(o.ids["Backup"]), Name: "Backup", Dial: "442079460000", CallerID: "+3225559999", From: "3225559999",
		Channels: 30, PerSecond: 5, Notice: "trunk Backup may not show the number that was chosen: it shows +32 2 555 99 99",
	}
	carrier := call.Route{Trunk: id.Trunk(o.ids["Carrier"]), Name: "Carrier", Dial: "+442079460000", CallerID: "+3225550000", From: "+3225550000"}
	dial := func(want ...call.Route) {
		t.Helper()
		got, ok := o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: id.Agent(o.ids["Ann"]), To: "+44 20 7946 0000", Call: "c1"}).(call.Planned)
		if !ok || !reflect.DeepEqual(got.Routes, want) || got.Trunk != want[0].Trunk || got.CallerID != want[0].CallerID {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
	dial(backup, carrier)
	o.sites.Down = func(which id.Trunk) bool { return which == backup.Trunk }
	dial(carrier, backup)
	g := &guarded{allow: func(a dialing.Ask) ([]id.Trunk, error) { return a.Trunks[1:], nil }}
	o.sites.Guard = g
	dial(backup)
	class := dialing.ClassName{ID: g.asked[0].Class.ID, Name: "Office"}
	want := dialing.Ask{
		Call: "c1", Agent: id.Agent(o.ids["Ann"]), Number: "+442079460000", Trunks: []id.Trunk{carrier.Trunk, backup.Trunk}, International: true, Class: class,
	}
	if !reflect.DeepEqual(g.asked, []dialing.Ask{want}) {
		t.Errorf("the guard was asked %+v", g.asked)
	}
	g.allow = func(dialing.Ask) ([]id.Trunk, error) {
		return nil, dialing.Refusal{Cause: tel.CauseNotAllowed, Why: "no more"}
	}
	if got := o.sites.Dial(o.ctx, o.org, call.FindPlan{To: "+442079460000"}); !reflect.DeepEqual(got, call.Unplanned{Cause: 57, Why: "no more"}) {
		t.Errorf("refused with %+v", got)
	}
}

// TestClasses: each agent's class, with its time range in the organisation's timezone.
func TestClasses(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	never := set(o, shelves.Ranges, "", func(r *settings.TimeRange) {
		r.Name, r.Rows = "Past", []schedule.Row{{StartDate: "2001-01-01", EndDate: "2001-12-31"}}
	})
	always := set(o, shelves.Ranges, "", func(r *settings.TimeRange) {
		r.Name, r.Rows = "Any day", []schedule.Row{{StartDay: 1, EndDay: 7}}
	})
	then := set(o, shelves.Classes, "", func(c *settings.Class) { c.Name, c.TimeRange = "Then", never })
	open := set(o, shelves.Classes, "", func(c *settings.Class) {
		c.Name, c.AllowedCountries, c.BlockPremium, c.TimeRange, c.LeaveOutside = "Open", []string{"33"}, false, always, true
	})
	set(o, shelves.Agents, o.ids["Ann"], func(a *settings.Agent) { a.ClassOfService = open })
	set(o, shelves.Agents, o.ids["Bob"], func(a *settings.Agent) { a.ClassOfService = then })
	for _, c := range []struct {
		agent, to string
		want      dialing.Rule
	}{
		{"Ann", "+33142685300", ""}, {"Ann", "+33899123456", ""}, {"Ann", "+442079460000", dialing.CountryBlocked},
		{"Bob", "025550199", dialing.OutsideTime},
	} {
		one, _ := o.sites.Of(o.org)
		d, err := one.Decide(dialing.Request{Agent: id.Agent(o.ids[c.agent]), To: c.to})
		if err != nil || d.Blocked != c.want {
			t.Errorf("%s to %s: %q, %v", c.agent, c.to, d.Blocked, err)
		}
	}
	one, _ := o.sites.Of(o.org)
	if !one.Dialing.LeaveOutside(id.Agent(o.ids["Ann"])) || one.Dialing.LeaveOutside(id.Agent(o.ids["Bob"])) {
		t.Error("Ann's class lets outside parties talk on without her, Bob's does not")
	}
}

// TestEmergency: no class stands in its way, the guard hears of it without being asked, and a call back to the number that was
// shown rings the agent whatever else the number leads to (BX-13).
func TestEmergency(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	set(o, shelves.Classes, "", func(c *settings.Class) { c.Name, c.Default, c.OutboundEnabled = "Nothing", true, false })
	set(o, shelves.Org, string(o.org), func(s *settings.Organisation) { s.Emergency = []string{"1717"} })
	set(o, shelves.Agents, o.ids["Bob"], func(a *settings.Agent) { a.DefaultNumber = o.ids["number 2"] })
	g := &guarded{}
	o.sites.Guard = g
	bob := id.Agent(o.ids["Bob"])
	for _, typed := range []string{"112", "0112", "1717"} {
		if !o.sites.Emergency(o.org, typed) {
			t.Errorf("%s is no emergency number", typed)
		}
		p, ok := o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: bob, To: typed}).(call.Planned)
		trunks := []id.Trunk{}
		for _, r := range p.Routes {
			trunks = append(trunks, r.Trunk)
		}
		want := []id.Trunk{id.Trunk(o.ids["Carrier"]), id.Trunk(o.ids["Backup"])}
		if !ok || !p.Emergency || !slices.Equal(trunks, want) || p.CallerID != "+3225550002" {
			t.Errorf("%s: %+v", typed, p)
		}
	}
	if o.sites.Emergency(o.org, "201") || o.sites.Emergency("nobody", "112") {
		t.Error("an extension, or a number of an organisation that is not here, is an emergency number")
	}
	if len(g.emergency) != 3 || g.emergency[0] != (store.EmergencyCall{Shown: "+3225550002", Agent: bob, Dialled: "112"}) || len(g.asked) != 0 {
		t.Errorf("the guard heard %+v and was asked %+v", g.emergency, g.asked)
	}
	back, ok := o.sites.Route(o.ctx, o.org, call.FindRoute{Trunk: id.Trunk(o.ids["Carrier"]), From: "+3227000000", To: "025550002"}).(call.Routed)
	if !ok || back.Agent != bob || back.Destination != (dest.Destination{Kind: dest.Agent, Target: string(bob)}) {
		t.Errorf("a call back is routed %+v", back)
	}
	if r, _ := o.sites.Route(o.ctx, o.org, call.FindRoute{To: "+3225550004"}).(call.Routed); r.Agent != "" || len(r.Say) == 0 {
		t.Error("another number rings bob too")
	}
}

// TestTolls: what an administrator sets is what the guard keeps to.
func TestTolls(t *testing.T) {
	o := newOffice(t)
	one, _ := o.sites.Of(o.org)
	if got := one.Tolls(); !reflect.DeepEqual(got, dialing.StandardTolls()) {
		t.Errorf("the defaults are %+v", got)
	}
	set(o, o.sites.DB.Shelves().Org, string(o.org), func(s *settings.Organisation) {
		s.Dialing = settings.Dialing{
			UserCallsHour: 1, UserCallsDay: 2, UserMinutesHour: 3, UserMinutesDay: 4, UserInternationalHour: 5, UserInternationalDay: 6,
			TrunkCallsHour: 7, TrunkCallsDay: 8, TrunkMinutesHour: 9, TrunkMinutesDay: 10, TrunkInternationalHour: 11, TrunkInternationalDay: 12,
			CallsHour: 13, CallsDay: 14, MinutesHour: 15, MinutesDay: 16, InternationalHour: 17, InternationalDay: 18,
			UserSpendHour: 21, UserSpendDay: 22, TrunkSpendHour: 23, TrunkSpendDay: 24, SpendHour: 25, SpendDay: 26, Currency: "USD",
			BurstCalls: 19, BurstMinutes: 20, ExternalForwarding: true, MailboxCallOut: true,
		}
	})
	rate := settings.New[settings.Rate]()
	rate.Name, rate.Prefixes, rate.Minute, rate.Fee = "Belgium", []string{"+32"}, 0.0125, 0.05
	if _, err := o.sites.DB.Shelves().Rates.Create(store.WithOrg(o.ctx, o.org), store.Actor{}, rate); err != nil {
		t.Fatal(err)
	}
	if _, err := o.sites.Reload(o.ctx, o.org); err != nil {
		t.Fatal(err)
	}
	one, _ = o.sites.Of(o.org)
	want := "{{1 2 3 4 5 6 21 22} {7 8 9 10 11 12 23 24} {13 14 15 16 17 18 25 26} 19 20 [{+32  12500 50000}] USD}"
	if got := fmt.Sprint(one.Tolls()); got != want || !one.Dialing.ExternalForwarding || !one.Dialing.MailboxCallOut {
		t.Errorf("the guard keeps to %s", got)
	}
}
