package live

import (
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/station"
)

// TestConsultInQueue follows an agent who waits in another queue in place of a caller: both lines, the ring card of who is rung there,
// the list of those who wait, and what the queue's figures make of it.
func TestConsultInQueue(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	ann, cleo, admin := open(t, w.hub, viewers()["agent"]), open(t, w.hub, viewers()["of support"]), open(t, w.hub, viewers()["admin"])
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	moves := 0
	consult := func() {
		t.Helper()
		moves++
		w.tellCall(c, call.Consult{Agent: "ann", To: dest.Destination{Kind: dest.Queue, Target: "support"}, Notes: "refund"})
		w.tellCall(c, call.Routed{
			Move: moves, Destination: dest.Destination{Kind: dest.Queue, Target: "support"}, Name: "Support", Queue: &call.Queue{ID: "support", Name: "Support"},
		})
	}
	figures := func(what string, offered, answered, abandoned, waiting int) {
		t.Helper()
		q := admin.queue(t, "support")
		if q.Offered != offered || q.Answered != answered || q.Abandoned != abandoned || q.Waiting != waiting {
			t.Errorf("%s: %d offered, %d answered, %d abandoned, %d wait", what, q.Offered, q.Answered, q.Abandoned, q.Waiting)
		}
	}
	consult()
	ann.read()
	if l := ann.see.Me.Lines; len(l) != 2 || l[0].Transfer.In != "queue" || l[0].State != "held" || l[1].State != "dialling" || l[1].Name != "Support" {
		t.Errorf("Ann's lines are %+v", l)
	}
	figures("Ann waits", 0, 0, 0, 1)
	if all := admin.see.Waiting; len(all) != 1 || !all[0].Consult || all[0].Name != "Elena Petrova" {
		t.Errorf("these wait: %+v", all)
	}
	w.wait(10 * time.Second)
	w.tellCall(c, call.CancelMove{Agent: "ann"})
	figures("she has given up", 0, 0, 0, 0)

	consult()
	w.start("cleo")
	cleo.read()
	if l := cleo.see.Me.Lines; len(l) != 1 || l[0].State != "incoming" || l[0].BroughtBy != "Ann Ash" || l[0].Notes != "refund" || l[0].QueueName != "Support" ||
		l[0].Name != "Elena Petrova" {
		t.Errorf("Cleo is rung by %+v", l)
	}
	w.wait(5 * time.Second)
	w.tellStation("cleo", station.Answer{Offer: w.stations["cleo"].Ring.Offer, Tab: "cleo-tab"})
	ann.read()
	if l := ann.see.Me.Lines; len(l) != 2 || l[1].State != "active" || l[1].Name != "Cleo Cedar" || l[0].Transfer.In != "" {
		t.Errorf("Ann's lines are %+v", l)
	}
	figures("Cleo has answered", 1, 1, 0, 0)
	w.tellCall(c, call.Complete{Agent: "ann"})
	cleo.read()
	if l := cleo.see.Me.Lines; len(l) != 1 || l[0].State != "active" || l[0].BroughtBy != "Ann Ash" || l[0].QueueName != "Support" {
		t.Errorf("Cleo's line is %+v", l)
	}
	w.hangUp(c)
	figures("and has hung up", 1, 1, 0, 0)

	w.tellACD(acd.SetStatus{Agent: "cleo", Status: acd.Unavailable})
	w.tellACD(acd.EndWrap{Agent: "ann"})
	w.tellACD(acd.EndWrap{Agent: "cleo"})
	c, moves = w.arrive("sales"), 0
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	consult()
	w.wait(10 * time.Second)
	figures("Ann waits again", 1, 1, 0, 1)
	w.tellCall(c, call.Complete{Agent: "ann"})
	figures("the caller waits", 2, 1, 0, 1)
	if all := admin.see.Waiting; len(all) != 1 || all[0].Consult || all[0].Since != w.now.Add(-10*time.Second) {
		t.Errorf("these wait: %+v", all)
	}
	w.tellACD(acd.SetStatus{Agent: "cleo", Status: acd.Available})
	cleo.read()
	if l := cleo.see.Me.Lines; len(l) == 0 || l[len(l)-1].State != "incoming" || l[len(l)-1].BroughtBy != "Ann Ash" || l[len(l)-1].Notes != "refund" {
		t.Errorf("Cleo is rung by %+v", l)
	}
	w.tellStation("cleo", station.RingSeen{Offer: w.stations["cleo"].Ring.Offer, Tab: "cleo-tab"})
	w.hangUp(c)
	figures("the caller has given up", 2, 1, 1, 0)
}
