package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/store"
)

// wayOut gives the world a trunk and a number to show.
func (w *world) wayOut() {
	trunk := store.NewTrunk("Carrier", store.TrunkByAddress)
	trunk.Proxy = "192.0.2.1:5060"
	check(w.t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	number := store.NewNumber("+3225550100", trunk.ID)
	check(w.t, w.doors.DB.CreateNumber(w.ctx, &number))
	check(w.t, w.changed(w.ctx, w.org))
}

// snapshot reads the first picture of a socket.
func (s *wire) snapshot() (p live.Snapshot) {
	s.t.Helper()
	check(s.t, json.Unmarshal(s.until("snapshot").Data, &p))
	return p
}

func decoded[T any](t *testing.T, a answer) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	return v
}

func TestDialCheck(t *testing.T) {
	w := newWorld(t)
	w.wayOut()
	ann := w.as("ann")
	for to, want := range map[string]DialCheck{
		"025550199":    {Number: "+3225550199", Allowed: true, Class: "Standard"},
		"203":          {Number: "203", Allowed: true},
		"112":          {Number: "112", Allowed: true, Emergency: true},
		"%2B442079460": {Number: "+442079460", International: true, Rule: dialing.CountryBlocked, Class: "Standard", Override: true, Why: "The class of service Standard allows no calls to this country."},
		"299":          {Why: "Nobody has the extension 299."},
	} {
		if got := decoded[DialCheck](t, ann.get("/api/dialing/check?to="+to)); got != want {
			t.Errorf("%s: %+v, not %+v", to, got, want)
		}
	}
	if a := w.as("none").get("/api/dialing/check?to=112"); a.status != http.StatusForbidden {
		t.Errorf("a user without a phone: %d", a.status)
	}
}

// TestOverride: the request is on the supervisor's screen, the first answer wins, one call is served, and all is on record.
func TestOverride(t *testing.T) {
	w := newWorld(t)
	w.wayOut()
	ann, sue, bob, root := w.as("ann"), w.as("supervisor"), w.as("bob"), w.as("admin")
	number := `{"to":"+44 20 7946 0000","note":"the order of Monday"}`
	if a := ann.do("POST", "/api/overrides", `{"to":"025550199"}`); a.status != http.StatusConflict || a.detail(t) != "This call needs no permission." {
		t.Errorf("for a call that is allowed: %d %s", a.status, a.body)
	}
	if a := ann.do("POST", "/api/overrides", `{"to":"299"}`); a.status != http.StatusUnprocessableEntity || a.detail(t) != "Nobody has the extension 299." {
		t.Errorf("for nonsense: %d %s", a.status, a.body)
	}
	dial := call.FindPlan{Agent: w.agents["ann"], To: "+442079460000", Call: "c1"}
	if got, refused := w.doors.Sites.Dial(w.ctx, w.org, dial).(call.Unplanned); !refused {
		t.Errorf("dialled without permission: %+v", got)
	}
	asked := decoded[struct {
		ID    string
		Until time.Time
	}](t, ann.do("POST", "/api/overrides", number))
	socket := w.socket(w.token("supervisor"), "sue-tab")
	o := socket.snapshot().Overrides
	if len(o) != 1 || o[0].ID != asked.ID || o[0].Note != "the order of Monday" || o[0].Number != "+442079460000" || o[0].State != dialing.OverrideRequested {
		t.Errorf("the supervisor sees %+v", o)
	}
	for _, c := range []struct {
		who    *client
		path   string
		status int
	}{
		{bob, asked.ID + "/approve", http.StatusForbidden}, {ann, asked.ID + "/approve", http.StatusForbidden},
		{sue, "nothing/approve", http.StatusConflict}, {sue, asked.ID + "/approve", http.StatusNoContent}, {root, asked.ID + "/deny", http.StatusConflict},
	} {
		if a := c.who.do("POST", "/api/overrides/"+c.path, ""); a.status != c.status {
			t.Errorf("%s: %d %s", c.path, a.status, a.body)
		}
	}
	if got, ok := w.doors.Sites.Dial(w.ctx, w.org, dial).(call.Planned); !ok || got.Number != "+442079460000" {
		t.Errorf("the approved call: %+v", got)
	}
	if got, refused := w.doors.Sites.Dial(w.ctx, w.org, dial).(call.Unplanned); !refused {
		t.Errorf("the approval served twice: %+v", got)
	}
	check(t, w.doors.Guards.Close(w.ctx)) // all is stored now
	w.audited(root, sue)
}

