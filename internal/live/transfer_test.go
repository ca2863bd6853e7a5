package live

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/station"
)

// TestTransferLines follows both lines of an agent who calls a colleague from a call, and what that colleague sees.
func TestTransferLines(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	ann, bob := open(t, w.hub, viewers()["agent"]), open(t, w.hub, viewers()["supervisor"])
	c := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	w.start("bob")
	see := func(what, mine, his string) {
		t.Helper()
		for who, p := range map[string]*page{mine: ann, his: bob} {
			p.read()
			var lines []string
			for _, l := range p.see.Me.Lines {
				line := fmt.Sprintf("%d %s %s", l.Line, l.State, l.Name)
				if l.BroughtBy != "" {
					line += " from " + l.BroughtBy + ": " + l.Notes
				}
				if l.Transfer != nil {
					line += strings.TrimRight(fmt.Sprintf(" (%s %s %s", l.Transfer.State, l.Transfer.Name, l.Transfer.Why), " ") + ")"
				}
				for _, p := range l.Parties {
					line += fmt.Sprintf("; %s %s %s %d", p.Kind, p.Name, p.State, p.Line)
				}
				lines = append(lines, line)
			}
			if got := strings.Join(lines, " | "); got != who {
				t.Errorf("%s: %q, want %q", what, got, who)
			}
		}
	}
	const elena, both = "; customer Elena Petrova joined 1", "; customer Elena Petrova joined 1; agent Ann Ash joined 1"
	see("talks", "1 active Elena Petrova"+both, "")
	w.tellCall(c, call.Consult{Agent: "ann", To: dest.Destination{Kind: dest.Agent, Target: "bob"}, Notes: "refund"})
	see("asks", "1 active Elena Petrova (asking Bob Birch)"+both, "")
	w.tellCall(c, call.Routed{Move: 1, Destination: dest.Destination{Kind: dest.Agent, Target: "bob"}, Agent: "bob", AgentName: "Bob Birch", RingSeconds: 20})
	see("rings", "1 held Elena Petrova (ringing Bob Birch)"+elena+"; agent Ann Ash joined 2 | 2 dialling Bob Birch",
		"1 incoming Elena Petrova from Ann Ash: refund")
	w.tellStation("bob", station.Answer{Offer: w.stations["bob"].Ring.Offer, Tab: "bob-tab"})
	see("speaks with Bob", "1 held Elena Petrova (talking Bob Birch)"+elena+"; agent Ann Ash joined 2; agent Bob Birch joined 2 | 2 active Bob Birch",
		"1 active Elena Petrova from Ann Ash: refund"+elena+"; agent Ann Ash joined 2; agent Bob Birch joined 2")
	w.tellCall(c, call.Swap{Agent: "ann"})
	see("swaps", "1 active Elena Petrova (talking Bob Birch)"+both+"; agent Bob Birch joined 2 | 2 held Bob Birch",
		"1 active Elena Petrova from Ann Ash: refund"+both+"; agent Bob Birch joined 2")
	w.tellCall(c, call.Merge{Agent: "ann"})
	see("merges", "1 active Elena Petrova"+both+"; agent Bob Birch joined 1", "1 active Elena Petrova from Ann Ash: refund"+both+"; agent Bob Birch joined 1")
	w.tellCall(c, call.HangUp{Agent: "ann"})
	see("leaves", "1 ended Elena Petrova", "1 active Elena Petrova from Ann Ash: refund"+elena+"; agent Bob Birch joined 1")
	w.tellCall(c, call.Transfer{Agent: "bob", To: dest.Destination{Kind: dest.Agent, Target: "cleo"}})
	w.tellCall(c, call.Routed{Move: 2, Destination: dest.Destination{Kind: dest.Agent, Target: "cleo"}, Agent: "cleo", AgentName: "Cleo Cedar", RingSeconds: 20})
	see("Cleo is offline", "1 ended Elena Petrova",
		"1 active Elena Petrova from Ann Ash: refund (failed Cleo Cedar the agent is offline)"+elena+"; agent Bob Birch joined 1")
}
