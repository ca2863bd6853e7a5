package simulator

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"parley/internal/report"
)

// TestTheory runs the ACD as queueing theory's lines with loads from 0.5 to 0.95: how many callers wait, for how long and how
// many hang up is as Erlang C and Erlang A say.
func TestTheory(t *testing.T) {
	for _, theory := range Theories(7, 15_000) {
		t.Run(fmt.Sprintf("%.1f erlangs, patience %s", theory.Line.Load(), theory.Line.Patience), func(t *testing.T) {
			t.Parallel()
			c, err := Compare(t.Context(), theory)
			if err != nil || !c.Agrees() {
				t.Fatalf("%+v %v", c, err)
			}
			t.Logf("%+v", c)
			for what, m := range map[string]Measured{"wait": c.Wait, "mean wait": c.MeanWait, "abandon": c.Abandon} {
				if m.Within > 0.5*m.Theory {
					t.Errorf("%s: the interval %.4f ± %.4f says nothing", what, m.Mean, m.Within)
				}
			}
		})
	}
}

// TestTheoryOfAnotherLine: what was measured is not what theory says of a line with one agent more.
func TestTheoryOfAnotherLine(t *testing.T) {
	line := report.Line{Agents: 8, Handling: time.Minute, Arrivals: 0.8 * 8 / 60}
	c, err := Compare(t.Context(), Theory{Seed: 7, Line: line, Calls: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	line.Agents++
	c.Wait.Theory, c.MeanWait.Theory = line.Wait(), line.MeanWait().Seconds()
	if c.Wait.Agrees() || c.MeanWait.Agrees() || c.Agrees() {
		t.Errorf("%+v", c)
	}
	if _, err := Compare(t.Context(), Theory{Line: line}); !errors.Is(err, ErrInvalid) {
		t.Errorf("without calls: %v", err)
	}
}
