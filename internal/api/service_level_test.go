package api

import (
	"net/http"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/store"
)

// TestServiceLevel reads a queue's service level by half-hour and day, computed and kept.
func TestServiceLevel(t *testing.T) {
	w := newWorld(t)
	commit := w.doors.DB.StartGroupCommit(store.GroupCommitConfig{})
	at := time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	stay := func(which id.Call, queue string, entered, waited time.Duration, result string) {
		row := store.CallRow{Direction: "inbound", Status: "ended", ArrivedAt: at.Add(entered), Agents: []store.CallAgent{}, Queues: []store.CallQueue{
			{ID: w.queues[queue], Name: queue, EnteredAt: at.Add(entered), LeftAt: at.Add(entered + waited), Result: result},
		}}
		row.ID = which
		commit.Writer(w.org).Record(row)
	}
	stay("c1", "Sales", 0, 10*time.Second, "answered")
	stay("c2", "Sales", time.Minute, time.Minute, "answered")
	stay("c3", "Sales", 2*time.Minute, 3*time.Second, "abandoned") // short
	stay("c4", "Sales", 31*time.Minute, 50*time.Second, "abandoned")
	stay("c5", "Sales", 24*time.Hour, time.Second, "answered")
	stay("c6", "Support", 0, time.Hour, "abandoned")
	check(t, commit.Close(w.ctx))
	path := "/api/queues/" + string(w.queues["Sales"]) + "/service-level?from=2026-11-10&to=2026-11-18"
	for range 2 {
		l := read[ServiceLevel](t, w.as("supervisor").get(path))
		if l.Percent != 80 || l.Seconds != 20 || len(l.Halves) != 3 || len(l.Days) != 2 {
			t.Fatalf("%+v", l)
		}
		if h := l.Halves[0]; *h.Percent != 50 || h.Answered != 2 || h.Short != 1 || !h.At.Equal(at) {
			t.Errorf("first half-hour %+v", h)
		}
		if *l.Halves[1].Percent != 0 || *l.Days[0].Percent != 33 || *l.Days[1].Percent != 100 || l.Days[1].Day != "2026-11-17" {
			t.Errorf("%+v", l)
		}
	}
	for who, want := range map[string]int{"ann": http.StatusForbidden, "admin": http.StatusOK} {
		if a := w.as(who).get(path); a.status != want {
			t.Errorf("%s gets %d", who, a.status)
		}
	}
	foreign := "/api/queues/" + string(w.queues["Support"]) + "/service-level?from=2026-11-10&to=2026-11-18"
	for _, bad := range []string{foreign, "/api/queues/none/service-level?from=2026-11-10&to=2026-11-18"} {
		if a := w.as("supervisor").get(bad); a.status != http.StatusNotFound {
			t.Errorf("%s gives %d", bad, a.status)
		}
	}
	if a := w.as("supervisor").get("/api/queues/" + string(w.queues["Sales"]) + "/service-level?from=2026-11-10"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without an end: %d", a.status)
	}
}
