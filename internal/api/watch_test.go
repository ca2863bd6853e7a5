package api

import (
	"strings"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/settings"
)

// talking is Ann's call as it lives, which the screens have seen.
func (w *world) talking(which id.Call, more ...call.Signal) {
	c, now := call.New(which, w.org), time.Now()
	for _, s := range append([]call.Signal{
		call.Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"},
		call.Routed{Queue: &call.Queue{ID: w.queues["Sales"], Name: "Sales"}},
		call.LegAnswered{Leg: "trunk"},
		call.Offered{Offer: id.Offer(which + ".o1"), Agent: w.agents["ann"], RingSeconds: 20},
		call.RingEnded{Offer: id.Offer(which + ".o1"), Agent: w.agents["ann"], Result: call.RingAnswered, Leg: "ann-page", Device: "browser"},
	}, more...) {
		o, err := c.Handle(now, s)
		check(w.t, err)
		w.doors.Live.CallChanged(now, *c, o.Events)
	}
}

// TestWatchingIsRefused says each reason why a supervisor cannot hear an agent's call (MN-4).
func TestWatchingIsRefused(t *testing.T) {
	w := newWorld(t)
	boss, admin := w.as("supervisor"), w.as("admin")
	ann, bob, own := string(w.agents["ann"]), string(w.agents["bob"]), string(w.agents["supervisor"])
	listen := `{"mode":"listen"}`
	w.as("bob").said("POST", "/api/agents/"+ann+"/watch", listen, 403, "role")
	w.as("bob").said("PUT", "/api/calls/c1/watch", listen, 403, "role")
	w.as("bob").said("DELETE", "/api/calls/c1/watch", "", 403, "role")
	boss.said("POST", "/api/agents/"+bob+"/watch", listen, 404, "whom you supervise")
	boss.said("POST", "/api/agents/"+ann+"/watch", `{"mode":"sing"}`, 422, "listen, coach, barge")
	boss.said("POST", "/api/agents/"+own+"/watch", listen, 409, "This is you.")
	boss.said("POST", "/api/agents/"+ann+"/watch", listen, 409, "is in no call now")
	w.talking("c1")
	boss.said("POST", "/api/agents/"+ann+"/watch", listen, 409, "Press Start first.")
	w.tellACD(acd.DeviceUp{Agent: w.agents["supervisor"]})
	boss.said("POST", "/api/agents/"+ann+"/watch", listen, 409, "This call is over.")
	boss.said("PUT", "/api/calls/c1/watch", listen, 409, "This call is over.")
	boss.said("DELETE", "/api/calls/c1/watch", "", 409, "This call is over.")
	boss.said("PUT", "/api/calls/c1/watch", `{"mode":"sing"}`, 422, "listen, coach, barge")
	w.talking("c2", call.Watch{Agent: w.agents["supervisor"], On: w.agents["ann"], Mode: call.Listen},
		call.Granted{Agent: w.agents["supervisor"]})
	boss.said("POST", "/api/agents/"+ann+"/watch", listen, 409, "A call rings for you.")
	w.talking("c2", call.Watch{Agent: w.agents["supervisor"], On: w.agents["ann"], Mode: call.Listen},
		call.Granted{Agent: w.agents["supervisor"]},
		call.RingEnded{Agent: w.agents["supervisor"], Offer: "c2.d1", Result: call.RingAnswered, Leg: "own-page", Device: "browser"})
	boss.said("POST", "/api/agents/"+ann+"/watch", listen, 409, "You supervise another call.")
	w.talking("c2", call.Close{Cause: 16})
	w.tellACD(acd.Occupy{Call: "c3", Agent: w.agents["supervisor"], Queue: w.queues["Sales"]}, acd.Release{Call: "c3", Agent: w.agents["supervisor"]})
	boss.said("POST", "/api/agents/"+ann+"/watch", listen, 409, "wrap-up")
	if a := admin.get("/api/audit"); strings.Contains(a.body, `"listen"`) {
		t.Errorf("a refusal stands in the audit log: %s", a.body)
	}
}

