package site

import (
	"testing"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/tel"
)

// TestConsent: what is asked before a recording goes by the longest beginning of the customer's number, inbound and outbound, for the
// rest by the entry without one; colleagues are not asked (BX-18).
func TestConsent(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	say := func(text string) prompt.Prompt { return prompt.Prompt{Text: text} }
	set(o, shelves.Org, string(o.org), func(s *settings.Organisation) {
		s.Consent = []settings.Consent{
			{Prefixes: []string{"+49", "+43"}, Rule: "opt_in", Key: "1", Prompt: say("press 1")},
			{Prefixes: []string{"+4930"}, Rule: "notice", Key: "9", Prompt: say("press 9")},
			{Prefixes: []string{"+44", "+3"}, Rule: "none"},
			{Rule: "notice", Key: "7", Prompt: say("press 7")},
		}
	})
	for from, want := range map[tel.Number]call.Rule{
		"+498912345": call.RuleOptIn, "+431234567": call.RuleOptIn, "+493012345": call.RuleNotice, "+442079460000": "", "+32470111222": "",
		"0470111222": "", "+12025550147": call.RuleNotice, "": call.RuleNotice,
	} {
		r, ok := o.sites.Route(o.ctx, o.org, call.FindRoute{Trunk: id.Trunk(o.ids["Carrier"]), From: from, To: "+3225550000"}).(call.Routed)
		got := call.Consent{}
		if r.Consent != nil {
			got = *r.Consent
		}
		if !ok || got.Rule != want || want != "" && got.Prompt.Text != "press "+string(got.Key) {
			t.Errorf("from %q: %+v, want %s", from, got, want)
		}
	}
	one, _ := o.sites.Of(o.org)
	if one.consent("201") != nil {
		t.Error("a colleague is asked")
	}
	set(o, shelves.Classes, "", func(c *settings.Class) { c.Name, c.Default, c.AllowedCountries = "All", true, []string{"49"} })
	p, ok := o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: id.Agent(o.ids["Ann"]), To: "+493012345"}).(call.Planned)
	if !ok || p.Consent == nil || p.Consent.Rule != call.RuleNotice || p.Consent.Key != "9" {
		t.Errorf("a call out is planned %+v", p)
	}
	spoken := 0
	for _, said := range one.Prompts() {
		if said.Text == "press 1" || said.Text == "press 7" || said.Text == "press 9" {
			spoken++
		}
	}
	if spoken != 3 {
		t.Errorf("%d of 3 prompts are spoken beforehand", spoken)
	}
}
