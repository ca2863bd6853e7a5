package lab

import (
	"testing"
	"time"
)

// Eventually waits until ok, and fails the test when Patience is over.
func Eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	Within(t, Patience, what, ok)
}

// Within waits until ok, and fails the test when the time is over.
func Within(t testing.TB, limit time.Duration, what string, ok func() bool) {
	t.Helper()
	if !Comes(limit, ok) {
		t.Fatalf("waited %s in vain: %s", limit, what)
	}
}

// Comes waits until ok, for a time at most, and tells whether it came.
func Comes(limit time.Duration, ok func() bool) bool {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline.C:
			return ok()
		}
	}
	return true
}

// Stays tells whether ok holds all the time: it is for what must not happen.
func Stays(t testing.TB, how time.Duration, what string, ok func() bool) {
	t.Helper()
	if Comes(how, func() bool { return !ok() }) {
		t.Fatalf("did not last %s: %s", how, what)
	}
}
