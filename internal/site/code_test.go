package site

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"testing"

	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/tel"
)

// TestFeatureCode: a code is done once, when it is dialled by hand, and confirmed; a transfer to it does nothing, and what is refused says
// why. A code that was changed acts under its new number (BX-31).
func TestFeatureCode(t *testing.T) {
	o := newOffice(t)
	ann := id.Agent(o.ids["Ann"])
	var pressed []string
	o.sites.Press = func(_ context.Context, _ *Site, agent id.Agent, which dialing.Feature, rest string) ([]prompt.Prompt, error) {
		pressed = append(pressed, string(agent)+" "+string(which)+" "+rest)
		if rest == "999" {
			return nil, errors.New("nobody has the extension 999")
		}
		return []prompt.Prompt{prompt.OfStandard(prompt.CodeForward)}, nil
	}
	dial := func(to string, hand bool, move int) call.Signal {
		return o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: ann, To: to, Hand: hand, Move: move})
	}
	p, is := dial("*72202", true, 0).(call.Planned)
	if !is || len(p.Say) != 1 || p.Say[0].Value != string(prompt.CodeForward) || p.Say[0].Language == "" || p.Number != "*72202" {
		t.Errorf("by hand: %+v", p)
	}
	for name, got := range map[string]call.Signal{"a transfer": dial("*78", true, 1), "not by hand": dial("*78", false, 0)} {
		if want := (call.Unplanned{Cause: tel.CauseNotAllowed, Why: "a feature code is dialled by itself"}); got != want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := dial("*72999", true, 0); got != (call.Unplanned{Cause: tel.CauseNotAllowed, Why: "nobody has the extension 999"}) {
		t.Errorf("refused: %+v", got)
	}
	if got := dial("*69", true, 0); got != (call.Unplanned{Cause: tel.CauseTemporaryFailure, Why: "nobody has called you yet"}) {
		t.Errorf("the last caller: %+v", got)
	}
	set(o, o.sites.DB.Shelves().Org, string(o.org), func(s *settings.Organisation) { s.Codes.DoNotDisturb = "*11" })
	dial("*11", true, 0)
	want := []string{string(ann) + " forwarding_on 202", string(ann) + " forwarding_on 999", string(ann) + " do_not_disturb_on "}
	if !slices.Equal(pressed, want) {
		t.Errorf("pressed %q, not %q", pressed, want)
	}
}

// TestMayOverride: what a code or the page switches instead of the presence is refused in words where it may not be (PR-3, AG-8).
func TestMayOverride(t *testing.T) {
	o := newOffice(t)
	one, _ := o.sites.Of(o.org)
	ann := id.Agent(o.ids["Ann"])
	own := one.Records.Agents[ann].Extension
	for _, c := range []struct {
		agent     id.Agent
		to, why   string
		forbidden bool
	}{
		{ann, own, "This is your own extension: choose another one.", false},
		{ann, "998", "Nobody has the extension 998.", false},
		{ann, "+32470111222", "You may forward calls to extensions only. Ask an administrator to allow numbers outside.", true},
		{"", "202", "You have no agent profile, so there are no calls to forward. Ask an administrator for one.", true},
	} {
		err := one.MayOverride(c.agent, presence.Overrides{Forwarding: "always", ForwardTo: c.to})
		if !errors.Is(err, OverrideRefusal{Forbidden: c.forbidden, Why: c.why}) {
			t.Errorf("to %s: %v", c.to, err)
		}
	}
	if err := one.MayOverride(ann, presence.Overrides{DoNotDisturb: presence.On}); err != nil {
		t.Error(err)
	}
}

