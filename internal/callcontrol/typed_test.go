package callcontrol_test

import (
	"testing"
	"testing/synctest"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/sip"
)

// TestTypedIsExpandedFirst: what an agent's speed dial stands for is dialled before anything looks at the number, so that an emergency
// number under one is an emergency call, from the page and from the desk phone; a caller from outside dials no code (BX-32).
func TestTypedIsExpandedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := withAnn(t)
		var asked, meant []string
		h.Typed = func(_ id.Org, agent id.Agent, typed string) string {
			asked = append(asked, string(agent)+" "+typed)
			return "911"
		}
		h.Emergency = func(_ id.Org, typed string) bool {
			meant = append(meant, typed)
			return typed == "911"
		}
		h.planned = call.Planned{Number: "911", Trunk: "t1", Emergency: true}
		h.Drain() // only emergency calls are taken now
		if _, err := h.Dial(org, "ann", "*011", "", false); err != nil {
			t.Errorf("from the page: %v", err)
		}
		synctest.Wait()
		h.Arrived(sip.Incoming{Org: org, Leg: "phone", Device: "d", Agent: "ann", To: "*011"})
		synctest.Wait()
		h.Arrived(sip.Incoming{Org: org, Leg: "in", Trunk: "t1", From: "+1", To: "*011"})
		synctest.Wait()
		if len(asked) != 2 || asked[0] != "ann *011" || asked[1] != "ann *011" {
			t.Errorf("asked was %q", asked)
		}
		for _, number := range meant {
			if number != "911" {
				t.Errorf("the code itself was looked at: %q", meant)
			}
		}
		if live, _, _, _ := h.Counts(); live != 2 {
			t.Errorf("%d calls are live, not the two emergency calls", live)
		}
	})
}
