package api

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// TestConvertIsRefused says each reason why a call cannot count for a lead (TR-7, OB-14).
func TestConvertIsRefused(t *testing.T) {
	w := newWorld(t)
	boss, ann := w.as("supervisor"), w.as("ann")
	_, list := w.listed("Spring")
	eve := read[Lead](t, boss.post("/api/lead-lists/"+list+"/leads", `{"first_name":"Eve","phones":[{"number":"+32470111222"}]}`))
	dan := read[Lead](t, boss.post("/api/lead-lists/"+list+"/leads", `{"first_name":"Dan","phones":[{"number":"+32470111333"}],"status":"dnc"}`))
	body := func(l id.Lead) string { return fmt.Sprintf(`{"lead_id":%q}`, l) }
	ann.said("POST", "/api/calls/c1/convert", body("gone"), 404, "does not exist")
	ann.said("POST", "/api/calls/c1/convert", body(""), 422, "lead_id")
	ann.said("POST", "/api/calls/c1/convert", body(dan.ID), 409, "Dan is on the do-not-call list: choose another lead.")
	ann.said("POST", "/api/calls/c1/convert", body(eve.ID), 409, "This call is over.")
	s := w.doors.DB.Shelves()
	org := read[store.Saved[settings.Organisation]](t, w.as("admin").get("/api/settings/organisation"))
	org.Fields.Campaigns = settings.CampaignsOwn
	_, err := s.Org.Update(w.ctx, store.Actor{User: w.users["admin"]}, org.ID, org.Version, org.Fields)
	check(t, err)
	check(t, w.changed(w.ctx, w.org))
	ann.said("POST", "/api/calls/c1/convert", body(eve.ID), 409, "The campaign Spring is not shown to you: choose a lead of another campaign.")
}

// TestConvertedCalls: the record of a call names the lead and its campaign, with an entry among the transfers, and the lead counts the
// call with the outcome that the agent chose (TR-10, OB-14).
func TestConvertedCalls(t *testing.T) {
	w := newWorld(t)
	boss := w.as("supervisor")
	campaign, list := w.listed("Spring")
	eve := read[Lead](t, boss.post("/api/lead-lists/"+list+"/leads", `{"first_name":"Eve","phones":[{"number":"+32470111222"}]}`))
	ann, lead := w.agents["ann"], call.Lead{ID: eve.ID, Name: "Eve", Campaign: id.Campaign(campaign), CampaignName: "Spring"}
	w.lived("c1", 0,
		call.Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"},
		call.Routed{Queue: &call.Queue{ID: w.queues["Sales"], Name: "Sales"}}, call.LegAnswered{Leg: "trunk"},
		call.Offered{Offer: "c1.o1", Agent: ann, RingSeconds: 20},
		call.RingEnded{Offer: "c1.o1", Agent: ann, Result: call.RingAnswered, Leg: "page", Device: "browser"},
		call.Convert{Agent: ann, Lead: lead}, call.LegEnded{Leg: "trunk", Cause: 16, ByPeer: true})
	commit := w.doors.DB.StartGroupCommit(store.GroupCommitConfig{})
	commit.Writer(w.org).Outcome(store.CallOutcome{Call: "c1", Agent: ann, Queue: w.queues["Sales"], Name: "Sold", At: monday})
	check(t, commit.Close(w.ctx))
	detail := read[CallDetail](t, w.as("ann").get("/api/calls/c1"))
	if detail.Lead == nil || *detail.Lead != (CallLead{eve.ID, "Eve", id.Campaign(campaign), "Spring"}) {
		t.Errorf("the record counts for %+v", detail.Lead)
	}
	want := CallTransfer{Type: "convert", By: "Ann Ash", To: "Eve", Campaign: "Spring", At: monday.Add(25 * time.Second), Result: call.MoveCompleted}
	if len(detail.Transfers) != 1 || detail.Transfers[0] != want {
		t.Errorf("transfers %+v", detail.Transfers)
	}
	got := read[[]Lead](t, w.as("ann").get("/api/leads?phone=%2B32470111222"))
	if len(got) != 1 || got[0].Attempts != 1 || got[0].LastOutcome != "Sold" || !got[0].LastAttempt.Equal(monday) || got[0].Status != "open" {
		t.Errorf("the lead is %+v", got)
	}
}
