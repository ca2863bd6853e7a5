package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"testing"
	"time"
)

// TestSoak: 200 calls at any time that come and go, for forty seconds to warm up and for thirty that are judged. Memory and
// goroutines do not grow, and no call fails.
func TestSoak(t *testing.T) {
	binary, err := Binary()
	if err != nil {
		t.Fatal(err)
	}
	// 200 calls are set up before and ended after the seventy seconds: on a busy machine that may take as long again.
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, binary, "bench", "--json", "--soak", "30s").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("soak: %v, and it said:\n%s", err, exit.Stderr)
		}
		t.Fatalf("soak: %v", err)
	}
	judged := 0
	for line := range bytes.Lines(out) {
		var row struct {
			Work   string
			Value  float64
			Unit   string
			Target *float64
		}
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		t.Logf("%s: %g %s", row.Work, row.Value, row.Unit)
		if row.Target == nil {
			continue
		}
		judged++
		if row.Value > *row.Target {
			t.Errorf("%s: %g %s, more than %g", row.Work, row.Value, row.Unit, *row.Target)
		}
	}
	if judged != 4 {
		t.Errorf("%d figures were judged, not 4", judged)
	}
}
