package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/sip"
	"parley/internal/site"
	"parley/internal/store"
)

// TestOwnDeskPhone gives an agent whom an administrator has made a sign-in for a desk phone, and another password for the same one.
func TestOwnDeskPhone(t *testing.T) {
	w := newWorld(t)
	check(t, w.doors.DB.SetSIPDevice(w.ctx, w.agents["ann"], store.SIPDevice{})) // as the console makes agents
	check(t, w.changed(w.ctx, w.org))
	ann := w.as("ann")
	registers := func() string {
		s, _ := w.doors.Sites.Of(w.org)
		d, _ := s.Phone(w.agents["ann"])
		return d.HA1SHA256
	}
	if s := read[Session](t, ann.get("/api/session")); s.DeskPhone != nil || registers() != "" {
		t.Fatalf("at first: %+v, %q", s.DeskPhone, registers())
	}
	first := read[DeskPhone](t, ann.do(http.MethodPost, "/api/own/desk-phone", `{}`))
	again := read[DeskPhone](t, ann.do(http.MethodPost, "/api/own/desk-phone", `{}`))
	if first.Username == "" || again.Username != first.Username || again.Password == first.Password || len(again.Password) < 20 {
		t.Errorf("made %+v, then %+v", first, again)
	}
	if s := read[Session](t, ann.get("/api/session")); s.DeskPhone == nil || *s.DeskPhone != again {
		t.Errorf("the session says %+v", s.DeskPhone)
	}
	if _, sha := sip.HA1(again.Username, site.Realm, again.Password); registers() != sha {
		t.Error("the phone cannot register with it")
	}
	if a := w.as("admin").get("/api/audit"); !strings.Contains(a.body, "desk phone sign-in made") || strings.Contains(a.body, again.Password) {
		t.Errorf("audit: %s", a.body)
	}
}

// TestDeskPhoneOfAnAgent: an administrator links a desk phone to an agent, which may then ring first (AG-5), and takes it away.
func TestDeskPhoneOfAnAgent(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	user := read[store.Saved[settings.User]](t, c.post("/api/settings/users", `{"fields":{"email":"dee@example.com","first_name":"Dee","role":"agent"}}`))
	agent := read[store.Saved[settings.Agent]](t, c.post("/api/settings/agents", fmt.Sprintf(`{"fields":{"user":%q}}`, user.ID)))
	path := "/api/settings/agents/" + agent.ID
	prefer := func(device string) answer {
		row := read[store.Saved[settings.Agent]](t, c.get(path))
		return c.do(http.MethodPut, path, fmt.Sprintf(`{"version":%d,"fields":{"user":%q,"extension":%q,"preferred_device":%q}}`,
			row.Version, user.ID, row.Fields.Extension, device))
	}
	if p := prefer("desk_phone").problem(t, 422); p.Errors[0].Location != "body.fields.preferred_device" {
		t.Errorf("a phone that is not linked: %+v", p)
	}
	first := read[DeskPhone](t, c.post(path+"/desk-phone", ""))
	second := read[DeskPhone](t, c.post(path+"/desk-phone", ""))
	if first.Username != "phone-"+agent.Fields.Extension || second.Username != first.Username || second.Password == first.Password {
		t.Errorf("first %+v, then %+v", first, second)
	}
	if device, ok := w.doors.Sites.Device(second.Username, ""); !ok || string(device.Agent) != agent.ID {
		t.Errorf("the phone may register as %+v", device)
	}
	if a := prefer("desk_phone"); a.status != http.StatusOK {
		t.Errorf("a phone that is linked: %d %s", a.status, a.body)
	}
	if a := c.do(http.MethodDelete, path+"/desk-phone", ""); a.status != http.StatusConflict {
		t.Errorf("the preferred device is taken away: %d", a.status)
	}
	if a := prefer("softphone"); a.status != http.StatusOK {
		t.Fatalf("back: %d %s", a.status, a.body)
	}
	if a := c.do(http.MethodDelete, path+"/desk-phone", ""); a.status != http.StatusNoContent {
		t.Errorf("taken away: %d %s", a.status, a.body)
	}
	if _, ok := w.doors.Sites.Device(second.Username, ""); ok {
		t.Error("the phone that was taken away may register")
	}
	if audit := c.get("/api/audit?subject=" + agent.ID).body; strings.Count(audit, "desk phone") != 3 || strings.Contains(audit, second.Password) {
		t.Errorf("audit %s", audit)
	}
}
