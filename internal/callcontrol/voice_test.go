package callcontrol_test

import (
	"context"
	"reflect"
	"testing"
	"testing/synctest"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/station"
	"parley/internal/tel"
)

// withNumber gives a house in which ann works in the browser and prefers her receiving number.
func withNumber(t *testing.T) *house {
	h := newHouse(t)
	h.Seats([]callcontrol.Seat{{
		Agent: "ann", Org: org, Name: "Ann", Extension: "101", Strategy: station.PreferredOnly, Preferred: station.Number,
		Number: "+32470111222",
	}})
	h.start("ann.b1")
	synctest.Wait()
	return h
}

func (h *house) plan(s call.Signal) {
	h.l.mu.Lock()
	h.planned = s
	h.l.mu.Unlock()
}

// TestReceivingNumber rings a number through a trunk: what answers is asked for key 1, and has the caller after it alone.
func TestReceivingNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withNumber(t)
		h.queues("a")
		h.plan(call.Planned{Number: "+32470111222", Trunk: "t", CallerID: "+1"})
		h.post(h.now, call.Offered{Offer: "o1", Agent: "ann", RingSeconds: 20})
		h.mustDo("dial ann.s1")
		want := call.DialTrunk{
			Leg: "ann.s1", Trunk: "t", To: "+32470111222", From: "+1", Diverted: call.Diverted{Number: "+12025550100", Why: "follow-me"},
		}
		if !reflect.DeepEqual(h.dialled[0], want) {
			t.Errorf("dialled %+v, not %+v", h.dialled[0], want)
		}
		h.wire("ann.s1", sip.Answered{})
		h.mustDo("play cue:accept")
		h.wire("ann.s1", sip.Sound{Event: media.PlayEnded{Leg: "ann.s1", Tag: "cue:accept"}})
		if n := len(h.l.calls[h.now].Parties); n != 1 {
			t.Fatalf("%d parties before key 1", n)
		}
		h.wire("ann.s1", sip.Digit{Digit: "1"})
		p := h.l.calls[h.now].Parties
		if len(p) != 2 || p[1].Leg != "ann.s1" || p[1].Device != string(station.Number) {
			t.Fatalf("parties %+v", p)
		}
		h.wire("ann.s1", sip.Digit{Digit: "5"}) // the call's own now
		h.wire("leg-a", sip.Ended{Cause: 16})
		h.mustDo("end ann.s1")
		h.wire("ann.s1", sip.Ended{Cause: 16})
		h.finished(h.now)
	})
}

// TestNumberNotPlanned rings a number that the number plan refuses: the ring ends at once, and is nobody's miss.
func TestNumberNotPlanned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withNumber(t)
		h.queues("a")
		h.plan(call.Unplanned{Cause: 3, Why: "blocked"})
		h.post(h.now, call.Offered{Offer: "o1", Agent: "ann", RingSeconds: 20})
		if !h.told(acd.OfferEnded{Call: h.now, Offer: "o1", Result: acd.Failed}) {
			t.Errorf("the ACD heard %v", h.heard)
		}
		if h.done("dial ann.s1") {
			t.Error("a refused number was dialled")
		}
		h.wire("leg-a", sip.Ended{Cause: 16})
		h.finished(h.now)
	})
}

// TestForwardedToANumber: an agent's number is told by which numbers the call came, in their full form; one that was sent on too often
// goes no further.
func TestForwardedToANumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withNumber(t)
		came := tel.Forwarding{From: "+32 2 555 01 01", URI: "sip:1@there", Why: tel.DiversionBusy, Times: 1, Limit: 2}
		h.queues("a", came)
		h.plan(call.Planned{Number: "+32470111222", Trunk: "t", CallerID: "+1"})
		h.post(h.now, call.Offered{Offer: "o1", Agent: "ann", RingSeconds: 20})
		h.mustDo("dial ann.s1")
		full := came
		full.From = "+3225550101"
		want := call.Diverted{Number: "+12025550100", Why: "follow-me", Behind: []tel.Forwarding{full}}
		if got := h.dialled[0].Diverted; !reflect.DeepEqual(got, want) {
			t.Errorf("told %+v, not %+v", got, want)
		}
		h.wire("leg-a", sip.Ended{Cause: 16})
		h.wire("ann.s1", sip.Ended{Cause: 16})
		h.finished(h.now)

		came.Times = 2
		h.queues("b", came)
		h.plan(call.Planned{Number: "+32470111222", Trunk: "t", CallerID: "+1"})
		h.post(h.now, call.Offered{Offer: "o2", Agent: "ann", RingSeconds: 20})
		if !h.told(acd.OfferEnded{Call: h.now, Offer: "o2", Result: acd.Failed}) || len(h.dialled) != 1 {
			t.Errorf("the ACD heard %v, dialled %+v", h.heard, h.dialled)
		}
		h.wire("leg-b", sip.Ended{Cause: 16})
		h.finished(h.now)
	})
}

