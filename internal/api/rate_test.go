package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// TestRates: rates come from a file and in a form, and calls are refused once a cap on spend is reached (BX-15).
func TestRates(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	file := "name,prefixes,price_per_minute,connection_fee\nBelgium,+32,0.02,0\nBelgium mobile,+3247;+3249,0.5,1.25\nNowhere,32,1,0\n"
	got := read[struct {
		Created int
		Rows    []LineProblem
	}](t, c.do(http.MethodPost, "/api/settings/rates/import", file, "Content-Type", "text/csv"))
	if got.Created != 2 || len(got.Rows) != 1 || got.Rows[0].Line != 4 || !strings.Contains(got.Rows[0].Problem, "with plus") {
		t.Fatalf("imported %+v", got)
	}
	all := read[store.Page[record[settings.Rate]]](t, c.get("/api/settings/rates?sort=title"))
	if len(all.Rows) != 2 || all.Rows[1].Fields.Minute != 0.5 || len(all.Rows[1].Fields.Prefixes) != 2 {
		t.Errorf("there are %+v", all.Rows)
	}

	org, err := w.doors.DB.Shelves().Org.Get(w.ctx, string(w.org))
	check(t, err)
	org.Fields.Dialing.UserSpendDay, org.Fields.Dialing.Currency = 3, "CHF"
	_, err = w.doors.DB.Shelves().Org.Update(w.ctx, store.Actor{}, string(w.org), org.Version, org.Fields)
	check(t, err)
	check(t, w.changed(w.ctx, w.org))
	ask := dialing.Ask{Call: "c1", Agent: w.agents["ann"], Number: "+32490112233", Trunks: []id.Trunk{"t1"}}
	_, err = w.doors.Guards.Ask(w.ctx, w.org, ask)
	check(t, err)
	// Four minutes to a mobile number cost 3.25.
	w.doors.Guards.Seed(w.org, []dialing.Past{{Agent: ask.Agent, Trunk: "t1", Number: ask.Number, At: time.Now(), Seconds: 240}})
	ask.Call = "c2"
	if _, err = w.doors.Guards.Ask(w.ctx, w.org, ask); err == nil || !strings.Contains(err.Error(), "the cap of 3 CHF in a day") {
		t.Errorf("beyond the cap: %v", err)
	}
}
