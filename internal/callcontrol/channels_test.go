package callcontrol_test

import (
	"testing"
	"testing/synctest"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/sip"
)

// places lets an agent of its own place a call from a desk phone, up to where it is dialled.
func (h *house) places(which id.Call, emergency bool, routes ...call.Route) {
	h.t.Helper()
	agent := id.Agent("agent of " + which)
	h.Seats([]callcontrol.Seat{{Agent: agent, Org: org}})
	h.planned = call.Planned{Number: "+12025550180", Routes: routes, Emergency: emergency}
	if err := h.Open(org, which, call.Placed{Agent: agent, Leg: id.Leg(which) + ".phone", To: "+12025550180", Emergency: emergency}); err != nil {
		h.t.Fatal(err)
	}
	synctest.Wait()
	h.post(which, call.Granted{Agent: agent})
}

// TestChannelsOfATrunk: a trunk without a free channel is passed over, and the call that finds none is told why.
func TestChannelsOfATrunk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.planned = call.Routed{Agent: "ann"}
		h.Arrived(sip.Incoming{Org: org, Leg: "in", Trunk: "t1", From: "+1", To: "+2"}) // takes one of two channels
		synctest.Wait()
		main, spare := call.Route{Trunk: "t1", Name: "Main", Channels: 2}, call.Route{Trunk: "t2", Name: "Spare", Channels: 1}
		h.places("c1", false, main, spare)
		h.mustDo("dial c1.l1")
		h.post("c1", call.HangUp{Agent: "agent of c1"})
		h.mustDo("end c1.l1") // until the wire has said its last word the channel is not free
		h.places("c2", false, main, spare)
		if h.done("dial c2.l1") {
			t.Error("Main carries a third call")
		}
		h.mustDo("dial c2.l2")
		h.Happened("c2.l2", sip.Ended{Cause: 17, Code: 486, ByPeer: true})
		if why := h.finished("c2"); why != "busy" {
			t.Errorf("ended since %q", why)
		}
		h.places("c3", false, main)
		if why := h.finished("c3"); why != "no line is free: all 2 channels of trunk Main are in use" {
			t.Errorf("ended since %q", why)
		}
		h.Happened("c1.l1", sip.Ended{Cause: 16})
		h.places("c4", false, main)
		h.mustDo("dial c4.l1")
	})
}

// TestEmergencyFreesAChannel: a call gives way, and the emergency call is dialled when its channel is free (BX-13).
func TestEmergencyFreesAChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		full := call.Route{Trunk: "t1", Name: "Main", Channels: 1}
		h.places("c1", false, full)
		h.Happened("c1.l1", sip.Answered{})
		h.mustDo("dial c1.l1")
		h.places("c2", true, full)
		h.mustDo("end c1.l1")
		if h.done("dial c2.l1") {
			t.Error("dialled before the channel was free")
		}
		h.Happened("c1.l1", sip.Ended{Cause: 16})
		h.mustDo("dial c2.l1")
		if why := h.finished("c1"); why != "the line was needed for an emergency call" {
			t.Errorf("ended since %q", why)
		}
		h.places("c3", true, full) // an emergency never ends another
		h.mustDo("dial c3.l1")
	})
}

// TestEmergencyLeavesOtherCalls: an agent who talks is taken out of that call, and an emergency call is taken though the system
// is being stopped (BX-13).
func TestEmergencyLeavesOtherCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		h.Emergency = func(_ id.Org, typed string) bool { return typed == "911" }
		h.planned = call.Planned{Number: "+12025550180", Trunk: "t1"}
		first, err := h.Dial(org, "ann", "+12025550180", "", false)
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		h.Drain()
		if _, err := h.Dial(org, "ann", "+12025550180", "", false); err == nil {
			t.Error("an ordinary call is taken while the system is being stopped")
		}
		which, err := h.Dial(org, "ann", "911", "", false)
		if err != nil {
			t.Fatal(err)
		}
		h.finished(first)
		if !h.told(acd.Reserve{Call: which, Agent: "ann", Purpose: acd.Outbound}) {
			t.Error("no place was asked for")
		}
		again, err := h.Dial(org, "ann", "911", "", false)
		synctest.Wait()
		if live, _, _, _ := h.Counts(); err != nil || live != 2 || again == which {
			t.Errorf("%d calls live, %v: an emergency call is not left for another", live, err)
		}
	})
}
