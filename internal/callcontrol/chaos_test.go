package callcontrol_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
)

var (
	seeds      = flag.Uint64("seeds", defaultSeeds, "how many worlds TestChaos plays")
	first      = flag.Uint64("first", 0, "the first seed")
	callsN     = flag.Int("calls", 40, "callers in a world")
	mergeSeeds = flag.Uint64("merges", defaultSeeds, "how many worlds TestChaosOfMerging plays")
	lasts      = flag.Duration("lasts", 10*time.Minute, "how long a world lives, in its own time")
)

// TestChaos plays worlds by chance; every second, and at the end, the promises are checked.
func TestChaos(t *testing.T) {
	play(t, *first, *seeds, false)
}

// TestChaosWithPanics plays worlds in which wires and screens panic at times: calls break, and so does the ACD. All
// promises hold all the same.
func TestChaosWithPanics(t *testing.T) {
	play(t, *first, *seeds/5, true)
}

// play plays worlds on two cores.
func play(t *testing.T, first, seeds uint64, breaks bool) {
	for shard := range uint64(2) {
		t.Run(string('a'+rune(shard)), func(t *testing.T) {
			t.Parallel()
			ends, beside := map[acd.Result]int{}, 0
			for seed := first + shard; seed < first+seeds && !t.Failed(); seed += 2 {
				t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { beside += playOne(t, seed, breaks, ends) }) // named also by a panic or a time-out
			}
			t.Logf("callbacks ended: %v; %d calls were talked in beside another", ends, beside)
			if !t.Failed() && seeds >= 40 && beside == 0 {
				t.Error("the chaos never answers a call that waits")
			}
			if !t.Failed() && seeds >= 40 && (ends[acd.LeftAnswered] == 0 || ends[acd.LeftTransferred] == 0 || ends[acd.LeftAbandoned] == 0) {
				t.Errorf("the chaos hardly calls back: %v", ends)
			}
		})
	}
}

func playOne(t *testing.T, seed uint64, breaks bool, ends map[acd.Result]int) (beside int) {
	s := size{calls: *callsN, agents: 5, lasts: *lasts}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(seed, s, fault{})
		w.breaks = breaks
		if err := w.run(s); err != nil {
			t.Errorf("seed %d: %v", seed, err)
			w.l.show(t, err)
		}
		for result, n := range w.l.calledBack {
			ends[result] += n
		}
		beside = w.l.beside
	})
	return beside
}

// show tells the stories of the calls that an error names.
func (l *ledger) show(t *testing.T, err error) {
	for which, r := range l.records {
		if !strings.Contains(err.Error(), string(which)) {
			continue
		}
		t.Logf("call %s:", which)
		for _, e := range r.Timeline {
			t.Logf("  %s %-14s %s %s %s", e.At.Format("04:05"), e.Kind, e.Agent, e.Text, e.Result)
		}
	}
}
