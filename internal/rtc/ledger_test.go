package rtc

import (
	"slices"
	"sync"
	"testing"
	"time"

	"parley/internal/id"
)

// patience bounds the wait for a condition in a test.
const patience = 10 * time.Second

// eventually waits until ok holds.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); <-tick.C {
		if ok() {
			return
		}
	}
	t.Fatalf("in vain: %s", what)
}

// ledger is an Exchange that remembers.
type ledger struct {
	mu   sync.Mutex
	told map[id.Leg][]Progress
}

func (l *ledger) Happened(leg id.Leg, what Progress) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.told == nil {
		l.told = map[id.Leg][]Progress{}
	}
	l.told[leg] = append(l.told[leg], what)
}

func (l *ledger) of(leg id.Leg) []Progress {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.told[leg])
}

func (l *ledger) has(leg id.Leg, what Progress) bool { return slices.Contains(l.of(leg), what) }

// ends waits for a leg's Ended and checks that it is the only one, the last, and for this reason.
func (l *ledger) ends(t *testing.T, leg id.Leg, why Reason) {
	t.Helper()
	want := Ended{Reason: why, Cause: why.Cause()}
	eventually(t, string(leg)+" ends as "+string(why), func() bool { return l.has(leg, want) })
	told := l.of(leg)
	for _, p := range told[:len(told)-1] {
		if _, ended := p.(Ended); ended {
			t.Errorf("ended before the end: %#v", told)
		}
	}
	if told[len(told)-1] != want {
		t.Errorf("the last that was told is %#v", told[len(told)-1])
	}
}
