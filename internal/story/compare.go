// Package story runs story tests: text files whose indented lines are what must come of the lines above them. Only
// tests use it.
package story

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the expected lines in testdata")

// Run tells each file of a pattern and compares what comes out with the file; one subtest for each.
func Run(t *testing.T, pattern string, tell func(t *testing.T, text string) string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories in %s: %v", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			Compare(t, file, tell(t, string(text)))
		})
	}
}

// Compare fails the test when a file holds another text, or with -update writes the text into it.
func Compare(t testing.TB, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s came out otherwise; -update rewrites it:\n%s", file, got)
	}
}
