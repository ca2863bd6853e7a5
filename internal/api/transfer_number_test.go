package api

import (
	"net/http"
	"slices"
	"testing"

	"parley/internal/settings"
	"parley/internal/tel"
)

// TestTransferNumbers: agents choose from the numbers that an administrator keeps for transfers, in their order; inactive ones are not
// offered, a number without country code is refused, and so is an agent who would keep them (TR-7).
func TestTransferNumbers(t *testing.T) {
	w := newWorld(t)
	shelf := w.doors.DB.Shelves().TransferNumbers
	shelve(w, shelf, settings.TransferNumber{Name: "Warehouse", Number: "+32470111222", Order: 2, Active: true})
	shelve(w, shelf, settings.TransferNumber{Name: "Night desk", Number: "+442079460958", Order: 1, Active: true})
	shelve(w, shelf, settings.TransferNumber{Name: "Old partner", Number: "+12025550199"})
	check(t, w.changed(w.ctx, w.org))
	to := read[struct{ Numbers []NamedNumber }](t, w.as("ann").get("/api/call-destinations"))
	want := []NamedNumber{{"Night desk", tel.Number("+442079460958")}, {"Warehouse", tel.Number("+32470111222")}}
	if !slices.Equal(to.Numbers, want) {
		t.Errorf("Ann chooses from %+v", to.Numbers)
	}
	w.as("admin").said(http.MethodPost, "/api/settings/transfer-numbers", `{"fields":{"name":"Depot","number":"0470 11 12 22"}}`, http.StatusUnprocessableEntity,
		"must be a telephone number with country code")
	w.as("admin").said(http.MethodPost, "/api/settings/transfer-numbers", `{"fields":{"name":"Warehouse","number":"+32470111333"}}`, http.StatusConflict, "")
	if a := w.as("ann").do(http.MethodPost, "/api/settings/transfer-numbers", `{"fields":{"name":"Mine","number":"+32470111444"}}`); a.status != http.StatusForbidden {
		t.Errorf("Ann keeps a transfer number: %d", a.status)
	}
}
