package simulator

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/skill"
)

// company is the configuration of the simulated ACD. What a signal has carried is never changed, but replaced.
type company struct {
	queues []acd.Queue
	agents []acd.Agent
}

// newCompany makes queues with different terms, and agents in one to five of them each.
func newCompany(rng *rand.Rand, agents, queues int) company {
	c := company{}
	for n := range queues {
		q := acd.Queue{
			ID: id.Queue(fmt.Sprintf("q%d", n)), Name: fmt.Sprintf("Queue %d", n), RingSeconds: 10 + rng.IntN(4)*5,
			WrapUpSeconds: rng.IntN(4) * 5, MaxExtensions: rng.IntN(3), AutoPause: rng.IntN(2) == 0,
		}
		if rng.IntN(3) == 0 {
			q.ExtendSeconds = 8
		}
		vary(rng, &q, n)
		c.queues = append(c.queues, q)
	}
	for n := range agents {
		a := acd.Agent{ID: id.Agent(fmt.Sprintf("a%d", n)), DefaultStatus: acd.Available, DirectWhenUnavailable: rng.IntN(2) == 0}
		if rng.IntN(2) == 0 {
			a.Skills = append(a.Skills, skill.Skill{Name: "french", Level: float64(1 + rng.IntN(5))})
		}
		if rng.IntN(10) == 0 {
			a.DefaultStatus = acd.Unavailable
		}
		c.agents = append(c.agents, a)
		for _, q := range rng.Perm(queues)[:1+rng.IntN(min(5, queues))] {
			c.queues[q].Members = append(c.queues[q].Members, a.ID)
		}
	}
	for n := range c.queues {
		prefer(rng, &c.queues[n], n)
	}
	return c
}

// strategies are all there are; each queue has another.
var strategies = []acd.Strategy{
	acd.LongestIdle, acd.RoundRobin, acd.Simultaneous, acd.Weighted, acd.FewestCalls, acd.Random, acd.Ordered, acd.Sticky, acd.Smart,
}

// vary gives a queue its strategy, limits, conditions and outcomes.
func vary(rng *rand.Rand, q *acd.Queue, n int) {
	q.Strategy, q.Weight = strategies[n%len(strategies)], 1+rng.IntN(10)
	q.AllowUnavailable, q.OutcomeRequired = n%5 == 4, n%7 == 6
	switch n % 4 {
	case 1:
		q.MaxHoldSeconds, q.JoinWhen = 30+rng.IntN(90), acd.JoinStaffed
	case 2:
		q.MaxWaiting, q.LeaveUnstaffedSeconds = 5+rng.IntN(20), 10
	case 3:
		q.JoinWhen, q.AutoOutcome = acd.JoinAvailable, "done"
	}
}

// prefer gives a queue steps (BX-1) and members weights.
func prefer(rng *rand.Rand, q *acd.Queue, n int) {
	switch n % 3 {
	case 1:
		q.Steps = []acd.Step{{Skills: "french >= 3", ExpirySeconds: 5 + rng.IntN(20)}, {Skills: "french", ExpirySeconds: 15}}
	case 2:
		if len(q.Members) > 1 {
			q.Steps = []acd.Step{{Agents: slices.Clone(q.Members[:2]), ExpirySeconds: 5 + rng.IntN(10)}}
		}
		q.MemberWeights = map[id.Agent]int{}
		for _, a := range q.Members {
			q.MemberWeights[a] = 1 + rng.IntN(3)*4
		}
	}
}

func (c company) configure() acd.Configure {
	return acd.Configure{Queues: slices.Clone(c.queues), Agents: slices.Clone(c.agents)}
}

// queuesOf lists the queues of each agent.
func (c company) queuesOf() map[id.Agent][]id.Queue {
	of := map[id.Agent][]id.Queue{}
	for _, q := range c.queues {
		for _, a := range q.Members {
			of[a] = append(of[a], q.ID)
		}
	}
	return of
}

// toggled keeps what an agent has toggled for the next configuration.
func (c company) toggled(t acd.Toggled) {
	for i, a := range c.agents {
		if a.ID != t.Agent {
			continue
		}
		off := slices.DeleteFunc(slices.Clone(a.ToggledOff), func(q id.Queue) bool { return q == t.Queue })
		if !t.On {
			off = append(off, t.Queue)
		}
		c.agents[i].ToggledOff = off
	}
}

// hours keeps whether an agent's schedule is open for the next configuration.
func (c company) hours(s acd.Hours) {
	for i := range c.agents {
		if c.agents[i].ID == s.Agent {
			c.agents[i].Closed = !s.Open
		}
	}
}

// changed is a configuration that lacks or changes something.
func (c company) changed(rng *rand.Rand) acd.Configure {
	s := c.configure()
	switch q, a := rng.IntN(len(s.Queues)), rng.IntN(len(s.Agents)); rng.IntN(4) {
	case 0:
		if len(s.Queues) > 1 {
			s.Queues = slices.Delete(s.Queues, q, q+1)
		}
	case 1:
		s.Agents = slices.Delete(s.Agents, a, a+1)
	case 2:
		if m := s.Queues[q].Members; len(m) > 0 {
			s.Queues[q].Members = slices.Clone(m)[1:]
		}
	case 3:
		s.Queues[q].WrapUpSeconds, s.Queues[q].AutoPause = 7, !s.Queues[q].AutoPause
	}
	return s
}
