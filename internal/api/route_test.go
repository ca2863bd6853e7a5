package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/internal/access"
)

func newTLS(t *testing.T, w *world) *httptest.Server {
	s := httptest.NewTLSServer(w.doors.handler())
	t.Cleanup(s.Close)
	return s
}

type document struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		ID         string            `json:"operationId"`
		Summary    string            `json:"summary"`
		Permission access.Permission `json:"x-permission"`
		Security   []map[string][]string
	}
}

func described(t *testing.T) document {
	data, err := Description("1")
	check(t, err)
	var d document
	check(t, json.Unmarshal(data, &d))
	return d
}

func TestDescription(t *testing.T) {
	d := described(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1") || len(d.Paths) < 20 {
		t.Errorf("OpenAPI %s with %d paths", d.OpenAPI, len(d.Paths))
	}
	seen := map[string]bool{}
	for path, operations := range d.Paths {
		for method, op := range operations {
			if op.ID == "" || seen[op.ID] || op.Summary == "" || op.Permission == "" || (len(op.Security) == 0) != (op.Permission == access.Anyone) {
				t.Errorf("%s %s: %+v", method, path, op)
			}
			seen[op.ID] = true
		}
	}
	once, _ := Description("1")
	if again, _ := Description("1"); string(once) != string(again) {
		t.Error("the description differs from one time to the next")
	}
	w := bare(t)
	if a := w.client().get("/api/openapi.json"); a.status != http.StatusOK || !strings.Contains(a.body, `"/station/start"`) {
		t.Errorf("served: %d %.200s", a.status, a.body)
	}
}

// TestEveryRouteAsksForItsPermission asks each described route as everybody: whoever is below its permission is refused
// before anything else is looked at, and nobody else is.
func TestEveryRouteAsksForItsPermission(t *testing.T) {
	w := newWorld(t)
	roles := map[string]access.Role{"admin": access.Admin, "supervisor": access.Supervisor, "ann": access.Agent, "none": access.None}
	for path, operations := range described(t).Paths {
		for verb, op := range operations {
			method, at := strings.ToUpper(verb), "/api"+strings.ReplaceAll(path, "{id}", "x")
			if op.ID == "post-session" || op.ID == "post-setup" {
				continue // for anyone, and with tests of their own
			}
			if a := w.client().do(method, at, "{}"); (a.status == http.StatusUnauthorized) != (op.Permission != access.Anyone) {
				t.Errorf("%s %s signed out: %d", method, at, a.status)
			}
			for name, role := range roles {
				a := w.as(name).do(method, at, "{}")
				refused := a.status == http.StatusForbidden && a.detail(t) == "Your role does not allow this."
				if refused == access.May(role, op.Permission) || a.status == http.StatusUnauthorized || a.status >= 500 {
					t.Errorf("%s %s (%s) as %s: %d %s", method, at, op.Permission, name, a.status, a.body)
				}
			}
			if method == http.MethodGet {
				continue
			}
			if a := w.as("admin").do(method, at, "{}", csrfField, ""); a.status != http.StatusForbidden || !strings.Contains(a.detail(t), csrfField) {
				t.Errorf("%s %s without %s: %d", method, at, csrfField, a.status)
			}
		}
	}
}

// TestOthersAskToo asks the routes that are not described.
func TestOthersAskToo(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/api/live", "/api/recordings/x/audio"} {
		if a := w.client().get(path); a.status != http.StatusUnauthorized || a.detail(t) != signedOutWords {
			t.Errorf("%s signed out: %d", path, a.status)
		}
		if a := w.as("none").get(path); a.status != http.StatusForbidden || a.detail(t) == "" {
			t.Errorf("%s without a role: %d", path, a.status)
		}
	}
}

