package site

import (
	"testing"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/tel"
)

// TestEmergencyLocation: help is sent to where the desk phone stands, else to where the number is that is shown; the trunks that
// carry a location are tried with it first, and at last without it (BX-14).
func TestEmergencyLocation(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	place := func(name, room string) string {
		return set(o, shelves.Locations, "", func(l *settings.Location) {
			l.Name, l.Street, l.City, l.PostalCode, l.Country, l.Floor, l.Room = name, "Veldstraat 12", "Ghent", "9000", "BE", "3", room
		})
	}
	desk, house := place("Desk", "3.14"), place("House", "")
	ann := id.Agent(o.ids["Ann"])
	dial := func(a call.FindPlan) call.Planned {
		t.Helper()
		p, ok := o.sites.Dial(o.ctx, o.org, a).(call.Planned)
		if !ok || len(p.Routes) == 0 {
			t.Fatalf("planned %+v", p)
		}
		return p
	}
	if p := dial(call.FindPlan{Agent: ann, To: "112", Phone: true}); p.Location != (tel.Location{}) || len(p.Routes) != 2 {
		t.Errorf("nobody has said where, and it is %+v", p)
	}
	set(o, shelves.Agents, o.ids["Ann"], func(a *settings.Agent) { a.EmergencyLocation = desk })
	set(o, shelves.Trunks, o.ids["Backup"], func(tr *settings.Trunk) { tr.Geolocation = true })
	shown := dial(call.FindPlan{Agent: ann, To: "112"}).CallerID
	for _, n := range []string{"number 0", "number 1", "number 2"} {
		set(o, shelves.Numbers, o.ids[n], func(n *settings.Number) {
			if n.PhoneNumber == string(shown) {
				n.EmergencyLocation = house
			}
		})
	}
	if p := dial(call.FindPlan{Agent: ann, To: "112"}); p.Location.Words() != "House, Veldstraat 12, 9000 Ghent, BE, floor 3" {
		t.Errorf("at the page: %q", p.Location.Words())
	}
	one, ok := o.sites.Of(o.org)
	if !ok {
		t.Fatal("the company is not there")
	}
	said := store.Whereabouts{User: id.User(one.Records.Agents[ann].User), Network: "203.0.113.0/24", Address: tel.Location{Name: "Home", Street: "Kerkstraat 1"}}
	for _, c := range []struct{ at, want string }{{"", "Home, Kerkstraat 1"}, {desk, "Desk, Veldstraat 12, 9000 Ghent, BE, floor 3, room 3.14"}} {
		if said.Location = c.at; o.sites.DB.ConfirmWhereabouts(o.ctx, &said) != nil {
			t.Fatal("what Ann says is not kept")
		}
		if p := dial(call.FindPlan{Agent: ann, To: "112"}); p.Location.Words() != c.want {
			t.Errorf("where Ann has said to be: %q", p.Location.Words())
		}
	}
	p := dial(call.FindPlan{Agent: ann, To: "112", Phone: true})
	if p.Location.Words() != "Desk, Veldstraat 12, 9000 Ghent, BE, floor 3, room 3.14" {
		t.Errorf("at the desk phone: %q", p.Location.Words())
	}
	told := ""
	for _, r := range p.Routes {
		told += r.Name
		if r.Location != nil {
			told += " at " + r.Location.Room
		}
		told += ", "
	}
	if told != "Carrier, Backup at 3.14, Backup, " {
		t.Errorf("the trunks are tried as %s", told)
	}
	if p := dial(call.FindPlan{Agent: ann, To: "+32470999999", Phone: true}); p.Location != (tel.Location{}) || p.Routes[0].Location != nil {
		t.Errorf("an ordinary call tells where the caller is: %+v", p)
	}
}
