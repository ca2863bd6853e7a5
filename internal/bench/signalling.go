package bench

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	slowRate  = 100 // calls a second
	fastRate  = 200
	idleTime  = 1500 * time.Millisecond // in which the server's own needs are measured
	afterCall = time.Second
	warmCalls = 50
)

// measureSignalling places calls from a trunk to agents at registered desk phones, without sound: INVITE, 180, 200 and
// ACK on both sides, and BYE at once. A server with more to do wakes up less often, so that each call costs less.
func measureSignalling(ctx context.Context, r *run) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	if _, err := c.place(ctx, slowRate, warmCalls).whole(); err != nil { // the first calls warm the server up
		return err
	}
	own, err := c.own(ctx)
	if err != nil {
		return err
	}
	for _, rate := range []int{slowRate, fastRate} {
		each, reached, err := c.costOfCall(ctx, rate, pick(r.Options, 2, 60)*rate, own)
		if err != nil {
			return err
		}
		r.add(bounded(fmt.Sprintf("signalling as B2BUA at %.0f calls/s, per call", reached), each, "ms of CPU", 0.5))
	}
	r.add(figure("the same server without calls", 100*own, "% of a core"))
	return nil
}

// own is what the server needs without calls, in CPU-seconds a second.
func (c *centre) own(ctx context.Context) (float64, error) {
	idle, rest, err := c.used(func() error { return pause(ctx, idleTime) })
	return idle.Seconds() / rest.Seconds(), err
}

// costOfCall is the CPU of one call in ms, less what the server needs by itself, and the rate that was reached.
func (c *centre) costOfCall(ctx context.Context, rate, calls int, own float64) (each, reached float64, err error) {
	var placed time.Duration
	busy, took, err := c.used(func() error {
		if placed, err = c.place(ctx, rate, calls).whole(); err != nil {
			return err
		}
		return pause(ctx, afterCall) // what calls leave to be done, such as their records
	})
	if err != nil {
		return 0, 0, err
	}
	spent := busy.Seconds() - own*took.Seconds()
	return 1000 * spent / float64(calls), float64(calls) / placed.Seconds(), nil
}

// tally is what became of many calls.
type tally struct {
	placed, failed int
	took           time.Duration
	first          error // why the first one failed
}

// whole is how long the calls took, or why they are not all good.
func (t tally) whole() (time.Duration, error) {
	if t.failed > 0 {
		return t.took, fmt.Errorf("%d of %d calls failed: %w", t.failed, t.placed, t.first)
	}
	return t.took, nil
}

// place makes so many calls at a rate a second, one at a time per agent, and waits until all are over. When ctx ends, it places
// no more.
func (c *centre) place(ctx context.Context, rate, calls int) tally {
	var t tally
	var mu sync.Mutex // guards t while calls go on
	free := make(chan member, len(c.crew))
	for _, m := range c.crew {
		free <- m
	}
	began := time.Now()
	clock := time.NewTicker(time.Second / time.Duration(rate))
	defer clock.Stop()
	var all sync.WaitGroup
	for ; t.placed < calls && ctx.Err() == nil; t.placed++ {
		<-clock.C
		m := <-free // every call ends in bounded time
		all.Go(func() {
			err := c.callOnce(ctx, m)
			free <- m
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.failed++
			}
			t.first = cmp.Or(t.first, err)
		})
	}
	all.Wait()
	t.took = time.Since(began)
	return t
}

// callOnce calls a member of the crew, hangs up when there is an answer, and waits until both telephones are free.
func (c *centre) callOnce(ctx context.Context, m member) error {
	l := c.callers.dial(m.number, c.SIP)
	defer l.hangUp()
	if err := l.awaitAnswer(ctx); err != nil {
		return fmt.Errorf("call %s: %w", m.number, err)
	}
	l.hangUp()
	if err := l.awaitEnd(ctx); err != nil {
		return fmt.Errorf("call %s: %w", m.number, err)
	}
	last, _ := c.atDesk.Load(m.username)
	if phone, rang := last.(*line); rang {
		if err := phone.awaitEnd(ctx); err != nil {
			return fmt.Errorf("desk phone of %s: %w", m.number, err)
		}
	}
	return nil
}
