package acd

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/id"
)

// crowd gives a distributor whose agents are all in calls while callers wait. Each agent is in three of the queues.
func crowd(tb testing.TB, callers, agents, queues int) (*Distributor, time.Time) {
	d, now := New(), time.UnixMilli(0)
	var c Configure
	for q := range queues {
		c.Queues = append(c.Queues, Queue{ID: id.Queue(fmt.Sprint("q", q)), RingSeconds: 20})
	}
	for n := range agents {
		a := id.Agent(fmt.Sprint("agent", n))
		c.Agents = append(c.Agents, Agent{ID: a, DefaultStatus: Available})
		for k := range min(3, queues) {
			q := &c.Queues[(n+k)%queues]
			q.Members = append(q.Members, a)
		}
	}
	must := func(s Signal) {
		if _, err := d.Handle(now, s); err != nil {
			tb.Fatal(err)
		}
	}
	must(c)
	for n := range agents {
		a := id.Agent(fmt.Sprint("agent", n))
		must(DeviceUp{Agent: a})
		must(Reserve{Call: id.Call(fmt.Sprint("busy", n)), Agent: a, Purpose: Outbound})
	}
	for n := range callers {
		now = now.Add(time.Millisecond)
		must(Enqueue{Call: id.Call(fmt.Sprint("caller", n)), Queue: id.Queue(fmt.Sprint("q", n%queues))})
	}
	return d, now
}

// BenchmarkDecision measures a whole round: an agent becomes free and is offered a call, answers it, and the caller
// comes back to the end of the line. One decision is the Release; the figure is for Release alone.
func BenchmarkDecision(b *testing.B) {
	for _, size := range []struct{ callers, agents, queues int }{{100, 100, 5}, {10_000, 2_000, 20}, {10_000, 2_000, 1}} {
		b.Run(fmt.Sprintf("%d-waiting-%d-agents-%d-queues", size.callers, size.agents, size.queues), func(b *testing.B) {
			d, now := crowd(b, size.callers, size.agents, size.queues)
			held := make([]id.Call, size.agents)
			for n := range held {
				held[n] = id.Call(fmt.Sprint("busy", n))
			}
			var spent time.Duration
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				n := i % size.agents
				now = now.Add(time.Millisecond)
				start := time.Now()
				out, err := d.Handle(now, Release{Call: held[n], Agent: id.Agent(fmt.Sprint("agent", n))})
				spent += time.Since(start)
				if err != nil {
					b.Fatal(err)
				}
				offer := out.Actions[0].(Offer)
				held[n] = offer.Call
				if _, err := d.Handle(now, OfferEnded{Call: offer.Call, Offer: offer.Offer, Result: Answered}); err != nil {
					b.Fatal(err)
				}
				again := Enqueue{Call: id.Call(fmt.Sprint("again", i)), Queue: offer.Queue}
				if _, err := d.Handle(now, again); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(spent.Nanoseconds())/float64(b.N), "ns/decision")
		})
	}
}

// BenchmarkArrival measures the other decision: a caller comes while every agent is free, and leaves again.
func BenchmarkArrival(b *testing.B) {
	for _, agents := range []int{100, 2_000} {
		b.Run(fmt.Sprintf("%d-free-agents", agents), func(b *testing.B) {
			d, now := crowd(b, 0, agents, 1)
			for n := range agents {
				release := Release{Call: id.Call(fmt.Sprint("busy", n)), Agent: id.Agent(fmt.Sprint("agent", n))}
				if _, err := d.Handle(now, release); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				if _, err := d.Handle(now, Enqueue{Call: "caller", Queue: "q0"}); err != nil {
					b.Fatal(err)
				}
				if _, err := d.Handle(now, Leave{Call: "caller", Result: LeftAbandoned}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDirect measures the decisions of a direct call: its agent's place is reserved, the agent answers, and the place
// is given back.
func BenchmarkDirect(b *testing.B) {
	d, now := crowd(b, 0, 100, 5)
	if _, err := d.Handle(now, Release{Call: "busy7", Agent: "agent7"}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range []Signal{
			Reserve{Call: "c", Agent: "agent7", Purpose: Direct}, Connected{Call: "c", Agent: "agent7"},
			Release{Call: "c", Agent: "agent7"},
		} {
			if o, err := d.Handle(now, s); err != nil || len(o.Actions)+len(o.Events) == 0 {
				b.Fatal(o, err)
			}
		}
	}
}
