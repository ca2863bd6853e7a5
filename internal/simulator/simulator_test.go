package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

// small is a company in which things coincide more often than in a large one.
func small(seed uint64) Options {
	return Options{Seed: seed, Interactions: 3_000, Agents: 40, Queues: 6}
}

// TestPromises plays several worlds; all promises are kept, and everything happens that can.
func TestPromises(t *testing.T) {
	worlds := []Options{{Seed: 1, Interactions: 20_000, Agents: 200, Queues: 20}, {Seed: 2, Interactions: 500, Agents: 1, Queues: 1}}
	for seed := range uint64(6) {
		worlds = append(worlds, small(100+seed))
	}
	for _, o := range worlds {
		t.Run(fmt.Sprintf("seed %d, %d interactions", o.Seed, o.Interactions), func(t *testing.T) {
			t.Parallel()
			r, err := Run(t.Context(), o)
			if err != nil || r.Violations != 0 || r.Interactions != o.Interactions {
				t.Fatalf("%+v %v", r, err)
			}
			if r.Answered+r.Abandoned+r.LeftElse != r.Entered || r.Answered == 0 || r.Abandoned == 0 || r.LeftElse == 0 ||
				r.Missed == 0 || r.Rejected == 0 || r.Unheard == 0 || r.Refused == 0 || r.LongestLine < 2 {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestSameSeedSameRun: chance alone comes from the seed.
func TestSameSeedSameRun(t *testing.T) {
	printed := func(seed uint64) string {
		r, err := Run(t.Context(), small(seed))
		if err != nil {
			t.Fatal(err)
		}
		r.Seconds = 0
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if a, b, c := printed(5), printed(5), printed(6); a != b || a == c {
		t.Errorf("seed 5: %s\nagain:  %s\nseed 6: %s", a, b, c)
	}
}

func TestNothingToSimulate(t *testing.T) {
	for _, o := range []Options{{Interactions: 1, Agents: 1}, {Interactions: 1, Queues: 1}, {Agents: 1, Queues: 1}} {
		if _, err := Run(t.Context(), o); !errors.Is(err, ErrInvalid) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ended, small(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}
