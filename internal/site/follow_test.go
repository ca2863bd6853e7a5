package site

import (
	"strings"
	"testing"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/settings"
)

// TestFollowMe: an agent's direct calls take along where else they ring, from outside and from colleagues, but not where they are always
// forwarded; each number is looked at when it is its turn (BX-29).
func TestFollowMe(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	may(o, "Ann", true, true)
	toAnn := call.FindNext{To: dest.Destination{Kind: dest.Agent, Target: o.ids["Ann"]}}
	follow := func(way string, change func(*settings.Agent)) *call.FollowMe {
		t.Helper()
		set(o, shelves.Agents, o.ids["Ann"], func(a *settings.Agent) {
			a.FollowMe, a.Forwarding, a.DefaultLanguage = way, "off", "en"
			a.FollowNumbers = []settings.FollowNumber{
				{To: "0470 99 98 88", DelaySeconds: 5, RingSeconds: 15}, {To: "202", RingSeconds: 20},
			}
			if change != nil {
				change(a)
			}
		})
		r, ok := o.sites.Next(o.ctx, o.org, toAnn).(call.Routed)
		if !ok {
			t.Fatalf("Ann is not reached: %+v", r)
		}
		return r.FollowMe
	}
	if f := follow("off", nil); f != nil {
		t.Errorf("switched off: %+v", f)
	}
	if f := follow("in_order", func(a *settings.Agent) { a.Forwarding, a.ForwardTo = "always", "202" }); f != nil {
		t.Errorf("forwarded: %+v", f)
	}
	f := follow("in_order", nil)
	outside, bob := dest.Destination{Kind: dest.External, Target: "+32470999888"}, dest.Destination{Kind: dest.Agent, Target: o.ids["Bob"]}
	if f == nil || !f.InOrder || len(f.Targets) != 2 || f.Targets[0] != (call.FollowTarget{To: outside, Delay: 5, Seconds: 15}) ||
		f.Targets[1] != (call.FollowTarget{To: bob, Name: "Bob Ash", Seconds: 20}) {
		t.Errorf("in order: %+v", f)
	}
	p, _ := o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: id.Agent(o.ids["Bob"]), To: "201", Hand: true}).(call.Planned)
	if p.FollowMe == nil || len(p.FollowMe.Targets) != 2 {
		t.Errorf("a colleague calls: %+v", p)
	}

	ask := func(to dest.Destination) call.Signal {
		return o.sites.Next(o.ctx, o.org, call.FindNext{To: to, From: "+32470111222", Forwarder: id.Agent(o.ids["Ann"]), Follow: 7})
	}
	r, _ := ask(outside).(call.Routed)
	want := []prompt.Prompt{
		prompt.OfStandard(prompt.FollowCaller), prompt.OfDigits("32470111222"), prompt.OfStandard(prompt.FollowAccept), prompt.OfBeep(),
	}
	if r.Follow != 7 || r.External == nil || len(r.External.Ways) == 0 || len(r.Say) != len(want) {
		t.Fatalf("outside: %+v", r)
	}
	for i := range want {
		if r.Say[i] != want[i].In(prompt.English) {
			t.Errorf("who answers hears %+v", r.Say[i])
		}
	}
	if r, _ := ask(bob).(call.Routed); r.Agent != id.Agent(o.ids["Bob"]) || r.Follow != 7 || r.Away != "" {
		t.Errorf("a colleague is rung: %+v", r)
	}
	refused := func(to dest.Destination, words string) {
		t.Helper()
		if r, is := ask(to).(call.Unrouted); !is || r.Follow != 7 || !strings.Contains(r.Why, words) {
			t.Errorf("%v: %+v, not refused as %q", to, r, words)
		}
	}
	number := func(n string) dest.Destination { return dest.Destination{Kind: dest.External, Target: n} }
	refused(number("112"), "emergency")
	refused(number("+3225550000"), "number of the organisation")
	refused(number("+12125550100"), "class of service")
	refused(dest.Destination{Kind: dest.Agent, Target: o.ids["Cleo"]}, "nobody has this extension")
	may(o, "Ann", true, false)
	refused(outside, "may not be forwarded")
	may(o, "Ann", false, true)
	refused(outside, "may not be forwarded")
}
