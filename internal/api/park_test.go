package api

import (
	"net/http"
	"strings"
	"testing"

	"parley/internal/callcontrol"
	"parley/internal/id"
)

// TestParkRefused: what cannot be parked, taken or switched to is refused in words, and who has no phone may not ask.
func TestParkRefused(t *testing.T) {
	w := newWorld(t)
	ann := w.as("ann")
	for _, c := range []struct{ path, want string }{
		{"/api/calls/nowhere/park", "over"}, {"/api/parked/701/take", "Nobody is parked in this slot"},
		{"/api/agents/nobody/pick-up", "Nothing rings there"},
		{"/api/calls/nowhere/switch", "You are in one call only"},
		{"/api/calls/nowhere/merge", "You are in one call only"},
	} {
		a := ann.post(c.path, "{}")
		if told := a.detail(t); a.status != http.StatusConflict || !strings.Contains(told, c.want) {
			t.Errorf("%s: %d %s", c.path, a.status, told)
		}
		if a := w.as("none").post(c.path, "{}"); a.status != http.StatusForbidden {
			t.Errorf("%s without a phone: %d", c.path, a.status)
		}
	}
	if a := ann.post("/api/calls/nowhere/park", `{"slot":"799"}`); a.status != http.StatusConflict || !strings.Contains(a.detail(t), "no slot") {
		t.Errorf("a number that is no slot: %d %s", a.status, a.body)
	}
}

// slots are those of the world's organisation.
func slots(id.Org, id.Agent) callcontrol.Slots {
	return callcontrol.Slots{Any: "700", All: []string{"701", "702"}}
}
