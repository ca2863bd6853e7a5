package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

// TestTextsNeedATrunk: numbers that get text messages of emergency calls are refused while no trunk in use takes any, and so is what is no number with
// country code (BX-14).
func TestTextsNeedATrunk(t *testing.T) {
	w := newWorld(t)
	shelves := w.doors.DB.Shelves()
	boss := w.as("admin")
	save := func(numbers string) answer {
		t.Helper()
		all, err := shelves.Org.All(w.ctx)
		if err != nil || len(all) != 1 {
			t.Fatal(len(all), err)
		}
		set := all[0].Fields
		body := fmt.Sprintf(`{"version":%d,"fields":{"name":%q,"country":%q,"timezone":%q,"emergency_texts":%s}}`, all[0].Version, set.Name, set.Country, set.Timezone, numbers)
		return boss.do(http.MethodPut, "/api/settings/organisation", body)
	}
	trunk := settings.New[settings.Trunk]()
	trunk.Name, trunk.TrunkKind, trunk.Proxy, trunk.Networks = "Main", "address", "carrier.example", []string{"192.0.2.1"}
	trunk.TextMessages, trunk.Active = true, false
	made, err := shelves.Trunks.Create(w.ctx, store.Actor{}, trunk)
	if err != nil {
		t.Fatal(err)
	}
	if a := save(`["+32470123456"]`); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "no trunk in use takes text messages") {
		t.Errorf("without a trunk in use: %d %s", a.status, a.body)
	}
	if a := save(`[]`); a.status != http.StatusOK {
		t.Errorf("without numbers: %d %s", a.status, a.body)
	}
	trunk.Active = true
	if _, err := shelves.Trunks.Update(w.ctx, store.Actor{}, made.ID, made.Version, trunk); err != nil {
		t.Fatal(err)
	}
	if a := save(`["0470123456"]`); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "with country code") {
		t.Errorf("half a number: %d %s", a.status, a.body)
	}
	if a := save(`["+32470123456"]`); a.status != http.StatusOK {
		t.Errorf("with a trunk: %d %s", a.status, a.body)
	}
}
