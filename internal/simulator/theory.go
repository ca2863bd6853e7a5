package simulator

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/report"
)

// Theory says which queue of queueing theory to run the ACD as.
type Theory struct {
	Seed  uint64
	Line  report.Line
	Calls int // after those that fill the line; at least 10,000 for intervals that say something
}

// Measured is what a share or a time was in the simulation: its mean, and half the width of the interval in which the true
// one lies with 99.9 %, from the means of 30 batches of calls.
type Measured struct {
	Mean   float64 `json:"mean"`
	Within float64 `json:"within"`
	Theory float64 `json:"theory"`
}

// Agrees tells whether theory's value lies in the interval.
func (m Measured) Agrees() bool { return math.Abs(m.Mean-m.Theory) <= m.Within }

// Comparison is what callers met in the simulation and by Erlang C or, with patience, Erlang A.
type Comparison struct {
	Load     float64  `json:"load"` // erlangs for each agent
	Agents   int      `json:"agents"`
	Patience bool     `json:"patience"` // by Erlang A
	Wait     Measured `json:"wait"`     // share of callers who wait at all
	MeanWait Measured `json:"mean_wait"`
	Abandon  Measured `json:"abandon"` // share of callers
}

// Compare runs the ACD as theory's queue: one queue, agents who answer at once and do nothing else.
func Compare(ctx context.Context, t Theory) (Comparison, error) {
	if t.Calls < batches || t.Line.Agents < 1 || t.Line.Arrivals <= 0 || t.Line.Handling <= 0 {
		return Comparison{}, fmt.Errorf("compare %+v with theory: %w", t, ErrInvalid)
	}
	p := newPlain(t)
	for n := 0; p.clock.Step(); n++ {
		if n%1000 == 0 && ctx.Err() != nil {
			return Comparison{}, ctx.Err()
		}
	}
	wait, mean, abandon := p.seen.measured()
	wait.Theory, mean.Theory, abandon.Theory = t.Line.Wait(), t.Line.MeanWait().Seconds(), t.Line.Abandon()
	return Comparison{
		Load: t.Line.Load() / float64(t.Line.Agents), Agents: t.Line.Agents, Patience: t.Line.Patience > 0,
		Wait: wait, MeanWait: mean, Abandon: abandon,
	}, nil
}

// plain is a world as theory has it.
type plain struct {
	Theory
	rng     *rand.Rand
	clock   *owner.Virtual
	acd     *owner.Owner[acd.Signal]
	left    int
	waits   map[id.Call]int // numbers of callers who wait
	seen    waits
	arrival time.Time
}

// plainQueue is the only one.
const plainQueue id.Queue = "queue"

func newPlain(t Theory) *plain {
	p := &plain{
		Theory: t, rng: rand.New(rand.NewPCG(t.Seed, 3)), clock: owner.NewVirtual(beginning, nil), waits: map[id.Call]int{},
		seen: waits{skip: t.Calls / 10, of: t.Calls}, left: t.Calls + t.Calls/10, arrival: beginning,
	}
	p.acd = owner.Drive(p.clock, owner.Machine[acd.Signal, acd.Outcome](acd.New()), owner.Wiring[acd.Signal, acd.Outcome]{Carry: p.carry})
	conf := acd.Configure{Queues: []acd.Queue{{ID: plainQueue, RingSeconds: 20}}}
	for n := range t.Line.Agents {
		a := id.Agent(fmt.Sprint("a", n))
		conf.Agents = append(conf.Agents, acd.Agent{ID: a, DefaultStatus: acd.Available})
		conf.Queues[0].Members = append(conf.Queues[0].Members, a)
	}
	_ = p.acd.Post(conf)
	for _, a := range conf.Agents {
		_ = p.acd.Post(acd.DeviceUp{Agent: a.ID})
	}
	p.nextCaller()
	return p
}

func (p *plain) about(mean time.Duration) time.Duration {
	return time.Duration(p.rng.ExpFloat64() * float64(mean))
}

func (p *plain) nextCaller() {
	if p.left == 0 {
		return
	}
	p.left--
	n := p.Calls + p.Calls/10 - p.left - 1
	p.arrival = p.arrival.Add(time.Duration(p.rng.ExpFloat64() / p.Line.Arrivals * float64(time.Second)))
	p.clock.After(p.arrival.Sub(p.clock.Now()), func() {
		call := id.Call(fmt.Sprint("c", n))
		p.waits[call] = n
		_ = p.acd.Post(acd.Enqueue{Call: call, Queue: plainQueue})
		if p.Line.Patience > 0 {
			p.clock.After(p.about(p.Line.Patience), func() {
				if _, waits := p.waits[call]; waits {
					_ = p.acd.Post(acd.Leave{Call: call, Result: acd.LeftAbandoned})
				}
			})
		}
		p.nextCaller()
	})
}

func (p *plain) carry(_ time.Time, _ acd.Signal, out acd.Outcome) {
	for _, a := range out.Actions {
		if o, is := a.(acd.Offer); is {
			_ = p.acd.Post(acd.OfferEnded{Call: o.Call, Offer: o.Offer, Result: acd.Answered})
			p.clock.After(p.about(p.Line.Handling), func() { _ = p.acd.Post(acd.Release{Call: o.Call, Agent: o.Agent}) })
		}
	}
	for _, e := range out.Events {
		if l, is := e.(acd.Left); is {
			p.seen.add(p.waits[l.Call], l.Waited, l.Result == acd.LeftAbandoned)
			delete(p.waits, l.Call)
		}
	}
}

// Theories are the lines that the ACD is compared with: loads from 0.5 to 0.95 erlangs for each of four agents, whose callers
// wait until they are answered, or have patience for a minute and a half. Calls is how many callers a line with little load has;
// the more there is of it, the more it takes to say as much.
func Theories(seed uint64, calls int) []Theory {
	const agents, handling = 4, time.Minute
	longer := map[float64]int{0.5: 1, 0.6: 1, 0.7: 1, 0.8: 2, 0.9: 4, 0.95: 8} // for how long a full line stays full
	var all []Theory
	for _, load := range []float64{0.5, 0.6, 0.7, 0.8, 0.9, 0.95} {
		for _, patience := range []time.Duration{0, 90 * time.Second} {
			t := Theory{Seed: seed, Calls: calls, Line: report.Line{
				Agents: agents, Handling: handling, Arrivals: load * agents / handling.Seconds(), Patience: patience,
			}}
			if patience == 0 {
				t.Calls *= longer[load]
			}
			all = append(all, t)
		}
	}
	return all
}

// Agrees tells whether all that was measured agrees with theory.
func (c Comparison) Agrees() bool {
	return c.Wait.Agrees() && c.MeanWait.Agrees() && c.Abandon.Agrees()
}
