package call

import (
	"fmt"
	"testing"

	"parley/internal/id"
	"parley/internal/tel"
)

// TestChaosOfPhones lets agents transfer by the keys of their telephones, at any moment, while all else goes on.
func TestChaosOfPhones(t *testing.T) {
	results := map[string]int{}
	for seed := range uint64(seeds) {
		w := newWorld(t, seed)
		w.several, w.phones = true, true
		w.talk()
		for steps := 0; steps < 200 && w.c.Stage != Ended && w.now.Sub(epoch).Minutes() < 8; steps++ {
			if w.oneIn(30) {
				w.handle(w.disturb(), false)
			}
			w.sidesteps()
			for talk := w.chance.IntN(3); talk > 0 && w.c.Stage == Active && !w.c.Treatment.On(); talk-- {
				w.handle(w.request(), false)
			}
			if !w.step() && w.c.Stage != Active {
				break
			}
		}
		if w.quiet = true; w.c.Stage != Ended {
			w.handle(w.keyed("ann"), false)
		}
		w.seeOff(seed, func() {
			w.handle(LegRefers{Leg: "trunk", To: "202"}, false)
			w.handle(LegDials{Agent: "ann", Leg: id.Leg(fmt.Sprintf("again-late-%d", len(w.history))), To: "202"}, false)
		})
		w.count(results)
	}
	for _, word := range []string{"refer true", "refer false", "joined by phone", "second lines", "replaced", "move completed", "move canceled", "move failed", "aside"} {
		if results[word] < seeds/20 {
			t.Errorf("the chaos hardly reaches %s: %v", word, results)
		}
	}
	for _, word := range []string{"aside by key", "speaks", "knocked"} {
		if results[word] < seeds/100 {
			t.Errorf("the chaos hardly reaches %s: %v", word, results)
		}
	}
}

// keyed is what an agent's telephone asks for, or does with its two connections.
func (w *world) keyed(agent id.Agent) Signal {
	p := w.c.party(agent)
	if p == nil {
		return LegRefers{Leg: "nobody's", To: "202"}
	}
	w.strangers++
	again := id.Leg(fmt.Sprintf("again-%d", w.strangers))
	if second := p.Second.Leg; second != "" && !w.oneIn(8) {
		all := []Signal{
			LegRefers{Leg: p.Leg, With: second}, LegRefers{Leg: second, With: p.Leg}, LegRefers{Leg: second, With: "nobody's"}, LegRefers{Leg: second, To: "203"},
			LegHeld{Leg: p.Leg, Held: w.oneIn(2)}, LegHeld{Leg: second, Held: w.oneIn(2)}, LegHeld{Leg: p.Leg}, LegHeld{Leg: second},
			LegEnded{Leg: second, Cause: tel.CauseNormal, ByPeer: true}, LegEnded{Leg: p.Leg, Cause: tel.CauseNormal, ByPeer: true},
			LegDials{Agent: agent, Leg: again, To: "203"}, LegReplaced{Old: second, Leg: again},
		}
		if m := w.c.moving(); m != nil && m.State != MoveAsking && w.oneIn(2) {
			all = all[:2]
		}
		return all[w.chance.IntN(len(all))]
	}
	if w.oneIn(2) {
		return LegDials{Agent: agent, Leg: again, To: "202"}
	}
	if w.oneIn(6) {
		return LegReplaced{Old: map[bool]id.Leg{true: "trunk", false: p.Leg}[w.oneIn(2)], Leg: again}
	}
	if w.oneIn(2) {
		w.later(2, LegEnded{Leg: p.Leg, Cause: tel.CauseNormal, ByPeer: true})
	}
	return LegRefers{Leg: p.Leg, To: "202", With: map[bool]id.Leg{true: "trunk"}[w.oneIn(5)]}
}
