package callcontrol_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
)

// TestLegless names the calls in which nobody is any more, and none that still rings somebody (BX-8).
func TestLegless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		legless := func(when string, want ...id.Call) {
			t.Helper()
			synctest.Wait()
			if s := h.Stand(org); !slices.Equal(s.Legless, want) || len(s.Calls) != 1 {
				t.Errorf("%s: %v of %v are without legs, not %v", when, s.Legless, s.Calls, want)
			}
		}
		h.planned = call.Routed{Queue: &call.Queue{ID: "q"}}
		h.EnterBrowser("nobody", "leg-a")
		h.begin("a", "leg-a")
		h.post("a", call.LegAnswered{Leg: "leg-a"})
		legless("a caller waits")
		h.ForgetBrowser("leg-a") // the last word about it never came
		legless("the leg is gone", "a")
		h.EnterBrowser("bob", "leg-bob")
		h.dir.Enter(owner.At("station", id.Agent("bob")), quietBox{})
		h.post("a", call.Offered{Offer: "o1", Agent: "bob", RingSeconds: 20})
		legless("an agent is rung")
		h.post("a", call.Revoked{Offer: "o1", Result: call.RingFailed})
		legless("the ring is over", "a")
		h.post("a", call.Close{Why: "nobody was in the call any more"})
		if s := h.Stand(org); len(s.Legless) > 0 {
			t.Errorf("closed, and without legs still: %v", s.Legless)
		}
	})
}
