package bench

import (
	"context"
	"fmt"
	"time"
)

const (
	inLine = 3 // callers that wait at any time
	// settled is how long the server has to take in what happened before the next round.
	settled = 15 * time.Millisecond
	// enqueued is how long the first callers have to reach the queue.
	enqueued = 500 * time.Millisecond
)

// measureRing lets an agent become available while callers wait: from sending POST /api/status to the INVITE at the
// agent's desk phone.
func measureRing(ctx context.Context, r *run) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	rang := make(chan *line, inLine)
	c.atArrival(func(l *line) {
		select {
		case rang <- l:
		default: // nobody waits for it any more
		}
	})
	q := &waitingRoom{centre: c, agent: c.crew[0], rang: rang}
	if err := q.fill(ctx); err != nil {
		return err
	}
	var times spread
	for range pick(r.Options, 100, 2000) {
		took, err := q.round(ctx)
		if err != nil {
			return err
		}
		times = append(times, took)
	}
	r.add(figure("agent becomes available until the desk phone rings, median", milliseconds(times.median()), "ms"))
	r.add(figure("agent becomes available until the desk phone rings, 95 %", milliseconds(times.share(0.95)), "ms"))
	r.add(bounded("agent becomes available until the desk phone rings, 99 %", milliseconds(times.share(0.99)), "ms", 5))
	return c.release(ctx, q.callers)
}

// waitingRoom is a queue with callers and one agent.
type waitingRoom struct {
	*centre
	agent   member
	rang    chan *line
	callers []*line // in the order they came
}

// fill makes the agent unavailable and brings the first callers.
func (q *waitingRoom) fill(ctx context.Context) error {
	if err := q.choose(ctx, "unavailable"); err != nil {
		return err
	}
	for range inLine {
		if err := q.come(ctx); err != nil {
			return err
		}
	}
	return pause(ctx, enqueued)
}

func (q *waitingRoom) choose(ctx context.Context, status string) error {
	return q.post(ctx, q.agent, "/status", fmt.Sprintf(`{"status":%q}`, status))
}

// come brings one more caller, whom the queue answers.
func (q *waitingRoom) come(ctx context.Context) error {
	l := q.centre.callers.dial(queueNumber, q.SIP)
	if err := l.awaitAnswer(ctx); err != nil {
		return fmt.Errorf("call the queue: %w", err)
	}
	q.callers = append(q.callers, l)
	return nil
}

// round measures once: the first in line is answered, leaves, and another comes at the end.
func (q *waitingRoom) round(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	if err := q.choose(ctx, "available"); err != nil {
		return 0, err
	}
	var phone *line
	select {
	case phone = <-q.rang:
	case <-time.After(callWait):
		return 0, fmt.Errorf("the desk phone of %s did not ring", q.agent.username)
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	if err := phone.awaitAnswer(ctx); err != nil {
		return 0, err
	}
	if err := q.choose(ctx, "unavailable"); err != nil { // kept until the call has ended
		return 0, err
	}
	first := q.callers[0]
	q.callers = q.callers[1:]
	first.hangUp()
	if err := first.awaitEnd(ctx); err != nil {
		return 0, err
	}
	if err := phone.awaitEnd(ctx); err != nil {
		return 0, err
	}
	if err := q.come(ctx); err != nil {
		return 0, err
	}
	return phone.came.Sub(began), pause(ctx, settled)
}
