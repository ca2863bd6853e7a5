package api

import (
	"net/http"
	"strings"
	"testing"

	"parley/internal/store"
)

// TestVoiceModes offers, saves and begins the ways by which a voice can come, and says why one cannot.
func TestVoiceModes(t *testing.T) {
	w := newWorld(t)
	ann := w.as("ann")
	refused := func(status int, words, body string) {
		t.Helper()
		if a := ann.post("/api/station/voice", body); a.status != status || !strings.Contains(a.detail(t), words) {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	if o := read[VoiceOptions](t, ann.get("/api/station/voice")); o.Default != nil || o.AgentID != "202" || len(o.DialIn) != 0 {
		t.Errorf("options at first: %+v", o)
	}
	refused(409, "no number to dial in on", `{"mode":"call_in"}`)
	refused(422, "No trunk carries", `{"mode":"call_me","number":"+32470111222"}`)
	refused(422, "Enter the number", `{"mode":"call_me"}`)
	refused(422, "No desk phone has the extension 999", `{"mode":"call_me","number":"999"}`)
	refused(422, "softphone", `{"mode":"web"}`)

	trunk := store.NewTrunk("carrier", store.TrunkByAddress)
	trunk.Networks, trunk.Proxy = []string{"192.0.2.0/24"}, "127.0.0.1:9"
	check(t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	number := store.NewNumber("+3225550100", trunk.ID)
	number.DialIn = true
	check(t, w.doors.DB.CreateNumber(w.ctx, &number))
	check(t, w.changed(w.ctx, w.org))

	ticket := read[VoiceTicket](t, ann.post("/api/station/voice", `{"mode":"call_in"}`))
	if len(ticket.PIN) != 6 || ticket.AgentID != "202" || len(ticket.DialIn) != 1 || ticket.ValidUntil.IsZero() || !ticket.LockedUntil.IsZero() {
		t.Errorf("ticket %+v", ticket)
	}
	again := read[VoiceTicket](t, ann.post("/api/station/voice", `{"mode":"call_in"}`))
	if again.PIN == "" {
		t.Error("no new PIN")
	}
	if a := ann.do(http.MethodPut, "/api/station/voice/default", `{"mode":"call_me","number":"0470 11 12 22","persistent":true}`); a.status != http.StatusNoContent {
		t.Errorf("saved: %d %s", a.status, a.body)
	}
	o := read[VoiceOptions](t, ann.get("/api/station/voice"))
	if o.Default == nil || o.Default.Mode != "call_me" || o.Default.Number != "0470 11 12 22" || !o.Default.Persistent || o.DialIn[0] != "+3225550100" {
		t.Errorf("options %+v", o)
	}
	if o := read[VoiceOptions](t, w.as("bob").get("/api/station/voice")); o.Default != nil {
		t.Error("bob has ann's default")
	}
	if a := ann.post("/api/station/voice/stop", `{}`); a.status != http.StatusNoContent {
		t.Errorf("stopped: %d %s", a.status, a.body)
	}
	if a := ann.post("/api/station/voice/stop", `{}`); a.status != http.StatusConflict {
		t.Errorf("stopped twice: %d", a.status)
	}
	if a := w.as("none").get("/api/station/voice"); a.status != http.StatusForbidden {
		t.Errorf("without a phone: %d", a.status)
	}
}
