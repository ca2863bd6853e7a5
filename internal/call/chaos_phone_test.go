package call

import (
	"testing"

	"parley/internal/id"
	"parley/internal/story"
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
			for talk := w.chance.IntN(3); talk > 0 && w.c.Stage == Active && !w.c.Treatment.On(); talk-- {
				w.handle(w.request(), false)
			}
			if !w.step() && w.c.Stage != Active {
				break
			}
		}
		w.quiet = true
		if w.c.Stage != Ended {
			w.handle(w.keyed("ann"), false)
			w.handle(Close{Cause: 41, Why: "enough"}, false)
		}
		for w.step() {
			w.handle(LegRefers{Leg: "trunk", To: "202"}, false)
		}
		if !w.c.Ended() {
			w.fail("seed %d: the call has not ended: %s", seed, story.State(w.fail, w.c))
		}
		w.ledger.settled()
		for word, n := range w.ledger.steps {
			results[word] += n
		}
	}
	for _, word := range []string{"refer true", "refer false", "move completed", "move failed", "move abandoned"} {
		if results[word] < seeds/20 {
			t.Errorf("the chaos hardly reaches %s: %v", word, results)
		}
	}
}

// keyed is an agent's wish to transfer by the telephone's key; now and then the telephone hangs up at once.
func (w *world) keyed(agent id.Agent) Signal {
	p := w.c.party(agent)
	if p == nil {
		return LegRefers{Leg: "nobody's", To: "202"}
	}
	if w.oneIn(2) {
		w.later(2, LegEnded{Leg: p.Leg, Cause: tel.CauseNormal, ByPeer: true})
	}
	return LegRefers{Leg: p.Leg, To: "202"}
}
