package site

import (
	"slices"
	"testing"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
)

// TestParking: an organisation parks in 701 to 720, but for the extensions of its agents, for as long as it says; who dials a slot where
// nobody is, or 700 outside a call, is told so.
func TestParking(t *testing.T) {
	o := newOffice(t)
	ann := id.Agent(o.ids["Ann"])
	p := o.sites.Parking(o.org, ann)
	if len(p.Slots) != 20 || p.Slots[0] != "701" || p.Slots[19] != "720" || p.Any != "700" {
		t.Errorf("parks in %+v", p)
	}
	for to, why := range map[string]string{"700": "this number parks calls: transfer a call to it", "705": "nobody is parked in slot 705"} {
		if got := o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: ann, To: to}); got != (call.Unplanned{Cause: tel.CauseUnallocated, Why: why}) {
			t.Errorf("%s: %+v", to, got)
		}
	}
	rings := call.Unplanned{Cause: tel.CauseUnallocated, Why: "nothing rings there that you may pick up"}
	for _, to := range []string{"*8", "**202"} {
		if got := o.sites.Dial(o.ctx, o.org, call.FindPlan{Agent: ann, To: to}); got != rings {
			t.Errorf("%s: %+v", to, got)
		}
	}
	shelves := o.sites.DB.Shelves()
	set(o, shelves.Agents, string(ann), func(a *settings.Agent) { a.Extension = "705" })
	set(o, shelves.Org, string(o.org), func(s *settings.Organisation) { s.Dialing.ParkSeconds = 60 })
	p = o.sites.Parking(o.org, ann)
	if slices.Contains(p.Slots, "705") || len(p.Slots) != 19 || p.Seconds != 60 {
		t.Errorf("with an agent at 705 parks in %+v", p)
	}
	if p := o.sites.Parking("nobody", ann); len(p.Slots) > 0 {
		t.Errorf("an unknown organisation parks in %+v", p)
	}
}
