package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

// TestNumberRange: numbers that a carrier gives in one piece are added at once, or not at all (PN-9).
func TestNumberRange(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	trunk := store.NewTrunk("Carrier", store.TrunkByAddress)
	check(t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	add := func(first, last, more string) answer {
		return c.post("/api/settings/numbers/range", fmt.Sprintf(`{"last":%q,"fields":{"phone_number":%q,"trunk":%q%s}}`, last, first, trunk.ID, more))
	}
	lead := fmt.Sprintf(`,"destination":{"kind":"queue","target":%q},"default_phone_number":true`, w.queues["Sales"])
	if got := read[struct{ Created int }](t, add("+3225550198", "+3225550201", lead)); got.Created != 4 {
		t.Fatalf("added %d", got.Created)
	}
	all := read[store.Page[record[settings.Number]]](t, c.get("/api/settings/numbers?sort=title")).Rows
	if len(all) != 4 {
		t.Fatalf("%d numbers", len(all))
	}
	for i, want := range []string{"+3225550198", "+3225550199", "+3225550200", "+3225550201"} {
		n := all[i].Fields
		if n.PhoneNumber != want || n.FriendlyName != want || n.Default != (i == 0) || n.Destination.Target != string(w.queues["Sales"]) {
			t.Errorf("number %d: %+v", i, n)
		}
	}
	if s, _ := w.doors.Sites.Of(w.org); len(s.Numbers) != 4 {
		t.Error("the numbers do not act")
	}
	for _, one := range []struct{ first, last, says string }{
		{"+3225550301", "+3225550300", "below"}, {"+3225550301", "+32255503010", "length"}, {"+3225550301", "3225550302 ", "length"},
		{"+3225550301", "+3225551301", "1000"}, {"+3225550195", "+3225550205", "+3225550198, +3225550199"},
	} {
		if p := add(one.first, one.last, "").problem(t, 422); p.Errors[0].Location != "body.fields.last" || !strings.Contains(p.Detail, one.says) {
			t.Errorf("%s to %s: %+v", one.first, one.last, p)
		}
	}
	if left := read[store.Page[record[settings.Number]]](t, c.get("/api/settings/numbers")); left.Total != 4 {
		t.Errorf("%d numbers after refusals", left.Total)
	}
}

// TestProtectionIsLiftedByTyping: a protected number cannot be deleted, and only typing it lifts that (PN-7).
func TestProtectionIsLiftedByTyping(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	trunk := store.NewTrunk("Carrier", store.TrunkByAddress)
	check(t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	fields := func(protected bool) string {
		return fmt.Sprintf(`"fields":{"phone_number":"+3225550100","trunk":%q,"deletion_protected":%t}`, trunk.ID, protected)
	}
	made := read[store.Saved[settings.Number]](t, c.post("/api/settings/numbers", "{"+fields(true)+"}"))
	path := "/api/settings/numbers/" + made.ID
	if a := c.do(http.MethodDelete, path, ""); a.status != http.StatusConflict {
		t.Errorf("deleted: %d", a.status)
	}
	for _, confirm := range []string{``, `"confirm":"+3225550101",`} {
		p := c.do(http.MethodPut, path, `{"version":1,`+confirm+fields(false)+"}").problem(t, 422)
		if p.Errors[0].Location != "body.fields.deletion_protected" {
			t.Errorf("%s: %+v", confirm, p)
		}
	}
	file := "phone_number,deletion_protected\n+3225550100,no\n"
	if a := c.do(http.MethodPost, "/api/settings/numbers/import", file, "Content-Type", "text/csv"); !strings.Contains(a.body, "deletion_protected") {
		t.Errorf("lifted by a file: %s", a.body)
	}
	if a := c.do(http.MethodPut, path, `{"version":1,"confirm":"+3225550100",`+fields(false)+"}"); a.status != http.StatusOK {
		t.Fatalf("typed: %d %s", a.status, a.body)
	}
	if a := c.do(http.MethodDelete, path, ""); a.status != http.StatusNoContent {
		t.Errorf("deleted after: %d %s", a.status, a.body)
	}
}
