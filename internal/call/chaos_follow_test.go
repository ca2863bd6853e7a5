package call

import (
	"testing"
	"time"

	"parley/internal/dest"
)

// TestChaosOfFollowing has direct calls ring at the agent's devices, at numbers outside and at colleagues, who answer, press keys, refuse and
// hang up at once with each other and with the caller: one of them has the call in the end, or none, and the others are let go (BX-29).
func TestChaosOfFollowing(t *testing.T) {
	results := map[string]int{}
	for seed := range uint64(seeds) {
		w := newWorld(t, seed)
		w.follows = true
		w.callDirect()
		for steps := 0; steps < 200 && w.c.Stage != Ended && w.now.Sub(epoch).Minutes() < 6; steps++ {
			if w.oneIn(20) {
				w.handle(w.disturb(), false)
			}
			if len(w.c.Rings) > 0 && w.oneIn(10) {
				w.handle(w.picking(), false)
			}
			if w.c.Stage == Active && w.oneIn(8) {
				w.handle(HangUp{Agent: w.somebody()}, false)
			}
			if !w.step() {
				w.now = w.now.Add(time.Second)
				if w.c.Stage != Active {
					break
				}
			}
		}
		w.seeOff(seed, func() {})
		w.count(results)
	}
	for _, word := range []string{"accepted by external", "accepted by agent", "not_accepted", "no_answer", "busy", "error", "canceled", "asked"} {
		if results["follow "+word] < seeds/50 {
			t.Errorf("the chaos hardly reaches follow %s: %v", word, results)
		}
	}
}

// callDirect begins a call for Ann: from outside, from a menu that has picked it up, or from Bob's desk phone.
func (w *world) callDirect() {
	if w.oneIn(4) {
		w.handle(Placed{Agent: "bob", Extension: "202", Leg: "phone", To: "201"}, false)
		w.coming = nil
		w.handle(Granted{Agent: "bob"}, false)
		w.coming = nil
		w.handle(Taken{Agent: "bob", Leg: "phone", Device: "desk_phone"}, false)
		w.coming = nil
		w.handle(Planned{Number: "201", Agent: "ann", AgentName: "Ann", RingSeconds: 20, FollowMe: w.followMe()}, false)
		return
	}
	w.handle(Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"}, false)
	w.coming = nil
	if w.oneIn(2) {
		w.handle(Routed{Menu: w.menu(), Destination: dest.Destination{Kind: dest.Menu, Target: "main"}}, false)
		w.coming = nil
		w.handle(LegAnswered{Leg: "trunk"}, false)
		w.coming = nil
		w.handle(LegDigit{Leg: "trunk", Digit: "#"}, false)
	}
	w.handle(Routed{
		Agent: "ann", AgentName: "Ann", RingSeconds: 20, FollowMe: w.followMe(), Destination: dest.Destination{Kind: dest.Agent, Target: "ann"},
	}, false)
}
