package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

// TestFeatureCodesRefused: codes that clash, and one that an extension could begin with, are refused at their field; others are kept (BX-31).
func TestFeatureCodesRefused(t *testing.T) {
	w := newWorld(t)
	boss := w.as("admin")
	org := read[store.Saved[settings.Organisation]](t, boss.get("/api/settings/organisation"))
	if org.Fields.Codes.DoNotDisturb != "*78" {
		t.Errorf("at first the codes are %+v", org.Fields.Codes)
	}
	for _, c := range []struct {
		code, want string
		status     int
	}{
		{"*78", "clashes with *78", http.StatusUnprocessableEntity}, {"*8", "picks up a call", http.StatusUnprocessableEntity},
		{"202", "a star and 1 to 4 digits", http.StatusUnprocessableEntity}, {"*691", "", http.StatusOK},
	} {
		body := fmt.Sprintf(`{"version":%d,"fields":{"name":"Acme","country":"BE","timezone":"UTC","feature_codes":{"last_caller":%q}}}`, org.Version, c.code)
		a := boss.do(http.MethodPut, "/api/settings/organisation", body)
		if a.status != c.status || !strings.Contains(a.body, c.want) || c.want != "" && !strings.Contains(a.body, "last_caller") {
			t.Errorf("%s: %d %s", c.code, a.status, a.body)
		}
	}
}
