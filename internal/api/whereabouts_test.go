package api

import (
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

// TestWhereabouts: who is in a new network is asked where that is; a location of the company or an address is kept for that network, and
// what is neither is refused. A company that does not want to know does not ask (BX-14).
func TestWhereabouts(t *testing.T) {
	w := newWorld(t)
	ann, boss := w.as("ann"), w.as("admin")
	where := func() Whereabouts {
		t.Helper()
		return read[Whereabouts](t, ann.get("/api/station/location"))
	}
	if at := where(); !at.Ask || at.Words != "" || len(at.Choices) != 0 {
		t.Errorf("at first %+v", at)
	}
	hall := read[store.Saved[settings.Location]](t, boss.post("/api/settings/locations",
		`{"fields":{"name":"Hall","street":"Veldstraat 12","city":"Ghent","country_code":"BE"}}`))
	for body, want := range map[string]string{
		`{}`:                     "Choose one of the company's locations",
		`{"location":"nowhere"}`: "There is no such location any more",
		`{"location":"` + hall.ID + `","address":{"name":"Home","street":"Kerkstraat 1","city":"Ghent","country_code":"BE"}}`: "Choose one of",
		`{"address":{"name":"Home","street":"Kerkstraat 1","city":"Ghent","country_code":"XQ"}}`:                              "must be the two letters of a country",
	} {
		ann.said("PUT", "/api/station/location", body, http.StatusUnprocessableEntity, want)
	}
	put := func(body, words string) {
		t.Helper()
		at := read[Whereabouts](t, ann.do("PUT", "/api/station/location", body))
		if at.Ask || at.Words != words || len(at.Choices) != 1 || !strings.HasPrefix(at.Choices[0].Words, "Hall") {
			t.Errorf("after %s: %+v", body, at)
		}
	}
	put(`{"location":"`+hall.ID+`"}`, "Hall, Veldstraat 12, Ghent, BE")
	put(`{"address":{"name":"Home","street":"Kerkstraat 1","city":"Ghent","country_code":"BE","floor":"2"}}`, "Home, Kerkstraat 1, Ghent, BE, floor 2")
	if at := where(); at.Location != "" || at.Address == nil || at.Address.Street != "Kerkstraat 1" {
		t.Errorf("read again %+v", at)
	}
	if at := read[Whereabouts](t, w.as("bob").get("/api/station/location")); !at.Ask {
		t.Errorf("Bob is where Ann has said to be: %+v", at)
	}
	change(w, w.doors.DB.Shelves().Org, string(w.org), func(o *settings.Organisation) { o.AskWhere = false })
	if at := read[Whereabouts](t, w.as("bob").get("/api/station/location")); at.Ask {
		t.Error("Bob is asked where nobody wants to know")
	}
}
