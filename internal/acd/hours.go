package acd

import "fmt"

// hours hears that the schedule of an agent or a queue opens or closes. Offers that are open go on, and so do those who
// wait in a queue that closes.
func (t *turn) hours(s Hours) error {
	a, q := t.agents[s.Agent], t.queues[s.Queue]
	switch {
	case (s.Agent == "") == (s.Queue == ""):
		return fmt.Errorf("hours of neither an agent nor a queue, or of both: %w", ErrInvalid)
	case a == nil && q == nil:
		return fmt.Errorf("hours of agent %q, queue %q: %w", s.Agent, s.Queue, ErrUnknown)
	case a != nil && a.Closed == s.Open:
		a.Closed = !s.Open
		t.ready(a)
	case q != nil && q.Closed == s.Open:
		t.queueHours(q, s.Open)
	}
	return nil
}

// queueHours opens or closes a queue. Callbacks that keep to its hours wait until it opens.
func (t *turn) queueHours(q *queue, open bool) {
	for _, c := range q.callbacks {
		q.unlane(c)
	}
	q.Closed = !open
	for _, c := range q.callbacks {
		if c.inLine {
			t.wait(c)
		}
	}
}
