package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

// TestExtensionIsNoEmergencyNumber: help goes before any extension, so none may be one (AG-6, BX-13), and none is suggested.
func TestExtensionIsNoEmergencyNumber(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	org := read[store.Saved[settings.Organisation]](t, c.get("/api/settings/organisation"))
	change := func(country, emergency string) answer {
		body := fmt.Sprintf(`{"version":%d,"fields":{"name":"Acme","country":%q,"timezone":"UTC","emergency_numbers":[%s]}}`,
			org.Version, country, emergency)
		a := c.do(http.MethodPut, "/api/settings/organisation", body)
		if a.status == http.StatusOK {
			org = read[store.Saved[settings.Organisation]](t, a)
		}
		return a
	}
	ann := read[store.Saved[settings.Agent]](t, c.get("/api/settings/agents/"+string(w.agents["ann"])))
	p := change("BE", `"555","`+ann.Fields.Extension+`"`).problem(t, 422)
	if p.Errors[0].Location != "body.fields.emergency_numbers[1]" || !strings.Contains(p.Detail, "Ann") {
		t.Errorf("an emergency number that is an extension: %+v", p)
	}
	if a := change("BE", `"555"`); a.status != http.StatusOK {
		t.Fatalf("another one: %d %s", a.status, a.body)
	}
	user := read[store.Saved[settings.User]](t, c.post("/api/settings/users", `{"fields":{"email":"new@example.com","first_name":"New","role":"agent"}}`))
	for _, ext := range []string{"112", "101", "0112", "555", "9555"} {
		p := c.post("/api/settings/agents", fmt.Sprintf(`{"fields":{"user":%q,"extension":%q}}`, user.ID, ext)).problem(t, 422)
		if p.Errors[0].Location != "body.fields.extension" || !strings.Contains(p.Detail, "emergency") {
			t.Errorf("%s: %+v", ext, p)
		}
	}
	if a := c.do(http.MethodPut, "/api/settings/agents/"+ann.ID, agentFields(t, ann, "112")); a.status != http.StatusUnprocessableEntity {
		t.Errorf("an agent is given 112: %d", a.status)
	}
	made := read[store.Saved[settings.Agent]](t, c.post("/api/settings/agents", fmt.Sprintf(`{"fields":{"user":%q}}`, user.ID)))
	for _, no := range []string{"", "100", "101", "112"} {
		if made.Fields.Extension == no {
			t.Errorf("suggested %q", no)
		}
	}
}

func agentFields(t *testing.T, a store.Saved[settings.Agent], extension string) string {
	t.Helper()
	return fmt.Sprintf(`{"version":%d,"fields":{"user":%q,"extension":%q}}`, a.Version, a.Fields.User, extension)
}
