package call

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/dest"
)

const seeds = 500

// TestChaos lets calls live through signals that come late, twice, at once and out of place, and checks that every
// promise is kept.
func TestChaos(t *testing.T) {
	stages := map[Stage]int{}
	results := map[string]int{}
	for seed := range uint64(seeds) {
		w := newWorld(t, seed)
		w.begin()
		for steps := 0; steps < 400 && w.c.Stage != Ended && w.now.Sub(epoch).Minutes() < 4; steps++ {
			stages[w.c.Stage]++
			if w.oneIn(9) {
				w.handle(w.disturb(), false)
			}
			for talk := w.chance.IntN(12); talk > 0 && w.c.Stage == Active; talk-- {
				if m := w.c.moving(); !w.c.Treatment.On() && (m == nil || !m.Treatment.On()) { // which wants to be woken in time
					w.now = w.now.Add(time.Duration(w.chance.IntN(2)) * time.Second)
				}
				w.handle(w.request(), false)
			}
			if w.c.Treatment.On() && w.oneIn(3) {
				w.handle(w.key(), false)
			}
			w.sidesteps()
			if len(w.c.Rings) > 0 && w.oneIn(3) {
				w.handle(w.picking(), false)
			}
			if w.c.Stage == Active && w.oneIn(12) {
				w.handle(HangUp{Agent: w.c.Parties[len(w.c.Parties)-1].Agent}, false)
			}
			if !w.step() {
				break
			}
		}
		w.seeOff(seed, func() {
			if w.oneIn(8) {
				w.handle(w.disturb(), false)
			}
		})
		results[fmt.Sprint("recordings ", len(w.ledger.recordings) > 0)]++
		results["holds"] += w.ledger.holds
		results[fmt.Sprint("at once ", w.ledger.most)]++
		results[fmt.Sprint("talked ", !w.c.AnsweredAt.IsZero())]++
		for word, n := range w.ledger.steps {
			results[word] += n
		}
	}
	for _, s := range []Stage{Routing, Queued, Ringing, Active} {
		if stages[s] < seeds/2 {
			t.Errorf("the chaos hardly reaches stage %s: %d steps", s, stages[s])
		}
	}
	for _, word := range []string{"menu-asked", "menu-keyed", "wait-told", "message-left", "message-dropped", "paged", "cast"} {
		if results[word] < seeds/100 || results["scored"] == 0 {
			t.Errorf("the chaos hardly reaches %s: %v", word, results)
		}
	}
	if results["at once 2"] < seeds/20 || results["at once 3"] < seeds/50 || results["answered-late"] < seeds/50 {
		t.Errorf("the chaos hardly rings several at once: %v", results)
	}
	for _, word := range []string{"end-callback answered", "end-callback busy", "end-callback no_answer", "end-callback error", "reclaimed"} {
		if results[word] == 0 {
			t.Errorf("the chaos never reaches %s: %v", word, results)
		}
	}
	if results["picked up"] < seeds/20 || results["picking"] < seeds/10 {
		t.Errorf("the chaos hardly picks up: %v", results)
	}
	if results["talked true"] < seeds/4 || results["recordings true"] < seeds/10 || results["holds"] < seeds/10 {
		t.Errorf("the chaos tries too little: %v", results)
	}
}

// TestChaosOfSeveral lets people bring each other into calls, from all sides at once, while parties hang up.
func TestChaosOfSeveral(t *testing.T) {
	results, most := map[string]int{}, 0
	for seed := range uint64(seeds) {
		w := newWorld(t, seed)
		w.several, w.gathers = true, w.oneIn(3)
		if w.oneIn(4) {
			w.begin()
		} else {
			w.talk()
		}
		for steps := 0; steps < 300 && w.c.Stage != Ended && w.now.Sub(epoch).Minutes() < 8; steps++ {
			if w.oneIn(30) {
				w.handle(w.disturb(), false)
			}
			w.sidesteps()
			for talk := w.chance.IntN(4); talk > 0 && w.c.Stage == Active && !w.c.Treatment.On(); talk-- {
				w.handle(w.request(), false)
			}
			most = max(most, w.c.present())
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
	for _, word := range []string{"move completed", "move merged", "move canceled", "move failed", "move abandoned", "conference",
		"park retrieved", "park abandoned", "retrieve-failed"} {
		if results[word] < seeds/20 {
			t.Errorf("the chaos hardly reaches %s: %v", word, results)
		}
	}
	for _, word := range []string{"park returned", "park queued", "watch-began", "watch listen", "watch coach", "watch barge", "watch missed", "watch heard", "aside", "help accepted", "help canceled", "help left"} {
		if results[word] < seeds/100 {
			t.Errorf("the chaos hardly reaches %s: %v", word, results)
		}
	}
	for word, least := range map[string]int{"consult waits": seeds / 5, "consult answered": seeds / 30, "consult left": seeds / 50, "consult in menu": seeds / 5} {
		if results[word] < least {
			t.Errorf("the chaos hardly reaches %s: %d", word, results[word])
		}
	}
	if most < 5 {
		t.Errorf("never more than %d in a call", most)
	}
}

// talk begins a call that a queue's agent has answered already.
func (w *world) talk() {
	w.handle(Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"}, false)
	w.coming = nil
	w.handle(Routed{Queue: &Queue{ID: "sales", Name: "Sales", Record: w.oneIn(2)}, Destination: dest.Destination{Kind: dest.Queue, Target: "sales"}}, false)
	w.coming = nil
	w.handle(LegAnswered{Leg: "trunk"}, false)
	w.coming = nil
	w.handle(Offered{Offer: "c.o99", Agent: "ann", RingSeconds: 20}, false)
	w.coming = nil
	r := RingEnded{Agent: "ann", Offer: "c.o99", Result: RingAnswered, Leg: page("ann", 0), Device: "browser"}
	if w.phones {
		r.Leg, r.Device = "ann.s99", "desk_phone"
	}
	w.handle(r, false)
}

func (w *world) begin() {
	switch w.chance.IntN(8) {
	case 4:
		w.handle(CallBack{Callback: "x.k1", Number: 1, To: "+3222123456", Queue: w.queue(), Agent: "ann", Offer: "c.o0"}, false)
		w.later(15, Revoked{Offer: "c.o0", Result: RingCanceled})
	case 5:
		w.handle(CallBack{Callback: "x.k1", Number: 2, To: "+3222123456", Queue: w.queue()}, false)
	case 0:
		w.handle(Placed{Agent: "ann", Extension: "201", To: "202", Record: w.oneIn(2), Emergency: w.oneIn(4)}, false)
	case 1:
		w.handle(Placed{Agent: "ann", Extension: "201", Leg: "phone", To: "202", Emergency: w.oneIn(4)}, false)
	default:
		w.handle(Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"}, false)
	}
}

// TestWreck breaks calls at any moment: everything that they hold is given back at once.
func TestWreck(t *testing.T) {
	for seed := range uint64(seeds) {
		w := newWorld(t, seed)
		w.begin()
		for range w.chance.IntN(60) {
			if w.oneIn(8) {
				w.handle(w.disturb(), false)
			}
			w.step()
		}
		ended := w.c.Stage == Ended
		actions, events := w.c.Wreck()
		w.history = append(w.history, "wreck")
		for _, a := range actions {
			w.history = append(w.history, a)
			w.ledger.did(a)
		}
		for _, e := range events {
			w.ledger.told(e)
		}
		if !w.c.Ended() || ended && w.ledger.finished != 1 {
			w.fail("seed %d: not ended", seed)
		}
		w.ledger.last = "[]" // the room is closed with the call
		w.ledger.settled()
	}
}
