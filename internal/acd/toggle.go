package acd

import (
	"fmt"
	"slices"

	"parley/internal/id"
)

// toggle says whether a queue delivers to an agent now (QU-13).
func (t *turn) toggle(a *agent, s Toggle) error {
	q, known := t.queues[s.Queue]
	if !known || !slices.Contains(q.members, a) {
		return fmt.Errorf("toggle queue %s for agent %s: not a member: %w", s.Queue, a.ID, ErrUnknown)
	}
	if s.On != slices.Contains(a.ToggledOff, s.Queue) {
		return nil
	}
	t.unlist(a)
	if s.On {
		a.ToggledOff = slices.DeleteFunc(slices.Clone(a.ToggledOff), func(off id.Queue) bool { return off == s.Queue })
		a.queues = append(a.queues, q)
	} else {
		a.ToggledOff = append(slices.Clone(a.ToggledOff), s.Queue)
		a.queues = slices.DeleteFunc(a.queues, func(on *queue) bool { return on == q })
	}
	t.tell(Toggled{Agent: a.ID, Queue: s.Queue, On: s.On, By: s.By})
	t.ready(a)
	return nil
}