// TestIntercom: the code and an extension reach an agent whose device answers by itself; whoever cannot be reached so is not, and the reason
// is said (BX-28).
func TestIntercom(t *testing.T) {
	o := newOffice(t)
	one, _ := o.sites.Of(o.org)
	ann, bob := id.Agent(o.ids["Ann"]), id.Agent(o.ids["Bob"])
	extension, name := one.Records.Agents[bob].Extension, one.Routing.Agents[bob].Name
	dial := func(to string, hand bool) call.Signal {
		return o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: ann, To: to, Hand: hand})
	}
	p, is := dial("*80"+extension, true).(call.Planned)
	if !is || !p.Intercom || p.Agent != bob || p.AgentName != name || string(p.Number) != extension || p.RingSeconds != one.Org.RingSeconds {
		t.Errorf("planned %+v", p)
	}
	refused := func(what, to string, hand bool, cause tel.Cause, why string) {
		t.Helper()
		if got := dial(to, hand); got != (call.Unplanned{Cause: cause, Why: why}) {
			t.Errorf("%s: %+v", what, got)
		}
	}
	refused("a transfer", "*80"+extension, false, tel.CauseNotAllowed, "a feature code is dialled by itself")
	refused("no extension", "*80", true, tel.CauseInvalidNumber, "dial the extension right behind the code of the intercom")
	refused("a number outside", "*80+32470111222", true, tel.CauseInvalidNumber, "the intercom reaches extensions only")
	refused("nobody", "*80998", true, tel.CauseUnallocated, "nobody has the extension 998")
	refused("oneself", "*80"+one.Records.Agents[ann].Extension, true, tel.CauseBusy, "this is your own extension")

	check(t, o.sites.SetPresence(o.ctx, o.org, id.User(one.Records.Agents[bob].User), one.Presence.Quiet(presence.Own{}, true)))
	refused("do not disturb", "*80"+extension, true, tel.CauseRejected, name+" does not want to be disturbed now")
	check(t, o.sites.SetPresence(o.ctx, o.org, id.User(one.Records.Agents[bob].User), presence.Own{}))
	set(o, o.sites.DB.Shelves().Users, one.Records.Agents[bob].User, func(u *settings.User) { u.Switches.ReachedByIntercom = false })
	refused("the switch is off", "*80"+extension, true, tel.CauseRejected, name+" is not reached by intercom: call "+extension+" instead")
}

// TestPage: the number of a paging group reaches its agents, but for the one who speaks and those who are not to be disturbed; who may not
// speak to it is told so, and a group that is switched off is no number at all (BX-28).
func TestPage(t *testing.T) {
	o := newOffice(t)
	one, _ := o.sites.Of(o.org)
	ann, bob := id.Agent(o.ids["Ann"]), id.Agent(o.ids["Bob"])
	userOf := func(a id.Agent) string { return one.Records.Agents[a].User }
	which := set(o, o.sites.DB.Shelves().Paging, "", func(g *settings.Paging) {
		g.Name, g.Number, g.Users = "Warehouse", "705", []string{userOf(ann), userOf(bob)}
	})
	dial := func(from id.Agent, hand bool) call.Signal {
		return o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: from, To: "705", Hand: hand})
	}
	p, is := dial(ann, true).(call.Planned)
	if !is || p.Page == nil || p.Page.Name != "Warehouse" || p.Page.Seconds != 60 || !p.Page.Tone || len(p.Page.Members) != 1 || p.Page.Members[0].Agent != bob {
		t.Errorf("planned %+v, %+v", p, p.Page)
	}
	if slots := o.sites.Parking(o.org, ann).Slots; slices.Contains(slots, "705") {
		t.Errorf("calls are parked in the group's number: %q", slots)
	}
	if got := dial(ann, false); got != (call.Unplanned{Cause: tel.CauseNotAllowed, Why: "the number of a paging group is dialled by itself"}) {
		t.Errorf("a transfer: %+v", got)
	}
	check(t, o.sites.SetPresence(o.ctx, o.org, id.User(userOf(bob)), one.Presence.Quiet(presence.Own{}, true)))
	if p, is := dial(ann, true).(call.Planned); !is || p.Page == nil || len(p.Page.Members) != 0 {
		t.Errorf("on do not disturb: %+v", p.Page)
	}
	set(o, o.sites.DB.Shelves().Paging, which, func(g *settings.Paging) { g.Speakers = []string{userOf(bob)} })
	want := call.Unplanned{Cause: tel.CauseNotAllowed, Why: "you may not speak to Warehouse: an administrator adds you to those who may"}
	if got := dial(ann, true); got != want {
		t.Errorf("who may not: %+v", got)
	}
	if _, is := dial(bob, true).(call.Planned); !is {
		t.Error("who may is refused")
	}
	set(o, o.sites.DB.Shelves().Paging, which, func(g *settings.Paging) {
		g.Way, g.Address, g.Port, g.Codec, g.TTL = settings.PagingMulticast, "239.255.71.1", 20000, "G722", 3
	})
	group := call.Multicast{Group: netip.MustParseAddrPort("239.255.71.1:20000"), Codec: "G722", TTL: 3}
	if p, is := dial(bob, true).(call.Planned); !is || len(p.Page.Members) != 0 || p.Page.Multicast == nil || *p.Page.Multicast != group {
		t.Errorf("by multicast: %+v", p.Page)
	}
	set(o, o.sites.DB.Shelves().Paging, which, func(g *settings.Paging) { g.Active = false })
	if _, is := dial(bob, true).(call.Planned); is {
		t.Error("a group that is off is spoken to")
	}
}
