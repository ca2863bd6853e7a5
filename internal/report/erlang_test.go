package report

import (
	"math"
	"testing"
	"time"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s is %.6f, not %.6f", what, got, want)
	}
}

// TestErlangAsPublished compares with the example of Gans, Koole and Mandelbaum (Manufacturing & Service Operations Management
// 5, 2003, §4): 48 calls a minute of a minute each, 50 agents, patience of two minutes.
func TestErlangAsPublished(t *testing.T) {
	c := Line{Agents: 50, Arrivals: 48.0 / 60, Handling: time.Minute}
	near(t, "mean wait without patience", c.MeanWait().Seconds(), 20.8, 0.05)
	near(t, "occupancy without patience", c.Occupancy(), 0.96, 1e-9)
	a := c
	a.Patience = 2 * time.Minute
	near(t, "abandoned", a.Abandon(), 0.031, 0.0005)
	near(t, "mean wait", a.MeanWait().Seconds(), 3.7, 0.05)
	near(t, "occupancy", a.Occupancy(), 0.93, 0.005)
	near(t, "ErlangB(10, 5)", ErlangB(10, 5), 0.018385, 1e-6)
}

// chain is the line as a chain of states, by the number of calls in it, solved by adding up.
func chain(l Line) (wait, abandon, meanWait float64) {
	leave := 1 / l.Handling.Seconds()
	hangUp := 0.0
	if l.Patience > 0 {
		hangUp = 1 / l.Patience.Seconds()
	}
	p, all, waiting, queue := 1.0, 0.0, 0.0, 0.0
	for n := range 20_000 {
		all += p
		if n >= l.Agents {
			waiting += p
			queue += p * float64(n-l.Agents)
		}
		busy := min(n+1, l.Agents)
		p *= l.Arrivals / (float64(busy)*leave + float64(n+1-busy)*hangUp)
		if all > 1e100 {
			p, all, waiting, queue = p/1e100, all/1e100, waiting/1e100, queue/1e100
		}
	}
	return waiting / all, hangUp * queue / all / l.Arrivals, queue / all / l.Arrivals
}

func TestErlangIsTheChain(t *testing.T) {
	for _, agents := range []int{1, 2, 10, 150, 600} {
		for _, load := range []float64{0.3, 0.8, 0.95, 1.2, 3} {
			for _, patience := range []time.Duration{0, 20 * time.Second, 5 * time.Minute} {
				if patience == 0 && load >= 1 {
					continue
				}
				l := Line{Agents: agents, Arrivals: load * float64(agents) / 120, Handling: 2 * time.Minute, Patience: patience}
				wait, abandon, mean := chain(l)
				near(t, "wait", l.Wait(), wait, 1e-9)
				near(t, "abandon", l.Abandon(), abandon, 1e-9)
				near(t, "mean wait", l.MeanWait().Seconds(), mean, 1e-6)
				near(t, "in time at once", l.InTime(0), 1-wait, 1e-9)
				if patience > 0 {
					near(t, "in time at last", l.InTime(40*time.Minute), 1-abandon, 1e-6)
				}
				if a, b := l.InTime(20*time.Second), l.InTime(40*time.Second); a < 1-wait || b < a-1e-9 || b > 1 {
					t.Errorf("%+v: in time %.4f after 20 s, %.4f after 40", l, a, b)
				}
			}
		}
	}
}

// TestPatienceWithoutEnd: Erlang A with an endless patience is Erlang C.
func TestPatienceWithoutEnd(t *testing.T) {
	c := Line{Agents: 20, Arrivals: 0.15, Handling: 2 * time.Minute}
	a := c
	a.Patience = 10_000 * time.Hour
	near(t, "wait", a.Wait(), c.Wait(), 1e-4)
	near(t, "mean wait", a.MeanWait().Seconds(), c.MeanWait().Seconds(), 1e-2)
	near(t, "in time", a.InTime(30*time.Second), c.InTime(30*time.Second), 1e-4)
}

func TestTooMuchWorkWithoutPatience(t *testing.T) {
	l := Line{Agents: 5, Arrivals: 1, Handling: 5 * time.Second}
	if l.Wait() != 1 || l.MeanWait() != math.MaxInt64 || l.InTime(time.Hour) != 0 || l.Occupancy() != 1 {
		t.Errorf("wait %g, %s, in time %g, occupancy %g", l.Wait(), l.MeanWait(), l.InTime(time.Hour), l.Occupancy())
	}
}