// TestListensAreKept shows who heard a call in its record, and to agents only where the organisation does not hide it (MN-4).
func TestListensAreKept(t *testing.T) {
	w := newWorld(t)
	ann, sup := w.agents["ann"], w.agents["supervisor"]
	w.lived("c1", 0,
		call.Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"},
		call.Routed{Queue: &call.Queue{ID: w.queues["Sales"], Name: "Sales"}},
		call.LegAnswered{Leg: "trunk"},
		call.Offered{Offer: "c1.o1", Agent: ann, RingSeconds: 20},
		call.RingEnded{Offer: "c1.o1", Agent: ann, Result: call.RingAnswered, Leg: "page", Device: "browser"},
		call.Watch{Agent: sup, On: ann, Mode: call.Listen}, call.Granted{Agent: sup},
		call.RingEnded{Agent: sup, Offer: "c1.d1", Result: call.RingAnswered, Leg: "own-page", Device: "browser"},
		call.SetWatch{Agent: sup, Mode: call.Coach}, call.StopWatch{Agent: sup},
		call.LegEnded{Leg: "trunk", Cause: 16, ByPeer: true},
	)
	see := func(who string, want int) {
		t.Helper()
		d := read[CallDetail](t, w.as(who).get("/api/calls/c1"))
		told := 0
		for _, e := range d.Timeline {
			if strings.HasPrefix(e.Kind, "watch-") {
				told++
			}
		}
		if len(d.Listens) != want || told != min(want, 1)*3 || len(d.Legs) != 2 {
			t.Errorf("%s sees %+v, %d lines and %d legs", who, d.Listens, told, len(d.Legs))
		}
		if want > 0 && (d.Listens[1].By != "Supervisor Ash" || d.Listens[1].On != "Ann Ash" || d.Listens[1].Mode != call.Coach || d.Listens[1].Seconds != 5) {
			t.Errorf("%s sees %+v", who, d.Listens)
		}
	}
	see("supervisor", 2)
	see("ann", 2)
	change(w, w.doors.DB.Shelves().Org, string(w.org), func(o *settings.Organisation) { o.HideWatch = true })
	see("supervisor", 2)
	see("ann", 0)
}

// TestHelpIsRefused says why an agent cannot ask for help (AS-1).
func TestHelpIsRefused(t *testing.T) {
	w := newWorld(t)
	ann := w.as("ann")
	ann.said("POST", "/api/calls/c1/help", `{"note":"`+strings.Repeat("x", 501)+`"}`, 422, "500 characters")
	ann.said("POST", "/api/calls/c1/help", `{"note":"angry"}`, 409, "This call is over.")
	ann.said("DELETE", "/api/calls/c1/help", "", 409, "This call is over.")
	change(w, w.doors.DB.Shelves().Org, string(w.org), func(o *settings.Organisation) { o.AgentAssist = false })
	ann.said("POST", "/api/calls/c1/help", `{"note":"angry"}`, 409, "does not let agents ask")
}

// TestACallIsReadWhileItIsHeard: a supervisor reads of the call of an agent whom they supervise, though it came to the agent directly; only
// while it lives, and nobody else does (MN-4, CH-10).
func TestACallIsReadWhileItIsHeard(t *testing.T) {
	w := newWorld(t)
	w.lived("c1", 0, call.Arrived{Leg: "trunk", From: "+32470111222", To: "+12025550112"}, call.Routed{Agent: w.agents["ann"], RingSeconds: 20})
	boss := w.as("supervisor")
	boss.said("GET", "/api/calls/c1", "", 404, "")
	w.talking("c1")
	if a := boss.get("/api/calls/c1"); a.status != 200 {
		t.Errorf("while it is heard: %d %s", a.status, a.body)
	}
	w.as("bob").said("GET", "/api/calls/c1", "", 404, "")
	w.talking("c1", call.Close{Cause: 16})
	boss.said("GET", "/api/calls/c1", "", 404, "")
}
