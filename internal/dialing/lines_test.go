package dialing

import (
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/story"
)

func TestLines(t *testing.T) {
	two := Route{Trunk: "t1", Name: "Main", Caps: Caps{Channels: 2}}
	other := Route{Trunk: "t2", Name: "Other"}
	now := story.Start
	l := NewLines()
	seize := func(leg id.Leg, r Route, urgent bool, want Seizure) {
		t.Helper()
		if got := l.Seize(now, leg, r, urgent); got != want {
			t.Errorf("%s through %s: %+v, want %+v", leg, r.Name, got, want)
		}
	}
	free := func(leg, want id.Leg) {
		t.Helper()
		if got := l.Free(leg); got != want {
			t.Errorf("the end of %s gives a channel to %q, not %q", leg, got, want)
		}
	}
	l.Enter("in", "t1")
	seize("a", two, false, Seizure{Had: true})
	seize("b", two, false, Seizure{Why: "all 2 channels of trunk Main are in use"})
	seize("b", other, false, Seizure{Had: true})
	// An emergency: the outbound call gives way before the one that came in, and each for one emergency only.
	seize("e1", two, true, Seizure{Victim: "a"})
	seize("e2", two, true, Seizure{Victim: "in"})
	seize("e3", two, true, Seizure{Had: true}) // there is nobody left to give way, and it is tried all the same
	free("a", "e1")
	free("a", "")
	free("e2", "") // the agent hung up meanwhile
	free("in", "")
	seize("c", two, false, Seizure{Why: "all 2 channels of trunk Main are in use"})
	free("e3", "")
	seize("c", two, false, Seizure{Had: true})
	seize("e4", two, true, Seizure{Victim: "c"}) // never another emergency
	free("nobody", "")
}

func TestCallsPerSecond(t *testing.T) {
	r := Route{Trunk: "t1", Name: "Main", Caps: Caps{PerSecond: 2}}
	l := NewLines()
	for i, step := range []struct {
		after  time.Duration
		urgent bool
		had    bool
	}{
		{0, false, true}, {400 * time.Millisecond, false, true}, {900 * time.Millisecond, false, false}, {900 * time.Millisecond, true, true},
		{time.Second, false, true}, {1100 * time.Millisecond, false, false}, {1400 * time.Millisecond, false, true},
	} {
		got := l.Seize(story.Start.Add(step.after), id.New[id.Leg](), r, step.urgent)
		if got.Had != step.had || !step.had && got.Why != "trunk Main takes no more than 2 calls a second" {
			t.Errorf("call %d, at %s: %+v", i, step.after, got)
		}
	}
}