// TestSentences says what is wrong with a request in one sentence about the field.
func TestSentences(t *testing.T) {
	w := newWorld(t)
	w.doors.Demo = newcomer{}
	c := w.as("admin")
	long := strings.Repeat("x", 300)
	for _, test := range []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"too many", "POST", "/api/demo/callers", `{"count":21}`, 422, "The field count must be from 1 to 20."},
		{"too few", "POST", "/api/demo/callers", `{"count":0}`, 422, "The field count must be from 1 to 20."},
		{"text for a number", "POST", "/api/demo/callers", `{"count":"two"}`, 422, "The field count must be a whole number."},
		{"missing", "POST", "/api/demo/callers", `{}`, 422, "The field count is missing."},
		{"unknown", "POST", "/api/demo/callers", `{"count":1,"colour":"red"}`, 422, "The field colour is not known here."},
		{"empty", "POST", "/api/calls", `{"to":"","tab":"t"}`, 422, "The field to must have 1 to 50 characters."},
		{"too long", "POST", "/api/session", `{"email":"` + long + `","password":"x"}`, 422, "The field email must have at most 250 characters."},
		{"one of", "POST", "/api/status", `{"status":"on_call"}`, 422, `The field status must be one of "available, unavailable".`},
		{"no e-mail", "POST", "/api/setup", `{"code":"x","organisation":"A","name":"A","email":"x","password":"123456789012"}`, 422,
			"The field email must be an e-mail address."},
		{"in the address", "GET", "/api/calls?limit=1000", "", 422, "The field limit must be from 1 to 200."},
		{"a large bound", "GET", "/api/settings/queues?offset=1000001", "", 422, "The field offset must be from 0 to 1000000."},
		{"one bound only", "GET", "/api/calls?offset=-1", "", 422, "The field offset must be at least 0."},
		{"a setting", "POST", "/api/settings/menus", `{"fields":{"name":"M","prompt":{"text":"x"},"timeout":61}}`, 422,
			"The field fields.timeout must be from 1 to 60."},
		{"a setting of a setting", "POST", "/api/settings/queues", `{"fields":{"name":"Q","callback":{"callback_max_offers":0}}}`, 422,
			"The field fields.callback.callback_max_offers must be from 1 to 10."},
		{"a setting in a list", "POST", "/api/settings/queues", `{"fields":{"name":"Q","skill_steps":[{},{"expires_seconds":3601}]}}`, 422,
			"The field fields.skill_steps[1].expires_seconds must be from 0 to 3600."},
		{"a setting that may be empty", "POST", "/api/settings/queues", `{"fields":{"name":"Q","retention_days":0}}`, 422,
			"The field fields.retention_days must be from 1 to 3650."},
		{"the length of a setting", "POST", "/api/settings/menus", `{"fields":{"name":"` + long + `","prompt":{"text":"x"}}}`, 422,
			"The field fields.name must have 1 to 50 characters."},
		{"an empty setting", "POST", "/api/settings/queues", `{"fields":{"name":""}}`, 422, "The field fields.name must have 1 to 50 characters."},
		{"no number in the address", "GET", "/api/calls?limit=ten", "", 422, "The field limit cannot be read: invalid integer."},
		{"no time in the address", "GET", "/api/calls?from=yesterday", "", 422, ""},
		{"missing in the address", "GET", "/api/customers", "", 422, "The field number is missing."},
		{"no JSON", "POST", "/api/demo/callers", `count=1`, 400, ""},
		{"nothing", "POST", "/api/demo/callers", ``, 400, ""},
		{"another shape", "POST", "/api/demo/callers", `[1]`, 422, ""},
		{"too large", "POST", "/api/calls", `{"to":"` + strings.Repeat("1", 1<<20) + `"}`, 413, "The request is too large: send at most 1 MB."},
		{"no route", "GET", "/api/nowhere", "", 404, "There is no such route in the API."},
		{"no such method", "PUT", "/api/session", "{}", 404, "There is no such route in the API."},
		{"no such call", "GET", "/api/calls/x", "", 404, "This does not exist, or not any more."},
		{"a call that is over", "POST", "/api/calls/x/hold", "{}", 409, "This call is over."},
		{"a ring that is over", "POST", "/api/offers/x/answer", `{"tab":"t"}`, 409, "The call does not ring any more."},
		{"a browser's nonsense", "POST", "/api/station/start", `{"tab":"t","sdp":"nonsense","takeover":false}`, 422, ""},
		{"offline", "POST", "/api/status", `{"status":"available"}`, 409, "You are offline. Start work first; then you can choose your status."},
		{"no wrap-up", "POST", "/api/wrapup/end", "{}", 409, "Your wrap-up is over already."},
		{"no wrap-up to extend", "POST", "/api/wrapup/extend", "{}", 409, "Your wrap-up is over already, or it cannot be extended any more."},
		{"no desk phone", "POST", "/api/station/desk", `{"on":true}`, 409, "No registered desk phone is linked to this agent."},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := c.do(test.method, test.path, test.body)
			got := a.detail(t)
			if a.status != test.status || test.want != "" && got != test.want {
				t.Errorf("%d %q, want %d %q", a.status, got, test.status, test.want)
			}
			if test.want == "" {
				t.Log(got)
			}
			if strings.Contains(a.body, long) {
				t.Error("what was sent comes back")
			}
		})
	}
	if a := c.do("POST", "/api/demo/callers", `{"count":1}`, "Content-Type", "text/plain"); a.status != http.StatusUnsupportedMediaType {
		t.Errorf("plain text: %d %s", a.status, a.body)
	}
}

// TestPanic loses one request and nothing else.
func TestPanic(t *testing.T) {
	w := newWorld(t)
	w.doors.Demo = newcomer{broken: true}
	if a := w.as("admin").post("/api/demo/ring-me", "{}"); a.status != http.StatusInternalServerError || a.detail(t) != faultWords {
		t.Errorf("%d %s", a.status, a.body)
	}
}
