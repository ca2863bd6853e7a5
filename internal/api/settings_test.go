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

// problemOf is a refusal with what a form needs of it.
type problemOf struct {
	Detail string
	Errors []struct{ Location, Message string }
	Users  []store.Use
	// Current is the record as it is now.
	Current *store.Saved[settings.Menu]
}

func (a answer) problem(t *testing.T, status int) problemOf {
	t.Helper()
	var p problemOf
	if a.status != status {
		t.Fatalf("%d instead of %d: %s", a.status, status, a.body)
	}
	_ = a.detail(t)
	check(t, json.Unmarshal([]byte(a.body), &p))
	return p
}

func menuText(queue string, more string) string {
	return fmt.Sprintf(`{"name":"Main","prompt":{"text":"Press one"},"options":[{"digits":"1","destination":{"kind":"queue","target":"%s"}}]%s}`, queue, more)
}

func TestSettings(t *testing.T) {
	w := newWorld(t)
	c, queue := w.as("admin"), string(w.queues["Sales"])
	type saved = store.Saved[settings.Menu]
	made := read[saved](t, c.post("/api/settings/menus", `{"fields":`+menuText(queue, "")+`}`))
	if made.Version != 1 || made.Fields.Timeout != 5 || made.Fields.DefaultDestination.Kind != "hangup" {
		t.Errorf("made %+v", made)
	}
	path := "/api/settings/menus/" + made.ID
	if s, _ := w.doors.Sites.Of(w.org); s.Records.Menus[made.ID].Name != "Main" {
		t.Error("the new menu does not act")
	}

	p := c.post("/api/settings/menus", `{"fields":`+menuText(queue, `,"timeout":61`)+`}`).problem(t, 422)
	if p.Errors[0].Location != "body.fields.timeout" || !strings.Contains(p.Detail, "60") {
		t.Errorf("out of range: %+v", p)
	}
	p = c.post("/api/settings/menus", `{"fields":`+strings.Replace(menuText("gone", ""), "Main", "Lost", 1)+`}`).problem(t, 422)
	if p.Errors[0].Location != "body.fields.options[0].destination" {
		t.Errorf("a queue that is not there: %+v", p)
	}
	p = c.post("/api/settings/menus", `{"fields":`+menuText(queue, "")+`}`).problem(t, 409)
	if p.Errors[0].Location != "body.fields.name" {
		t.Errorf("the same name: %+v", p)
	}

	zero := strings.Replace(fmt.Sprintf(`{"version":1,"fields":%s}`, menuText(queue, `,"max_tries":1`)), "Main", "Front", 1)
	if changed := read[saved](t, c.do(http.MethodPut, path, zero)); changed.Version != 2 || changed.Title != "Front" {
		t.Errorf("changed %+v", changed)
	}
	p = c.do(http.MethodPut, path, zero).problem(t, 409)
	if p.Current == nil || p.Current.Version != 2 || p.Current.Fields.MaxTries != 1 {
		t.Errorf("an old version shows no current one: %+v", p)
	}
	if uses := read[[]store.Use](t, c.get("/api/settings/queues/"+queue+"/uses")); len(uses) < 1 || uses[0].Kind != "menu" || uses[0].Name != "Front" {
		t.Errorf("uses %+v", uses)
	}
	p = c.do(http.MethodDelete, "/api/settings/queues/"+queue, "").problem(t, 409)
	if len(p.Users) == 0 || !strings.Contains(p.Detail, "Front") {
		t.Errorf("in use: %+v", p)
	}
	if copied := read[saved](t, c.post(path+"/copy", "")); copied.Title != "Front (copy)" || copied.ID == made.ID {
		t.Errorf("copy %+v", copied)
	}
	if a := c.do(http.MethodDelete, path, ""); a.status != http.StatusNoContent {
		t.Errorf("delete: %d %s", a.status, a.body)
	}
	type entries = store.Page[AuditEntry]
	audit := read[entries](t, c.get("/api/audit?kind=menu"))
	if audit.Total != 4 || audit.Rows[0].Action != "menu deleted" || audit.Rows[0].ActorName == "" || audit.Rows[2].Before == nil || audit.Rows[0].IP == "" {
		t.Errorf("audit %+v", audit)
	}
}

// TestSettingsSayZero keeps what is said though it is nothing: the library's defaults would replace it.
func TestSettingsSayZero(t *testing.T) {
	w := newWorld(t)
	made := read[store.Saved[settings.Queue]](t, w.as("admin").post("/api/settings/queues",
		`{"fields":{"name":"Quiet","auto_pause":false,"max_hold_seconds":0,"opt_out_key":""}}`))
	if f := made.Fields; f.AutoPause || f.MaxHoldSeconds != 0 || f.OptOutKey != "" || f.RingSeconds != 20 || f.Callback.MaxOffers != 3 {
		t.Errorf("%+v", f)
	}
}

func TestDraftsAndVersions(t *testing.T) {
	w := newWorld(t)
	c, path := w.as("admin"), "/api/settings/queues/"+string(w.queues["Sales"])
	type saved = store.Saved[settings.Queue]
	live := read[saved](t, c.get(path))
	text, err := json.Marshal(live.Fields)
	check(t, err)
	body := fmt.Sprintf(`{"version":%d,"fields":%s}`, live.Version, strings.Replace(string(text), `"ring_seconds":20`, `"ring_seconds":33`, 1))
	if d := read[store.Draft[settings.Queue]](t, c.do(http.MethodPut, path+"/draft", body)); d.Fields.RingSeconds != 33 {
		t.Errorf("draft %+v", d)
	}
	if now := read[saved](t, c.get(path)); now.Fields.RingSeconds != 20 {
		t.Error("a draft acts")
	}
	type list = store.Page[record[settings.Queue]]
	if all := read[list](t, c.get("/api/settings/queues?sort=title")); !all.Rows[len(all.Rows)-1].Draft && !all.Rows[0].Draft {
		t.Errorf("no draft is marked: %+v", all)
	}
	published := read[saved](t, c.post(path+"/publish", ""))
	if published.Fields.RingSeconds != 33 || published.Version != live.Version+1 {
		t.Errorf("published %+v", published)
	}
	if a := c.get(path + "/draft"); a.status != http.StatusNotFound {
		t.Errorf("the draft is still there: %d", a.status)
	}
	versions := read[[]store.RecordVersion[settings.Queue]](t, c.get(path+"/history"))
	if len(versions) != 2 || versions[1].Fields.RingSeconds != 20 || versions[0].By != w.users["admin"] {
		t.Errorf("versions %+v", versions)
	}
}

func TestSettingsAreForAdministrators(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"supervisor", "ann", "none"} {
		if a := w.as(name).get("/api/settings/queues"); a.status != http.StatusForbidden {
			t.Errorf("%s reads settings: %d", name, a.status)
		}
	}
}

func TestLastAdministrator(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	path := "/api/settings/users/" + string(w.users["admin"])
	u := read[store.Saved[settings.User]](t, c.get(path))
	u.Fields.Role = "agent"
	text, err := json.Marshal(u.Fields)
	check(t, err)
	p := c.do(http.MethodPut, path, fmt.Sprintf(`{"version":%d,"fields":%s}`, u.Version, text)).problem(t, 422)
	if p.Errors[0].Location != "body.fields.role" {
		t.Errorf("%+v", p)
	}
}
