package sip

import (
	"strings"
	"testing"
	"time"
)

// waitFor waits for a condition that nothing tells of.
func waitFor(t testing.TB, what string, met func() bool) {
	t.Helper()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for limit := time.Now().Add(patience); time.Now().Before(limit); <-ticker.C {
		if met() {
			return
		}
	}
	t.Fatalf("waited in vain for %s", what)
}

func contains(text, part string) bool { return strings.Contains(text, part) }
