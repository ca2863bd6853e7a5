package voicemail

import (
	"testing"
	"time"
)

// TestGuesses: so many wrong PINs within an hour are too many, until the first of them is an hour old; another organisation is not concerned.
func TestGuesses(t *testing.T) {
	w := &New(Config{}).wrong
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for i := range mostGuesses {
		if at := start.Add(time.Duration(i) * time.Second); w.tooMany("acme", at) || w.note("acme", at) != (i == mostGuesses-1) {
			t.Fatalf("after %d wrong PINs", i)
		}
	}
	if !w.tooMany("acme", start.Add(guessTime-1)) || w.tooMany("other", start) {
		t.Error("who is closed out?")
	}
	if w.tooMany("acme", start.Add(guessTime)) {
		t.Error("closed after an hour still")
	}
}
