package callcontrol_test

import (
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/dest"
	"parley/internal/owner"
	"parley/internal/treatment"
)

// TestRestoreOfAMessage: what a caller had said into a mailbox when the process died is a message.
func TestRestoreOfAMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := newHouse(t)
		before.planned = call.Routed{
			Destination: dest.Destination{Kind: dest.Mailbox, Target: "box"},
			Mailbox:     &call.Mailbox{ID: "box", Plan: &treatment.MailboxPlan{MaxSeconds: 60}},
		}
		before.begin("a", "leg-a")
		before.post("a", call.LegAnswered{Leg: "leg-a"})
		before.post("a", call.PlayEnded{Leg: "leg-a", Tag: "treat:greeting:1"})
		before.mustDo("record a.r1")
		<-time.After(5 * time.Second)
		before.settle()
		r, err := callcontrol.Decode("call", 1, before.l.journal[owner.At("call", "a")])
		if err != nil {
			t.Fatal(err)
		}
		h := newHouse(t)
		h.l.records, h.l.calls = before.l.records, before.l.calls
		if err := h.TakeUp(r.Call); err != nil {
			t.Fatal(err)
		}
		h.mustDo("take up a.r1")
		h.mustDo("stop a.r1")
		h.post("a", call.RecordingStopped{Recording: "a.r1", Duration: 5 * time.Second, Bytes: 80000, Failure: callcontrol.Interrupted})
		h.finished("a")
		left := false
		for _, e := range h.l.records["a"].Timeline {
			left = left || e.Kind == "message-left"
		}
		if !left || h.l.records["a"].Disposition != call.Voicemail {
			t.Errorf("the record says %s, %+v", h.l.records["a"].Disposition, h.l.records["a"].Timeline)
		}
	})
}

// TestDecodeOfAnOldWait: journals from before treatments were part of the call are read.
func TestDecodeOfAnOldWait(t *testing.T) {
	const old = `{"call":{"id":"a","org":"acme","direction":"inbound","type":"inbound","stage":"queued","since":"2026-11-20T10:00:00Z",` +
		`"started":"2026-11-20T10:00:00Z","from":"+32470111222","to":"+3225550100","queue":{"id":"q","name":"Sales","hold_audio":"jazz"},` +
		`"entered_at":"2026-11-20T10:00:00Z","parties":[{"id":"a.p1","kind":"customer","state":"joined","leg":"leg-a","own":true,"up":true}],` +
		`"waiting":true,"treated":true,"next":0},"wait":{"leg":"leg-a","looping":true,"audio":"jazz"}}`
	synctest.Test(t, func(t *testing.T) {
		r, err := callcontrol.Decode("call", 1, []byte(old))
		if err != nil || !r.Call.Waiting || r.Call.Queue.HoldAudio != "jazz" {
			t.Fatalf("%+v, %v", r.Call, err)
		}
		h := newHouse(t)
		if err := h.TakeUp(r.Call); err != nil {
			t.Fatal(err)
		}
		if got := h.finished("a"); got != callcontrol.Interrupted {
			t.Errorf("reason %q", got)
		}
	})
}