// audited looks at what TestOverride left in the audit (CS-6).
func (w *world) audited(root, sue *client) {
	w.t.Helper()
	type page struct {
		Items []ClassEntry
		Total int
	}
	list := func(c *client, query string) page {
		return decoded[page](w.t, c.get("/api/class-of-service/audit?"+query))
	}
	all := list(sue, "")
	var told []string
	for _, e := range all.Items {
		told = append(told, fmt.Sprintf("%s %s %s %s %s", e.Action, e.AgentName, e.SupervisorName, e.Destination, e.Rule))
	}
	want := "blocked Ann Ash  +442079460000 country_blocked|override_approved Ann Ash Supervisor Ash +442079460000 country_blocked|" +
		"override_requested Ann Ash  +442079460000 country_blocked|blocked Ann Ash  +442079460000 country_blocked"
	if strings.Join(told, "|") != want || all.Total != 4 {
		w.t.Errorf("the audit tells %q", told)
	}
	for query, n := range map[string]int{
		"action=blocked": 2, "agent=" + string(w.agents["ann"]): 4, "agent=" + string(w.agents["bob"]): 0, "limit=1": 4,
		"since=" + time.Now().Add(time.Hour).UTC().Format(time.RFC3339): 0,
	} {
		for name, c := range map[string]*client{"admin": root, "supervisor": sue} {
			if got := list(c, query); got.Total != n || query == "limit=1" && len(got.Items) != 1 {
				w.t.Errorf("%s by the %s: %d, %d shown", query, name, got.Total, len(got.Items))
			}
		}
	}
	if a := w.as("ann").get("/api/class-of-service/audit"); a.status != http.StatusForbidden {
		w.t.Errorf("an agent reads the audit: %d", a.status)
	}
}

// TestOverrideOutOfScope: a supervisor answers the own team only, and never the own request.
func TestOverrideOutOfScope(t *testing.T) {
	w := newWorld(t)
	w.wayOut()
	ask := func(who string) string {
		return decoded[struct{ ID string }](t, w.as(who).do("POST", "/api/overrides", `{"to":"+442079460000"}`)).ID
	}
	sue := w.as("supervisor")
	if a := sue.do("POST", "/api/overrides/"+ask("bob")+"/approve", ""); a.status != http.StatusNotFound {
		t.Errorf("bob is not of her team: %d %s", a.status, a.body)
	}
	if a := sue.do("POST", "/api/overrides/"+ask("supervisor")+"/approve", ""); a.status != http.StatusForbidden || a.detail(t) != "Somebody else must answer your request." {
		t.Errorf("her own request: %d %s", a.status, a.body)
	}
}

// TestUnlock: a lock is on the screens of the user and of the admin, who opens it (BX-15).
func TestUnlock(t *testing.T) {
	w := newWorld(t)
	w.wayOut()
	ann := w.agents["ann"]
	for i := range 16 {
		_, _ = w.doors.Guards.Ask(w.ctx, w.org, dialing.Ask{
			Call: id.Call(fmt.Sprint(i)), Agent: ann, Number: "+252610000000", Trunks: []id.Trunk{"t"}, International: true,
		})
	}
	for who, n := range map[string]int{"ann": 1, "admin": 1, "supervisor": 1, "bob": 0} {
		if got := w.socket(w.token(who), who+"-tab").snapshot().Locks; len(got) != n || n > 0 && got[0].Name != "Ann Ash" {
			t.Errorf("%s sees %+v", who, got)
		}
	}
	path := "/api/dialing/locks/" + string(ann)
	if a := w.as("supervisor").do("DELETE", path, ""); a.status != http.StatusForbidden {
		t.Errorf("a supervisor unlocks: %d", a.status)
	}
	if a := w.as("admin").do("DELETE", path, ""); a.status != http.StatusNoContent {
		t.Errorf("an admin unlocks: %d %s", a.status, a.body)
	}
	if a := w.as("admin").do("DELETE", path, ""); a.status != http.StatusConflict {
		t.Errorf("twice: %d %s", a.status, a.body)
	}
	if got := w.socket(w.token("admin"), "later").snapshot(); len(got.Locks) != 0 {
		t.Errorf("still locked: %+v", got.Locks)
	}
}
