package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/settings"
	"parley/internal/site"
	"parley/internal/store"
)

// tellACD hands signals to the ACD of the world's organisation.
func (w *world) tellACD(all ...acd.Signal) {
	w.t.Helper()
	for _, s := range all {
		check(w.t, w.doors.Dispatch.Ask(w.ctx, w.org, s))
	}
}

// me is an agent as the own page shows it.
func (w *world) me(name string) live.Me {
	feed := w.doors.Live.Subscribe(live.Viewer{Org: w.org, Agent: w.agents[name], Role: "agent"})
	defer feed.Close()
	m, err := feed.Next(w.ctx)
	check(w.t, err)
	return m.Data.(live.Snapshot).Me
}

// said asks and wants a status and words of the refusal; no words: none.
func (c *client) said(method, path, body string, status int, words string) {
	c.w.t.Helper()
	a := c.do(method, path, body)
	if a.status != status || words != "" && !strings.Contains(a.detail(c.w.t), words) {
		c.w.t.Errorf("%s %s %s: %d %s", method, path, body, a.status, a.body)
	}
}

func shelve[T settings.Record](w *world, shelf store.Shelf[T], fields T) string {
	w.t.Helper()
	made, err := shelf.Create(w.ctx, store.Actor{User: w.users["admin"]}, fields)
	check(w.t, err)
	return made.ID
}

// TestWrapUpDoors leads an agent through a call whose outcome is required, and says each refusal in words.
func TestWrapUpDoors(t *testing.T) {
	w := newWorld(t)
	s := w.doors.DB.Shelves()
	lost := shelve(w, s.Outcomes, settings.Outcome{Name: "Lost", Order: 2, Active: true})
	sold := shelve(w, s.Outcomes, settings.Outcome{Name: "Sold", Order: 1, Active: true})
	old := shelve(w, s.Outcomes, settings.Outcome{Name: "Old"})
	queue, err := s.Queues.Get(w.ctx, string(w.queues["Sales"]))
	check(t, err)
	queue.Fields.Outcomes, queue.Fields.OutcomeRequired, queue.Fields.MaxExtensions = []string{lost, sold, old}, true, 1
	_, err = s.Queues.Update(w.ctx, store.Actor{}, queue.ID, queue.Version, queue.Fields)
	check(t, err)
	check(t, w.changed(w.ctx, w.org))
	ann, agent := w.as("ann"), w.agents["ann"]
	all := read[[]site.Outcome](t, ann.get("/api/outcomes?queue="+queue.ID))
	if len(all) != 2 || all[0].Name != "Sold" || all[1].Name != "Lost" {
		t.Errorf("outcomes in their order: %+v", all)
	}
	choose := func(which, outcome string, status int, words string) {
		t.Helper()
		ann.said("POST", "/api/wrapup/outcome", `{"call":"`+which+`","outcome":"`+outcome+`"}`, status, words)
	}
	choose("c1", sold, 409, "neither in this call nor in its wrap-up")
	w.tellACD(acd.DeviceUp{Agent: agent}, acd.Occupy{Call: "c1", Agent: agent, Queue: id.Queue(queue.ID)})
	ann.said("POST", "/api/status", `{"status":"unavailable","reason":"Break"}`, 204, "")
	w.tellACD(acd.Release{Call: "c1", Agent: agent})
	if m := w.me("ann"); m.Wrap == nil || !m.Wrap.Required || m.Next == nil || m.Next.Reason != "Break" {
		t.Fatalf("in wrap-up: %+v", m)
	}
	choose("c1", old, 422, "none of the outcomes")
	choose("c9", sold, 409, "neither in this call")
	ann.said("POST", "/api/wrapup/end", "{}", 409, outcomeFirst)
	ann.said("POST", "/api/wrapup/extend", "{}", 204, "")
	ann.said("POST", "/api/wrapup/extend", "{}", 409, "cannot be extended any more")
	ann.said("POST", "/api/status", `{"status":"unavailable","reason":"Lunch","later":true}`, 204, "")
	choose("c1", sold, 204, "")
	if m := w.me("ann"); m.Outcome == nil || m.Outcome.Outcome != sold || m.Wrap == nil {
		t.Errorf("chosen in time: %+v", m)
	}
	ann.said("POST", "/api/wrapup/end", "{}", 204, "")
	if m := w.me("ann"); m.Status != acd.Unavailable || m.Reason != "Lunch" {
		t.Errorf("after it: %+v", m)
	}
	w.as("none").said("POST", "/api/wrapup/outcome", `{"call":"c1","outcome":"x"}`, http.StatusForbidden, "role")
}

// TestOutcomesStandInTheHistory shows what came of a call to who may see the call.
func TestOutcomesStandInTheHistory(t *testing.T) {
	w := newWorld(t)
	w.past()
	commit := w.doors.DB.StartGroupCommit(store.GroupCommitConfig{})
	commit.Writer(w.org).Outcome(store.CallOutcome{Call: "c1", Agent: w.agents["ann"], Outcome: "x", Name: "Sold", At: time.Now()})
	check(t, commit.Close(w.ctx))
	if d := read[CallDetail](t, w.as("ann").get("/api/calls/c1")); len(d.Outcomes) != 1 || d.Outcomes[0].AgentName != "Ann Ash" || d.Outcome != "Sold" {
		t.Errorf("in the record: %+v", d.Outcomes)
	}
	for _, row := range read[CallPage](t, w.as("supervisor").get("/api/calls")).Items {
		if (row.Outcome == "Sold") != (row.ID == "c1") {
			t.Errorf("call %s in the list: %q", row.ID, row.Outcome)
		}
	}
	if a := w.as("bob").get("/api/calls/c1"); a.status != http.StatusNotFound {
		t.Errorf("another's call: %d", a.status)
	}
}
