package api

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/owner"
)

// TestSupervisors change status, queues and priorities within their scope, and are told why not outside of it.
func TestSupervisors(t *testing.T) {
	w := newWorld(t)
	boss, admin := w.as("supervisor"), w.as("admin")
	ann, bob := string(w.agents["ann"]), string(w.agents["bob"])
	sales, support := string(w.queues["Sales"]), string(w.queues["Support"])
	lunch := `{"status":"unavailable","reason":"Lunch"}`
	boss.said("POST", "/api/agents/"+ann+"/status", lunch, 409, "nothing of the agent's can ring")
	w.tellACD(acd.DeviceUp{Agent: w.agents["ann"]}, acd.DeviceUp{Agent: w.agents["bob"]})
	boss.said("POST", "/api/agents/"+ann+"/status", `{"status":"available"}`, 204, "")
	boss.said("POST", "/api/agents/"+ann+"/status", lunch, 204, "")
	boss.said("POST", "/api/agents/"+bob+"/status", lunch, 404, "whom you supervise")
	admin.said("POST", "/api/agents/"+bob+"/status", lunch, 204, "")
	admin.said("POST", "/api/agents/nobody/status", lunch, 404, "whom you supervise")
	w.as("bob").said("POST", "/api/agents/"+ann+"/status", lunch, 403, "role")
	if m := w.me("ann"); m.Status != acd.Unavailable || m.Reason != "Lunch" {
		t.Errorf("ann: %+v", m)
	}
	boss.said("PUT", "/api/agents/"+ann+"/queues/"+support, `{"on":false}`, 404, "that you supervise")
	admin.said("PUT", "/api/agents/"+ann+"/queues/"+support, `{"on":false}`, 409, "no member")
	boss.said("PUT", "/api/agents/"+ann+"/queues/"+sales, `{"on":false}`, 204, "")
	if m := w.me("ann"); len(m.Off) != 1 {
		t.Errorf("off: %v", m.Off)
	}
	w.tellACD(acd.Enqueue{Call: "c1", Queue: w.queues["Sales"], EnteredAt: time.Now()}, acd.Enqueue{Call: "c2", Queue: w.queues["Support"], EnteredAt: time.Now()})
	boss.said("PUT", "/api/waiting/c1/priority", `{"priority":1}`, 204, "")
	boss.said("PUT", "/api/waiting/c1/priority", `{"priority":11}`, 422, "from 1 to 10")
	boss.said("PUT", "/api/waiting/c2/priority", `{"priority":1}`, 404, "does not wait")
	boss.said("PUT", "/api/waiting/c3/priority", `{"priority":1}`, 404, "does not wait")
	boss.said("POST", "/api/agents/"+bob+"/sign-out", `{}`, 404, "whom you supervise")
	w.as("bob").said("POST", "/api/agents/"+ann+"/sign-out", `{}`, 403, "role")
	boss.said("POST", "/api/agents/"+ann+"/sign-out", `{}`, 204, "")
	if m := w.me("ann"); m.Status != acd.Offline {
		t.Errorf("signed off, ann is %+v", m)
	}
	if a := admin.get("/api/audit"); !strings.Contains(a.body, "agent signed off") {
		t.Errorf("audit: %s", a.body)
	}
	s := w.picture("supervisor")
	if len(s.Waiting) != 1 || s.Waiting[0].Priority != 1 {
		t.Errorf("waiting: %+v", s.Waiting)
	}
	boss.said("POST", "/api/calls/c2/close", `{}`, 404, "that you supervise")
	boss.said("POST", "/api/calls/c1/close", `{}`, 409, "This call is over.")
}

// picture is what a user's page begins with.
func (w *world) picture(name string) live.Snapshot {
	v := live.Viewer{Org: w.org, Agent: w.agents[name], Role: "agent"}
	if name == "supervisor" || name == "admin" {
		v.Role = "supervisor"
	}
	feed := w.doors.Live.Subscribe(v)
	defer feed.Close()
	m, err := feed.Next(w.ctx)
	check(w.t, err)
	return m.Data.(live.Snapshot)
}

// TestStatisticsAreReset zeroes what is shown of a queue, keeps the history, and says so in the audit log.
func TestStatisticsAreReset(t *testing.T) {
	w := newWorld(t)
	w.past()
	w.tellACD(acd.Enqueue{Call: "c1", Queue: w.queues["Sales"], EnteredAt: time.Now()})
	w.tellACD(acd.Leave{Call: "c1", Result: acd.LeftAbandoned})
	if q := w.picture("supervisor").Queues; len(q) != 1 || q[0].Offered != 1 {
		t.Fatalf("queues: %+v", q)
	}
	boss := w.as("supervisor")
	boss.said("POST", "/api/queues/"+string(w.queues["Support"])+"/reset", `{}`, 404, "that you supervise")
	boss.said("POST", "/api/queues/"+string(w.queues["Sales"])+"/reset", `{}`, 204, "")
	w.as("ann").said("POST", "/api/queues/"+string(w.queues["Sales"])+"/reset", `{}`, 403, "role")
	if q := w.picture("supervisor").Queues; q[0].Offered != 0 || q[0].Abandoned != 0 {
		t.Errorf("after it: %+v", q)
	}
	if p := read[CallPage](t, w.as("admin").get("/api/calls")); p.Total != 4 {
		t.Errorf("history of %d calls", p.Total)
	}
	if a := w.as("admin").get("/api/audit"); !strings.Contains(a.body, "queue statistics reset") {
		t.Errorf("audit: %s", a.body)
	}
}

// TestWaitingCallerIsAnswered lets a supervisor take a caller out of order, and says each refusal in words (MN-2).
func TestWaitingCallerIsAnswered(t *testing.T) {
	w := newWorld(t)
	boss, admin := w.as("supervisor"), w.as("admin")
	w.tellACD(acd.Enqueue{Call: "c1", Queue: w.queues["Sales"], EnteredAt: time.Now()}, acd.Enqueue{Call: "c2", Queue: w.queues["Support"], EnteredAt: time.Now()})
	w.as("ann").said("POST", "/api/waiting/c1/answer", `{}`, 403, "role")
	boss.said("POST", "/api/waiting/c2/answer", `{}`, 404, "does not wait")
	boss.said("POST", "/api/waiting/c9/answer", `{}`, 404, "does not wait")
	boss.said("POST", "/api/waiting/c1/answer", `{}`, 409, "Press Start")
	w.tellACD(acd.DeviceUp{Agent: w.agents["supervisor"]}, acd.DeviceUp{Agent: w.agents["admin"]})
	w.ringable("c1")
	boss.said("POST", "/api/waiting/c1/answer", `{}`, 204, "")
	boss.said("POST", "/api/waiting/c1/answer", `{}`, 409, "rings for you already")
	admin.said("POST", "/api/waiting/c1/answer", `{}`, 409, "Supervisor Ash is answering")
	w.tellACD(acd.Occupy{Call: "c3", Agent: w.agents["admin"]})
	admin.said("POST", "/api/waiting/c2/answer", `{}`, 409, "You are in a call")
	if a := admin.get("/api/audit"); strings.Count(a.body, "waiting caller answered out of order") != 1 {
		t.Errorf("audit: %s", a.body)
	}
}

// ringable lets a call of this id hear what the ACD tells it, and say nothing.
func (w *world) ringable(which id.Call) {
	w.doors.Dispatch.Directory.Enter(owner.At("call", which), deaf{})
}

type deaf struct{}

func (deaf) PostAny(any) error                 { return nil }
func (deaf) AskAny(context.Context, any) error { return nil }
