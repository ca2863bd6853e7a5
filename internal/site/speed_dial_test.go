package site

import (
	"testing"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
)

// TestSpeedDial: the number under two digits is called as if it had been typed: from the page, the desk phone and by a transfer, within
// the class of service, and an emergency number as one. Where there is none the refusal says so; a changed code acts, one that is off
// does not (BX-32).
func TestSpeedDial(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	ann := id.Agent(o.ids["Ann"])
	set(o, shelves.Classes, "", func(c *settings.Class) { c.Name, c.Default, c.AllowedCountries = "Office", true, []string{"32"} })
	set(o, shelves.Agents, o.ids["Ann"], func(a *settings.Agent) {
		a.SpeedDials = []settings.SpeedDial{
			{Code: "01", Label: "Mobile", To: "0470 99 98 88"}, {Code: "02", To: "202"}, {Code: "03", To: "+44 20 7946 0000"}, {Code: "11", To: "112"},
		}
	})
	dial := func(a call.FindPlan) call.Signal {
		a.Agent = ann
		return o.sites.Dial(o.ctx, o.org, a)
	}
	for name, plan := range map[string]call.FindPlan{
		"the page": {Hand: true}, "the desk phone": {Hand: true, Phone: true}, "a transfer": {Move: 1},
	} {
		plan.To = "*001"
		if p, ok := dial(plan).(call.Planned); !ok || p.Number != "+32470999888" || len(p.Routes) == 0 || len(p.Say) != 0 {
			t.Errorf("from %s: %+v", name, p)
		}
		plan.To = "*002"
		if p, ok := dial(plan).(call.Planned); !ok || p.Number != "202" || p.Agent != id.Agent(o.ids["Bob"]) {
			t.Errorf("an extension from %s: %+v", name, p)
		}
	}
	typed, byCode := dial(call.FindPlan{To: "+44 20 7946 0000", Hand: true}), dial(call.FindPlan{To: "*003", Hand: true})
	if u, ok := byCode.(call.Unplanned); !ok || u.Cause != tel.CauseNotAllowed || byCode != typed {
		t.Errorf("forbidden by the class: %+v, typed: %+v", byCode, typed)
	}
	if p, ok := dial(call.FindPlan{To: "*011", Hand: true}).(call.Planned); !ok || !p.Emergency {
		t.Errorf("an emergency number: %+v", p)
	}
	for to, why := range map[string]string{
		"*007": "there is no speed dial 07", "*01": "there is no speed dial 1", "*0": "the two digits of a speed dial follow *0",
	} {
		if got := dial(call.FindPlan{To: to, Hand: true}); got != (call.Unplanned{Cause: tel.CauseUnallocated, Why: why}) {
			t.Errorf("%s: %+v", to, got)
		}
	}
	bob := call.FindPlan{Agent: id.Agent(o.ids["Bob"]), To: "*001", Hand: true}
	if got := o.sites.Dial(o.ctx, o.org, bob); got != (call.Unplanned{Cause: tel.CauseUnallocated, Why: "there is no speed dial 01"}) {
		t.Errorf("another agent's: %+v", got)
	}
	set(o, shelves.Org, string(o.org), func(s *settings.Organisation) { s.Codes.SpeedDial = "*5" })
	if p, ok := dial(call.FindPlan{To: "*502", Hand: true}).(call.Planned); !ok || p.Number != "202" {
		t.Errorf("a changed code: %+v", p)
	}
	if p, ok := dial(call.FindPlan{To: "*002", Hand: true}).(call.Planned); ok {
		t.Errorf("the code before: %+v", p)
	}
}

// TestTypedSpeedDial: all that looks at a typed number finds what a speed dial stands for; what is none stays as it is typed (BX-32).
func TestTypedSpeedDial(t *testing.T) {
	o := newOffice(t)
	set(o, o.sites.DB.Shelves().Agents, o.ids["Ann"], func(a *settings.Agent) {
		a.SpeedDials = []settings.SpeedDial{{Code: "11", To: "112"}, {Code: "70", To: "701"}}
	})
	ann := id.Agent(o.ids["Ann"])
	for typed, want := range map[string]string{"*011": "112", "*070": "701", "*007": "*007", "*0": "*0", "*69": "*69", "202": "202", "": ""} {
		if got := o.sites.Typed(o.org, ann, typed); got != want {
			t.Errorf("%q is %q, not %q", typed, got, want)
		}
	}
	if got := o.sites.Typed(o.org, id.Agent(o.ids["Bob"]), "*011"); got != "*011" {
		t.Errorf("another agent's is %q", got)
	}
	if got := o.sites.Typed("nobody", ann, "*011"); got != "*011" {
		t.Errorf("in another organisation it is %q", got)
	}
}
