package sip

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/tel"
)

// TestSIPp plays the scenarios of testdata with a real peer: it fails when SIPp saw anything it did not expect.
func TestSIPp(t *testing.T) {
	tests := []struct {
		scenario string
		args     []string
		held     int // times that the far side held
	}{
		{"answer", nil, 0}, {"busy", nil, 0}, {"unknown", nil, 0}, {"cancel", nil, 0}, {"hold", nil, 2}, {"late-offer", nil, 0},
		{"lossy", []string{"-m", "5", "-r", "5"}, 0},
		{"answer", []string{"-m", "100", "-r", "20"}, 0}, {"answer", []string{"-t", "t1"}, 0},
	}
	for _, test := range tests {
		t.Run(test.scenario+strings.Join(test.args, ""), func(t *testing.T) {
			h := openHouse(t, withTrunk)
			h.on(number)
			runSIPp(t, h, test.scenario, test.args...)
			waitFor(t, "every leg to go", func() bool { return len(h.legs.all()) == 0 })
			h.note(func() {
				held := 0
				for _, heard := range h.heard {
					for _, what := range heard {
						if _, ok := what.(Held); ok {
							held++
						}
					}
				}
				if len(h.arrived) == 0 || held != test.held {
					t.Errorf("%d calls arrived, held %d times", len(h.arrived), held)
				}
			})
			for _, call := range h.arrived {
				h.endsOnce(call.Leg)
			}
		})
	}
}

// number does what the number called says.
func number(h *house, call Incoming) {
	switch call.To {
	case "busy":
		_ = h.Reject(call.Leg, tel.CauseBusy)
	case "nobody":
		_ = h.Reject(call.Leg, tel.CauseUnallocated)
	case "ring":
		_ = h.Ring(call.Leg)
	default:
		answering(h, call)
	}
}

func runSIPp(t *testing.T, h *house, scenario string, args ...string) {
	t.Helper()
	file, err := filepath.Abs("testdata/" + scenario + ".xml")
	if err != nil {
		t.Fatal(err)
	}
	args = append([]string{"-sf", file, "-i", "127.0.0.1", "-nostdin", "-timeout", "60", "-timeout_error", "-trace_err", "-m", "1"}, args...)
	cmd := exec.Command("sipp", append(args, h.at())...)
	cmd.Dir = t.TempDir()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err == nil {
		return
	}
	logs, _ := filepath.Glob(filepath.Join(cmd.Dir, "*errors.log"))
	for _, log := range logs {
		text, _ := os.ReadFile(log)
		t.Logf("%s", text)
	}
	t.Fatalf("SIPp %s: %v\n%s", scenario, cmd.ProcessState, lastLines(out.String(), 40))
}

func lastLines(text string, n int) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
