package api

import (
	"net/http"
	"testing"
	"time"

	"parley/internal/store"
)

// TestRetentionPreview tells administrators what would be deleted, and deletes nothing.
func TestRetentionPreview(t *testing.T) {
	w := newWorld(t)
	commit := w.doors.DB.StartGroupCommit(store.GroupCommitConfig{})
	row := store.CallRow{Status: "ended", ArrivedAt: time.Now().AddDate(0, 0, -1096), Queues: []store.CallQueue{}, Agents: []store.CallAgent{}}
	row.ID = "old"
	commit.Writer(w.org).Record(row)
	check(t, commit.Close(w.ctx))
	for range 2 {
		p := read[RetentionPreview](t, w.as("admin").get("/api/retention/preview"))
		if len(p.Items) != 5 || p.Items[2].Class != "call_records" || p.Items[2].Count != 1 || p.Items[2].Rule != "1095 days" || p.Items[0].Count != 0 {
			t.Fatalf("%+v", p)
		}
	}
	if p := read[RetentionPreview](t, w.as("admin").get("/api/retention/preview?call_records=1100")); p.Items[2].Count != 0 || p.Items[2].Rule != "1100 days" {
		t.Errorf("kept longer: %+v", p)
	}
	w.as("admin").get("/api/retention/preview?audit=364").problem(t, 422)
	if a := w.as("supervisor").get("/api/retention/preview"); a.status != http.StatusForbidden {
		t.Errorf("a supervisor gets %d", a.status)
	}
}
