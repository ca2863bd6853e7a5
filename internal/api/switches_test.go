package api

import (
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
)

// TestSwitches: what a switch takes away is refused in words, whatever the page shows, and the session tells the page of it
// (PM-3, PM-7). Extensions and emergency numbers are dialled without manual_dial all the same.
func TestSwitches(t *testing.T) {
	w := newWorld(t)
	w.wayOut()
	w.past()
	w.recording("c1.r1")
	c := w.as("ann")
	doors := []struct{ method, path, name string }{
		{http.MethodPost, "/api/calls/c9/record/start", "Start and stop recording"}, {http.MethodPost, "/api/calls/c9/record/pause", "Start and stop recording"},
		{http.MethodPost, "/api/calls/c9/record/resume", "Start and stop recording"}, {http.MethodPost, "/api/calls/c9/record/stop", "Start and stop recording"},
		{http.MethodGet, "/api/recordings/c1.r1/audio", "Play recordings"}, {http.MethodGet, "/api/recordings/c1.r1/peaks", "Play recordings"},
	}
	for _, one := range doors {
		if a := c.do(one.method, one.path, ""); a.status == http.StatusForbidden {
			t.Errorf("%s with the switch: %d %s", one.path, a.status, a.body)
		}
	}
	dial := func(to string) DialCheck { return decoded[DialCheck](t, c.get("/api/dialing/check?to="+to)) }
	if d := dial("025550199"); !d.Allowed {
		t.Errorf("by hand with the switch: %+v", d)
	}
	change(w, w.doors.DB.Shelves().Users, string(w.users["ann"]), func(u *settings.User) {
		u.Switches.RecordingControl, u.Switches.PlayRecordings, u.Switches.ManualDial = false, false, false
	})
	check(t, w.changed(w.ctx, w.org))
	for _, one := range doors {
		if a := c.do(one.method, one.path, ""); a.status != http.StatusForbidden || !strings.Contains(a.detail(t), one.name) {
			t.Errorf("%s without the switch: %d %s", one.path, a.status, a.body)
		}
	}
	if d := dial("025550199"); d.Allowed || d.Override || !strings.Contains(d.Why, "Dial by hand") {
		t.Errorf("by hand without the switch: %+v", d)
	}
	if d := dial("112"); !d.Allowed || !d.Emergency {
		t.Errorf("an emergency number without the switch: %+v", d)
	}
	if s := decoded[Session](t, c.get("/api/session")).Switches; s.RecordingControl || s.PlayRecordings || s.ManualDial || !s.CallbackList || s.Export {
		t.Errorf("the session says %+v", s)
	}
}
