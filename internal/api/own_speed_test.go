package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
)

// TestOwnSpeedDials keeps up to a hundred numbers under two digits, refuses the others at their place, and tells of a speed dial what is
// told of its number before it is called (BX-32).
func TestOwnSpeedDials(t *testing.T) {
	w := newWorld(t)
	ann := w.as("ann")
	put := func(entries ...settings.SpeedDial) answer {
		t.Helper()
		own := read[OwnSettings](t, ann.get("/api/settings/me"))
		own.Fields.SpeedDials = append([]settings.SpeedDial{}, entries...)
		fields, err := json.Marshal(own.Fields)
		check(t, err)
		return ann.do(http.MethodPut, "/api/settings/me", fmt.Sprintf(`{"version":%d,"fields":%s}`, own.Version, fields))
	}
	many := make([]settings.SpeedDial, 101)
	for i := range many {
		many[i] = settings.SpeedDial{Code: fmt.Sprintf("%02d", i%100), To: "203"}
	}
	for words, entries := range map[string][]settings.SpeedDial{
		"two digits, 00 to 99":       {{Code: "7", To: "203"}},
		"is there already":           {{Code: "07", To: "203"}, {Code: "07", To: "204"}},
		"must be a telephone number": {{Code: "07", To: "*97"}},
		"speed_to":                   {{Code: "07", Label: "Nobody"}},
		"speed_dials":                many,
	} {
		if a := put(entries...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, words) {
			t.Errorf("%s: %d %s", words, a.status, a.body)
		}
	}
	if a := put(many[:100]...); a.status != http.StatusOK {
		t.Errorf("a hundred: %d %s", a.status, a.body)
	}
	want := []settings.SpeedDial{{Code: "00", Label: "Bob", To: "203"}, {Code: "11", Label: "Help", To: "112"}}
	if got := read[OwnSettings](t, put(want...)).Fields.SpeedDials; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("kept are %+v", got)
	}
	if c := read[DialCheck](t, ann.get("/api/dialing/check?to=*011")); !c.Emergency || c.Number != "112" {
		t.Errorf("before it is called: %+v", c)
	}
	if c := read[DialCheck](t, ann.get("/api/dialing/check?to=*007")); c.Allowed {
		t.Errorf("one that there is not: %+v", c)
	}
	fields := settings.New[settings.Agent]()
	fields.User, fields.SpeedDials = string(w.users["ann"]), []settings.SpeedDial{{Code: "7", To: "203"}}
	body, err := json.Marshal(fields)
	check(t, err)
	w.as("admin").said("PUT", "/api/settings/agents/"+string(w.agents["ann"]), fmt.Sprintf(`{"version":1,"fields":%s}`, body), 422, "two digits")
}
