package acd

import (
	"fmt"

	"parley/internal/id"
)

const defaultPriority = 5 // of 1 to 10 (BX-2)

func (t *turn) enqueue(s Enqueue) error {
	_, known := t.queues[s.Queue]
	switch {
	case !known:
		return fmt.Errorf("enqueue call %s: queue %s: %w", s.Call, s.Queue, ErrUnknown)
	case t.calls[s.Call] != nil:
		return fmt.Errorf("enqueue call %s: waits already: %w", s.Call, ErrNotNow)
	case s.Call == "" || s.Priority < 0 || s.Priority > 10:
		return fmt.Errorf("enqueue call %q, priority %d: %w", s.Call, s.Priority, ErrInvalid)
	}
	t.serial++
	c := &waiting{Call: s.Call, Queue: s.Queue, Priority: s.Priority, EnteredAt: s.EnteredAt.UTC().Round(0), Serial: t.serial}
	if c.Priority == 0 {
		c.Priority = defaultPriority
	}
	if s.EnteredAt.IsZero() {
		c.EnteredAt = t.now
	}
	t.calls[c.Call] = c
	t.tell(Entered{Call: c.Call, Queue: c.Queue, Priority: c.Priority, At: c.EnteredAt})
	t.wait(c)
	return nil
}

func (t *turn) leave(s Leave) error {
	if s.Result == "" {
		return fmt.Errorf("leave of call %s: no result: %w", s.Call, ErrInvalid)
	}
	c := t.calls[s.Call]
	if c == nil {
		return nil
	}
	if c.Offer == "" {
		t.left(c, s.Result, "")
		return nil
	}
	a, _ := t.closeOffer(c, Canceled)
	t.left(c, s.Result, "")
	t.settle(a, System)
	return nil
}

// left forgets a call that waits no more; by whom it was answered, if it was.
func (t *turn) left(c *waiting, r Result, by id.Agent) {
	if q, known := t.queues[c.Queue]; known && c.Offer == "" {
		q.pending = remove(q.pending, c, byTurn)
	}
	delete(t.calls, c.Call)
	t.tell(Left{Call: c.Call, Queue: c.Queue, Result: r, Waited: max(0, t.now.Sub(c.EnteredAt)), Agent: by})
}

// dismiss sends a call away whose queue is no more.
func (t *turn) dismiss(c *waiting) {
	t.do(Dismiss{Call: c.Call, Queue: c.Queue, Result: LeftNoAgent})
	t.left(c, LeftNoAgent, "")
}