// TestPersistentPath keeps one leg for two customers, and pauses ann when it is lost.
func TestPersistentPath(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.Seats([]callcontrol.Seat{{Agent: "ann", Org: org, Name: "Ann", Extension: "101"}})
		h.plan(call.Planned{Number: "+32470333444", Trunk: "t", CallerID: "+1"})
		voice := station.Voice{Mode: station.ByCallMe, Persistent: true, Number: "+32470333444"}
		if err := h.AskStation(context.Background(), "ann", station.ConnectVoice{Voice: voice}); err != nil {
			t.Fatal(err)
		}
		h.mustDo("dial ann.s1")
		h.wire("ann.s1", sip.Answered{})
		h.mustDo("loop")
		for _, name := range []string{"a", "b"} {
			h.queues(name)
			h.post(h.now, call.Offered{Offer: id.Offer("o" + name), Agent: "ann", RingSeconds: 20})
			h.mustDo("play cue:beep")
			h.wire("ann.s1", sip.Sound{Event: media.PlayEnded{Leg: "ann.s1", Tag: "cue:beep"}})
			if p := h.l.calls[h.now].Parties; len(p) != 2 || p[1].Leg != "ann.s1" {
				t.Fatalf("parties %+v", p)
			}
			h.wire(legOf(name), sip.Ended{Cause: 16})
			h.finished(h.now)
		}
		if h.done("end ann.s1") {
			t.Error("the path was hung up with a call")
		}
		h.wire("ann.s1", sip.Ended{Cause: 16})
		h.queues("c")
		h.post(h.now, call.Offered{Offer: "oc", Agent: "ann", RingSeconds: 20})
		if !h.told(acd.SetStatus{Agent: "ann", Status: acd.Unavailable, Reason: acd.AutoPause}) {
			t.Errorf("the ACD heard %v", h.heard)
		}
	})
}

// spending notes what is told of the cost of agents' numbers.
type spending struct{ h *house }

func (s spending) NumberUp(_ id.Org, which id.Call)   { s.h.note("costs " + string(which)) }
func (s spending) NumberOver(_ id.Org, which id.Call) { s.h.note("cost " + string(which)) }

// TestNumberSpends tells what a number costs from answer to end, and never calls an emergency number for an agent.
func TestNumberSpends(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.Spending = spending{h}
		h.Emergency = func(_ id.Org, typed string) bool { return typed == "+112" }
		h.Seats([]callcontrol.Seat{{Agent: "ann", Org: org, Name: "Ann", Extension: "101"}})
		h.plan(call.Planned{Number: "+32470333444", Routes: []call.Route{{Trunk: "t", CallerID: "+1"}}})
		connect := func(to tel.Number) {
			voice := station.Voice{Mode: station.ByCallMe, Persistent: true, Number: to}
			if err := h.AskStation(context.Background(), "ann", station.ConnectVoice{Voice: voice}); err != nil {
				t.Fatal(err)
			}
		}
		connect("+112")
		if h.done("dial ann.s1") {
			t.Error("an emergency number was called as an agent's own")
		}
		connect("+32470333444")
		h.mustDo("dial ann.s2")
		h.wire("ann.s2", sip.Answered{})
		h.mustDo("costs ann.s2")
		h.wire("ann.s2", sip.Ended{Cause: 16})
		h.mustDo("cost ann.s2")
	})
}
