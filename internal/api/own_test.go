package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
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
