package api

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/id"
)

func TestRecordingState(t *testing.T) {
	for _, test := range []struct {
		recorded bool
		statuses string
		want     string
	}{
		{false, "", "none"},
		{false, "failed", "none"},
		{false, "available", "none"}, // a message that was too short
		{true, "recording", "recording"},
		{true, "available recording", "recording"},
		{true, "available", "available"},
		{true, "processing", "available"},
		{true, "deleted available failed", "available"},
		{true, "deleted", "deleted"},
		{true, "failed deleted", "deleted"},
		{true, "failed", "none"},
		{true, "", "none"},
	} {
		if got := recordingState(test.recorded, strings.Fields(test.statuses)); got != test.want {
			t.Errorf("%t %q: %s, want %s", test.recorded, test.statuses, got, test.want)
		}
	}
}

// TestListsSayWhatIsDeleted: a recording that retention deleted is said to be so in lists and in the call, and no filter finds it.
func TestListsSayWhatIsDeleted(t *testing.T) {
	w := newWorld(t)
	w.past()
	check(t, w.doors.DB.DiscardRecording(w.ctx, "c1.r1"))
	c := w.as("admin")
	states := map[id.Call]string{}
	for _, row := range read[CallPage](t, c.get("/api/calls")).Items {
		states[row.ID] = row.Recording
	}
	if fmt.Sprint(states) != "map[c1:deleted c2:available c3:none c4:none]" {
		t.Errorf("%v", states)
	}
	if d := read[CallDetail](t, c.get("/api/calls/c1")); d.Recording != "deleted" || d.Recordings[0].Status != "deleted" {
		t.Errorf("the call says %s, its recording %s", d.Recording, d.Recordings[0].Status)
	}
	if p := read[CallPage](t, c.get("/api/calls?has_recording=true")); ids(p) != "c2" {
		t.Errorf("with a recording: %s", ids(p))
	}
	if p := read[CallPage](t, c.get("/api/calls?has_recording=false")); ids(p) != "c4 c3 c1" {
		t.Errorf("without: %s", ids(p))
	}
}
