package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestSimulate: the last line is what a script reads.
func TestSimulate(t *testing.T) {
	for _, args := range [][]string{
		{"simulate", "--seed", "9", "--interactions", "500", "--agents", "20", "--queues", "3", "--transcripts", t.TempDir()},
		{"simulate", "--seed", "9", "--interactions", "1", "--theory"},
	} {
		lines := strings.Split(strings.TrimSpace(run(t, args...)), "\n")
		var last struct {
			Seed, Interactions int
			Violations         *int
		}
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.Seed != 9 || last.Interactions < 500 ||
			last.Violations == nil || *last.Violations != 0 {
			t.Errorf("%v: %v\n%s", args, err, strings.Join(lines, "\n"))
		}
	}
}
