package bench

import (
	"context"
	"fmt"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

// decisionTime is how long each size of the ACD is measured at least.
const decisionTime = time.Second / 2

// measureDecisions runs the ACD in this process: agents become free one after the other while callers wait. All are in
// one queue, which is the hardest case: every decision looks at every member.
func measureDecisions(ctx context.Context, r *run) error {
	for _, size := range []struct {
		callers, agents int
		target          float64
	}{{100, 100, 20}, {10_000, 2_000, 200}} {
		c, err := newCrowd(size.callers, size.agents)
		if err != nil {
			return err
		}
		each, rate, err := c.run(ctx, pick(r.Options, decisionTime, 10*decisionTime))
		if err != nil {
			return err
		}
		which := fmt.Sprintf("ACD, %d callers wait for %d agents: ", size.callers, size.agents)
		r.add(bounded(which+"one decision", microseconds(each), "µs", size.target))
		r.add(figure(which+"decisions", rate, "a second"))
	}
	return nil
}

// crowd is an ACD whose agents are all in calls while callers wait.
type crowd struct {
	acd  *acd.Distributor
	now  time.Time
	held []id.Call // by agent
	next int       // numbers callers
}

const crowded id.Queue = "queue"

func agentNumber(n int) id.Agent { return id.Agent(fmt.Sprint("agent", n)) }

func newCrowd(callers, agents int) (*crowd, error) {
	c := &crowd{acd: acd.New(), now: time.Now()}
	config := acd.Configure{Queues: []acd.Queue{{ID: crowded, Name: "Queue", RingSeconds: 20}}}
	for n := range agents {
		config.Agents = append(config.Agents, acd.Agent{ID: agentNumber(n), DefaultStatus: acd.Available})
		config.Queues[0].Members = append(config.Queues[0].Members, agentNumber(n))
	}
	if _, err := c.hear(config); err != nil {
		return nil, err
	}
	for n := range agents {
		busy := id.Call(fmt.Sprint("busy", n))
		c.held = append(c.held, busy)
		for _, s := range []acd.Signal{
			acd.DeviceUp{Agent: agentNumber(n)},
			acd.Reserve{Call: busy, Agent: agentNumber(n), Purpose: acd.Outbound},
		} {
			if _, err := c.hear(s); err != nil {
				return nil, err
			}
		}
	}
	for range callers {
		if err := c.enqueue(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// hear hands one signal to the ACD, a millisecond after the last.
func (c *crowd) hear(s acd.Signal) (acd.Outcome, error) {
	c.now = c.now.Add(time.Millisecond)
	return c.acd.Handle(c.now, s)
}

func (c *crowd) enqueue() error {
	c.next++
	_, err := c.hear(acd.Enqueue{Call: id.Call(fmt.Sprint("caller", c.next)), Queue: crowded})
	return err
}

// run lets agents become free for a while. It gives the time of one decision, from an agent's becoming free to the
// offer, and how many whole rounds fit into a second: offer, answer, and a new caller at the end of the line.
func (c *crowd) run(ctx context.Context, length time.Duration) (each time.Duration, rate float64, err error) {
	var deciding time.Duration
	began, rounds := time.Now(), 0
	for ; time.Since(began) < length; rounds++ {
		if err := ctx.Err(); err != nil {
			return 0, 0, err
		}
		spent, err := c.round(rounds % len(c.held))
		if err != nil {
			return 0, 0, err
		}
		deciding += spent
	}
	return deciding / time.Duration(rounds), float64(rounds) / time.Since(began).Seconds(), nil
}

func (c *crowd) round(n int) (time.Duration, error) {
	began := time.Now()
	out, err := c.hear(acd.Release{Call: c.held[n], Agent: agentNumber(n)})
	spent := time.Since(began)
	if err != nil {
		return 0, err
	}
	offer, ok := offerIn(out.Actions)
	if !ok || offer.Agent != agentNumber(n) {
		return 0, fmt.Errorf("agent %d became free and was offered nothing", n)
	}
	c.held[n] = offer.Call
	if _, err := c.hear(acd.OfferEnded{Call: offer.Call, Offer: offer.Offer, Result: acd.Answered}); err != nil {
		return 0, err
	}
	return spent, c.enqueue()
}

func offerIn(actions []acd.Action) (acd.Offer, bool) {
	for _, a := range actions {
		if offer, ok := a.(acd.Offer); ok {
			return offer, true
		}
	}
	return acd.Offer{}, false
}
