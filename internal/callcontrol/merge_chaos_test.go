package callcontrol_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/sip"
	"parley/internal/station"
)

// TestChaosOfMerging plays worlds in which agents have two calls all the time and merge them, while everybody hangs up, loses the
// voice and switches lines at any moment, and what the two calls say to each other comes at once or up to eight seconds late.
func TestChaosOfMerging(t *testing.T) {
	for shard := range uint64(2) {
		t.Run(string('a'+rune(shard)), func(t *testing.T) {
			t.Parallel()
			results := map[string]int{}
			for seed := *first + shard; seed < *first+*mergeSeeds && !t.Failed(); seed += 2 {
				t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { mergeOne(t, seed, results) })
			}
			t.Logf("%v", results)
			for _, word := range []string{"merged", "failed", "gave back", "the call was over before", "the other call does not answer: try again"} {
				if !t.Failed() && *mergeSeeds >= 100 && results[word] < 3 {
					t.Errorf("the chaos hardly reaches %q: %v", word, results)
				}
			}
		})
	}
}

func mergeOne(t *testing.T, seed uint64, results map[string]int) {
	s := size{calls: 40, agents: 3, lasts: 5 * time.Minute}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(seed, s, fault{})
		w.merging, w.outside = true, seed%4 < 2
		for _, p := range w.people {
			p.waits = true
		}
		if err := w.run(s); err != nil {
			t.Errorf("seed %d: %v", seed, err)
			w.l.show(t, err)
		}
		for word, n := range w.l.merges {
			results[word] += n
		}
	})
}

// joins has an agent's desk phone, now and then, press its transfer key for the two calls that it has.
func (w *world) joins(agent id.Agent) {
	w.l.mu.Lock()
	var one, other id.Leg
	if s := w.l.stations[agent]; s != nil && s.Other != nil && s.Line.Device == station.DeskPhone {
		one, other = s.Line.Leg, s.Other.Leg
		w.l.merges["asked by phone"]++
	}
	w.l.mu.Unlock()
	if w.chance(50) {
		one, other = other, one
	}
	if k := w.wires.find(one); k != nil {
		w.wires.refer(k, sip.Referred{Replaces: other})
	}
}

// slowly holds up now and then what two calls say to each other.
func (w *world) slowly(to owner.Address, signal any) []any {
	s, ok := signal.(call.Signal)
	switch signal.(type) {
	case call.Adopt, call.Adopted, call.NotAdopted, call.Handed:
	default:
		ok = false
	}
	if !ok || w.over() || !w.chance(40) {
		return []any{signal}
	}
	w.mu.Lock()
	w.onTheWay++
	w.mu.Unlock()
	if a, asks := s.(call.Adopt); asks {
		w.later(w.within(6), func() { w.leaves(a) })
	}
	w.later(w.within(8), func() {
		w.x.TellOther(to, org, s)
		w.mu.Lock()
		w.onTheWay--
		w.mu.Unlock()
	})
	return nil
}

// leaves has somebody of two calls that are being merged go: one of those outside, a page, or the agent who is in both.
func (w *world) leaves(a call.Adopt) {
	switch g := a.Guests[w.pick(len(a.Guests))].Party; w.pick(4) {
	case 0, 1:
		if k := w.wires.find(g.Leg); k != nil && g.Own {
			w.wires.happen(k, sip.Ended{Cause: 16, ByPeer: true})
		}
	case 2:
		_ = w.x.AskCall(context.Background(), org, a.Call, call.HangUp{Agent: a.Agent, Sure: true, LeaveOutside: true})
	case 3:
		for _, p := range w.people {
			if p.agent == a.Agent || p.agent == g.Agent {
				p.sleep()
			}
		}
	}
}

// between tells whether something is on its way between two calls.
func (w *world) between() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.onTheWay > 0
}

// oneCallEach checks that every leg is in one call only, and that nobody hears somebody of another call.
func (w *world) oneCallEach() {
	in := map[id.Leg]id.Call{}
	for which, c := range w.l.calls {
		for _, p := range c.Parties {
			if p.Leg == "" || p.Closed || p.Aside || p.State == call.Gone {
				continue
			}
			if other, twice := in[p.Leg]; twice {
				w.l.failed("leg %s is in the calls %s and %s", p.Leg, other, which)
			}
			in[p.Leg] = which
			if p.Second.Leg != "" {
				in[p.Second.Leg] = which
			}
		}
	}
	w.sound.mu.Lock()
	defer w.sound.mu.Unlock()
	for which, r := range w.sound.rooms {
		for _, h := range r.hearings {
			for _, from := range append(slices.Clone(h.Mix), h.From) {
				if from != "" && in[from] != which {
					w.l.failed("in call %s leg %s hears %s, which is in call %q", which, h.Leg, from, in[from])
				}
			}
		}
	}
}
