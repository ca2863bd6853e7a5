package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
)

var errSimulated = errors.New("not what was asked for")

// measureSimulator runs the simulator of the ACD in a process of its own: 10^6 interactions when there is time.
func measureSimulator(ctx context.Context, r *run) error {
	interactions := pick(r.Options, 100_000, 1_000_000)
	target := pick(r.Options, 5.0, 50)
	out, err := exec.CommandContext(ctx, r.Program, "simulate", "--seed", "1", "--interactions", strconv.Itoa(interactions),
		"--agents", "1000", "--queues", "50", "--transcripts", "").Output()
	if err != nil {
		return fmt.Errorf("run the simulator: %w: %s", err, out)
	}
	took, err := simulated(out, interactions)
	if err != nil {
		return err
	}
	r.add(bounded(fmt.Sprintf("simulator, %d interactions, 1,000 agents, 50 queues", interactions), took, "s", target))
	return nil
}

// simulated reads the last line that the simulator prints: the seconds that so many interactions without a violation took.
func simulated(out []byte, interactions int) (seconds float64, err error) {
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	var result struct {
		Interactions int     `json:"interactions"`
		Violations   int     `json:"violations"`
		Seconds      float64 `json:"seconds"`
	}
	if err := json.Unmarshal(lines[len(lines)-1], &result); err != nil {
		return 0, fmt.Errorf("the simulator's last line: %w", err)
	}
	if result.Interactions != interactions || result.Violations != 0 {
		return 0, fmt.Errorf("simulated %d interactions with %d violations: %w", result.Interactions, result.Violations, errSimulated)
	}
	return result.Seconds, nil
}
