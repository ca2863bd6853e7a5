package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

// TestOwnSettings lets an agent change the own devices, forwarding and profile, holds them to class and switches, and keeps
// everybody else out.
func TestOwnSettings(t *testing.T) {
	w := newWorld(t)
	ann := w.as("ann")
	own := read[OwnSettings](t, ann.get("/api/settings/me"))
	if own.Fields.PreferredDevice != "softphone" || own.Outside || !own.DeskPhone {
		t.Errorf("at first: %+v", own)
	}
	put := func(change func(*OwnFields)) answer {
		t.Helper()
		own := read[OwnSettings](t, ann.get("/api/settings/me"))
		change(&own.Fields)
		fields, err := json.Marshal(own.Fields)
		check(t, err)
		return ann.do(http.MethodPut, "/api/settings/me", fmt.Sprintf(`{"version":%d,"fields":%s}`, own.Version, fields))
	}
	refused := func(words string, change func(*OwnFields)) {
		t.Helper()
		if a := put(change); a.status != 422 || !strings.Contains(a.detail(t), words) {
			t.Errorf("%s: %d %s", words, a.status, a.body)
		}
	}
	forward := func(to string) func(*OwnFields) {
		return func(f *OwnFields) { f.Forwarding, f.ForwardTo = "failover", to }
	}
	refused("another extension than your own", forward("202"))
	refused("must be an extension", forward("+32470111222"))
	refused("forward_to", forward(""))
	refused("receiving_number cannot be this one", func(f *OwnFields) { f.ReceivingNumber = "112" })
	refused("not in the library", func(f *OwnFields) { f.UnavailableGreeting.Audio = "nothing" })
	after := read[OwnSettings](t, put(func(f *OwnFields) {
		forward("203")(f)
		f.DisplayName, f.RingStrategy, f.DefaultStatus = "Annie", "simultaneous", "available"
	}))
	if f := after.Fields; f.DisplayName != "Annie" || f.RingStrategy != "simultaneous" || f.ForwardTo != "203" {
		t.Errorf("after it: %+v", f)
	}
	agent, err := w.doors.DB.Shelves().Agents.Get(w.ctx, string(w.agents["ann"]))
	check(t, err)
	if agent.Fields.Extension != "202" || agent.Fields.User != string(w.users["ann"]) || agent.Fields.DisplayName != "Annie" {
		t.Errorf("the whole profile: %+v", agent.Fields)
	}
	shelves := w.doors.DB.Shelves()
	change(w, shelves.Users, string(w.users["ann"]), func(u *settings.User) { u.Switches.ExternalForwarding = true })
	refused("must be an extension", forward("+32470111222")) // the organisation has it closed to everybody (BX-15)
	change(w, shelves.Org, string(w.org), func(o *settings.Organisation) { o.Dialing.ExternalForwarding = true })
	refused("cannot be this number", forward("112"))
	if own := read[OwnSettings](t, ann.get("/api/settings/me")); !own.Outside {
		t.Error("the switch is not seen")
	}
	w.as("none").said("GET", "/api/settings/me", "", 403, "role")
	ann.said("PUT", "/api/settings/agents/"+string(w.agents["bob"]), `{"version":1,"fields":{}}`, 403, "role")
}

// TestOwnFollowMe keeps up to ten numbers at which an agent's direct calls ring too, in their full form, and refuses those that no call
// may follow to (BX-29).
func TestOwnFollowMe(t *testing.T) {
	w := newWorld(t)
	ann := w.as("ann")
	put := func(way string, numbers ...string) answer {
		t.Helper()
		own := read[OwnSettings](t, ann.get("/api/settings/me"))
		own.Fields.FollowMe, own.Fields.FollowNumbers = way, []settings.FollowNumber{}
		for i, n := range numbers {
			own.Fields.FollowNumbers = append(own.Fields.FollowNumbers, settings.FollowNumber{To: n, DelaySeconds: i, RingSeconds: 15})
		}
		fields, err := json.Marshal(own.Fields)
		check(t, err)
		return ann.do(http.MethodPut, "/api/settings/me", fmt.Sprintf(`{"version":%d,"fields":%s}`, own.Version, fields))
	}
	refused := func(words, way string, numbers ...string) {
		t.Helper()
		if a := put(way, numbers...); a.status != 422 || !strings.Contains(a.detail(t), words) {
			t.Errorf("%s: %d %s", words, a.status, a.body)
		}
	}
	refused("must hold a number or an extension", "at_once")
	refused("This is your own extension", "at_once", "202")
	refused("Nobody has the extension", "at_once", "299")
	refused("extensions only", "at_once", "+32470111222") // neither the organisation nor the switch lets calls out
	refused("is there already", "in_order", "203", "203")
	shelves := w.doors.DB.Shelves()
	change(w, shelves.Users, string(w.users["ann"]), func(u *settings.User) { u.Switches.ExternalForwarding = true })
	change(w, shelves.Org, string(w.org), func(o *settings.Organisation) { o.Dialing.ExternalForwarding = true })
	refused("emergency number", "at_once", "112")
	many := make([]string, 11)
	for i := range many {
		many[i] = fmt.Sprintf("+324701112%02d", i)
	}
	refused("follow_numbers", "at_once", many...)
	trunk := store.NewTrunk("Carrier", store.TrunkByAddress)
	trunk.Networks, trunk.Proxy = []string{"192.0.2.0/24"}, "192.0.2.1:5060"
	check(t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	number := store.NewNumber("+3225550100", trunk.ID)
	check(t, w.doors.DB.CreateNumber(w.ctx, &number))
	check(t, w.changed(w.ctx, w.org))
	refused("number of the organisation", "at_once", "+3225550100")
	after := read[OwnSettings](t, put("in_order", "203", "0470 11 12 22"))
	if f := after.Fields; f.FollowMe != "in_order" || len(f.FollowNumbers) != 2 || f.FollowNumbers[1] != (settings.FollowNumber{To: "+32470111222", DelaySeconds: 1, RingSeconds: 15}) {
		t.Errorf("after it: %+v", f)
	}
	change(w, shelves.Users, string(w.users["ann"]), func(u *settings.User) { u.Switches.ExternalForwarding = false })
	if a := put("off", "203", "+32470111222"); a.status != 200 { // what is there may stay, and is asked again before it is called
		t.Errorf("switched off: %d %s", a.status, a.body)
	}
	agent, err := shelves.Agents.Get(w.ctx, string(w.agents["ann"]))
	check(t, err)
	agent.Fields.FollowMe, agent.Fields.FollowNumbers = "at_once", []settings.FollowNumber{{To: "112", RingSeconds: 20}}
	fields, err := json.Marshal(agent.Fields)
	check(t, err)
	body := fmt.Sprintf(`{"version":%d,"fields":%s}`, agent.Version, fields)
	w.as("admin").said("PUT", "/api/settings/agents/"+string(w.agents["ann"]), body, 422, "emergency number")
}
