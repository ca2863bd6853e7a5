package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

// TestNotes writes a call's notes while it lives, in its wrap-up and afterwards, by its agent and others (CH-9).
func TestNotes(t *testing.T) {
	w := newWorld(t)
	w.past()
	ann, bob, boss := w.as("ann"), w.as("bob"), w.as("supervisor")
	const at = "/api/calls/c1/notes"
	if n := read[CallNotes](t, ann.get(at)); n.Version != 0 || n.Text != "" || n.Edits == nil {
		t.Errorf("before: %+v", n)
	}
	bob.said("GET", at, "", 404, "does not exist")
	bob.said("PUT", at, `{"version":0,"text":"mine"}`, 404, "does not exist")
	ann.said("PUT", at, `{"version":0,"text":"`+strings.Repeat("x", 20001)+`"}`, 422, "20000 characters")
	w.tellACD(acd.DeviceUp{Agent: w.agents["ann"]}, acd.Occupy{Call: "c1", Agent: w.agents["ann"], Queue: w.queues["Sales"]})
	put := func(c *client, version string, text string) CallNotes {
		t.Helper()
		return read[CallNotes](t, c.do("PUT", at, `{"version":`+version+`,"text":"`+text+`"}`))
	}
	put(ann, "0", "Wants")
	if n := put(ann, "1", "Wants a refund"); n.Version != 2 || n.AuthorName != "Ann Ash" || !n.FinalizedAt.IsZero() || len(n.Edits) != 0 {
		t.Errorf("in the call: %+v", n)
	}
	w.tellACD(acd.Release{Call: "c1", Agent: w.agents["ann"]})
	lost := boss.do("PUT", at, `{"version":1,"text":"Called back"}`)
	var problem struct{ Current CallNotes }
	if check(t, json.Unmarshal([]byte(lost.body), &problem)); lost.status != http.StatusConflict || problem.Current.Text != "Wants a refund" ||
		!strings.HasPrefix(lost.detail(t), "Ann Ash has written") {
		t.Errorf("the loser is told: %d %s", lost.status, lost.body)
	}
	if n := put(boss, "2", "Called back"); len(n.Edits) != 1 || n.Edits[0].Before != "Wants a refund" || n.Edits[0].AuthorName != "Ann Ash" ||
		n.Edits[0].EditorName != "Supervisor Ash" || !n.FinalizedAt.IsZero() {
		t.Errorf("another's text is kept: %+v", n)
	}
	w.tellACD(acd.EndWrap{Agent: w.agents["ann"]})
	check(t, w.doors.DB.FinalizeCallNote(w.ctx, "c1", time.Now()))
	if n := put(boss, "3", "Called back twice"); n.FinalizedAt.IsZero() || len(n.Edits) != 2 {
		t.Errorf("after it: %+v", n)
	}
	if d := read[CallDetail](t, ann.get("/api/calls/c1")); d.Notes != "Called back twice" || d.NotesFinalizedAt.IsZero() {
		t.Errorf("in the record: %q, final at %s", d.Notes, d.NotesFinalizedAt)
	}
}

// TestNotesOfACallWithoutARecord lets its agent write before the record of the call is stored, and nobody else.
func TestNotesOfACallWithoutARecord(t *testing.T) {
	w := newWorld(t)
	w.tellACD(acd.DeviceUp{Agent: w.agents["ann"]}, acd.Occupy{Call: "new", Agent: w.agents["ann"]})
	w.as("ann").said("PUT", "/api/calls/new/notes", `{"version":0,"text":"Hello"}`, 200, "")
	w.as("bob").said("GET", "/api/calls/new/notes", "", 404, "does not exist")
	w.tellACD(acd.Release{Call: id.Call("new"), Agent: w.agents["ann"]})
	w.as("ann").said("GET", "/api/calls/new/notes", "", 404, "does not exist")
}
