package live

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/station"
)

// TestWaitingCallLines follows the lines of an agent in whose call another one comes, and what others see of it (SP-25).
func TestWaitingCallLines(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	ann, bob := open(t, w.hub, viewers()["agent"]), open(t, w.hub, viewers()["supervisor"])
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	see := func(what, want string) {
		t.Helper()
		ann.read()
		bob.read()
		var lines []string
		for _, l := range ann.see.Me.Lines {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %d %s %s", l.Call, l.Line, l.State, map[bool]string{true: "of two"}[l.TwoCalls])))
		}
		shown := ""
		for _, a := range bob.see.Agents {
			if a.ID == "ann" && a.Call != nil {
				shown = " ; " + string(a.Call.ID)
			}
		}
		if got := strings.Join(lines, ", ") + shown; got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	see("talks", "c1 1 active ; c1")
	d := w.direct("ann")
	see("another one rings", "c1 1 active, c2 2 incoming ; c1")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	w.tellCall(d, call.LegAnswered{Leg: id.Leg(d + "-trunk")})
	see("answers it", "c1 1 held of two, c2 2 active of two ; c2")
	if which, talks := w.hub.TalksIn(org, "ann"); !talks || which != d {
		t.Errorf("Ann talks in %s", which)
	}
	w.tellStation("ann", station.Switch{Call: c})
	see("switches", "c1 1 active of two, c2 2 held of two ; c1")
	merging := func(want string) {
		t.Helper()
		ann.read()
		got := ""
		for _, l := range ann.see.Me.Lines {
			if l.Merge != nil {
				got += fmt.Sprintf("%s %s %s", l.Call, l.Merge.State, l.Merge.Why)
			}
		}
		if got != want {
			t.Errorf("merging: %q, want %q", got, want)
		}
	}
	w.tellCall(d, call.MergeInto{Agent: "ann", Into: c})
	merging("c2 merging ")
	w.tellCall(d, call.NotAdopted{Call: c, Number: 1, Why: "no room"})
	merging("c2 failed no room")
	w.tellCall(d, call.TimeUp{Timer: "merge"})
	merging("")
	w.tellCall(c, call.HangUp{Agent: "ann"})
	see("hangs up one", "c1 1 ended, c2 1 active ; c2")
	w.tellCall(d, call.Consult{Agent: "ann", To: dest.Destination{Kind: dest.Agent, Target: "bob"}})
	w.start("bob")
	w.tellCall(d, call.Routed{Move: 1, Destination: dest.Destination{Kind: dest.Agent, Target: "bob"}, Agent: "bob", AgentName: "Bob Birch", RingSeconds: 20})
	see("calls somebody else", "c1 1 ended, c2 1 held, c2 2 dialling ; c2")
	w.direct("ann")
	see("both lines are in use", "c2 1 held, c2 2 dialling ; c2")
}

// direct lets a caller reach an agent's own number.
func (w *world) direct(a id.Agent) id.Call {
	w.next++
	which := id.Call(fmt.Sprint("c", w.next))
	w.calls[which] = call.New(which, org)
	w.tellCall(which, call.Arrived{Leg: id.Leg(which + "-trunk"), Trunk: "t1", From: "+32470111333", To: "+12025550105"})
	w.tellCall(which, call.Routed{Destination: dest.Destination{Kind: dest.Agent, Target: string(a)}, Agent: a, AgentName: "Ann Ash", RingSeconds: 20})
	return which
}
