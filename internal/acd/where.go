package acd

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
)

// minute sums the handle times of the calls that ended in one minute.
type minute struct {
	At    int64         `json:"at"` // minutes since 1970
	Sum   time.Duration `json:"sum"`
	Calls int           `json:"calls"`
}

const recent = 30 // minutes of handle times

// handled notes how long an agent was busy with a queue's call, wrap-up included.
func (t *turn) handled(which id.Queue, lasted time.Duration) {
	q := t.queues[which]
	if q == nil || lasted <= 0 {
		return
	}
	at := t.now.Unix() / 60
	q.Handled = slices.DeleteFunc(q.Handled, func(m minute) bool { return m.At <= at-recent })
	if n := len(q.Handled); n == 0 || q.Handled[n-1].At != at {
		q.Handled = append(q.Handled, minute{At: at})
	}
	last := &q.Handled[len(q.Handled)-1]
	last.Sum += lasted
	last.Calls++
}

// handleTime blends last week's half-hour with the last 30 minutes, each call counting the same (BX-4).
func (q *queue) handleTime(now time.Time) (average time.Duration, known bool) {
	sum, calls := q.LastWeek.Average*time.Duration(q.LastWeek.Calls), q.LastWeek.Calls
	for _, m := range q.Handled {
		if m.At > now.Unix()/60-recent {
			sum, calls = sum+m.Sum, calls+m.Calls
		}
	}
	if calls == 0 {
		return 0, false
	}
	return sum / time.Duration(calls), true
}

func (t *turn) handleTimeTold(s HandleTime) {
	if q := t.queues[s.Queue]; q != nil {
		q.LastWeek = HandleTime{Queue: s.Queue, Average: min(max(0, s.Average), 24*time.Hour), Calls: min(max(0, s.Calls), 10_000)}
	}
}

// whereIs answers where a call stands. With s agents each of whom needs the handle time h for a call, one of them
// becomes free every h/s on average, and so the call at position n waits n·h/s.
func (t *turn) whereIs(s WhereIs) {
	c := t.of(s.Call)
	if c == nil || t.queues[c.Queue] == nil {
		return
	}
	q := t.queues[c.Queue]
	at, _ := slices.BinarySearchFunc(q.line, c, byTurn)
	p := Place{Call: s.Call, Queue: q.ID, Position: at + 1, Ahead: at, Staffed: q.works()}
	switch average, known := q.handleTime(t.now); {
	case p.Staffed == 0:
		p.Known = true
		for _, other := range q.line {
			p.Estimate = max(p.Estimate, t.now.Sub(other.EnteredAt))
		}
	case known:
		p.Estimate, p.Known = average*time.Duration(p.Position)/time.Duration(p.Staffed), true
	}
	t.do(p)
}

// works counts the members who take this queue's calls now, or will when a call or wrap-up is over.
func (q *queue) works() int {
	n := 0
	for _, a := range q.members {
		busy := a.Status == OnCall || a.Status == WrapUp
		if a.Up && (busy && a.Choice.Status == Available || a.serves(q)) && !a.Closed && !a.NotPermitted && !a.toggledOff(q) {
			n++
		}
	}
	return n
}

// setPriority moves a waiting call to another place in the order (BX-2).
func (t *turn) setPriority(s SetPriority) error {
	if s.Priority < 1 || s.Priority > 10 {
		return fmt.Errorf("set priority of call %s to %d: %w", s.Call, s.Priority, ErrInvalid)
	}
	c := t.of(s.Call)
	if c == nil {
		return fmt.Errorf("set priority of call %s: does not wait: %w", s.Call, ErrUnknown)
	}
	if c.Priority == s.Priority {
		return nil
	}
	t.move(c, func() { c.Priority = s.Priority })
	t.tell(PriorityChanged{Call: c.Call, Queue: c.Queue, Priority: c.Priority, By: s.By})
	if c.Callback != nil {
		t.tellKept(c)
	}
	return nil
}

// move changes what the order goes by.
func (t *turn) move(c *waiting, change func()) {
	q := t.queues[c.Queue]
	if q == nil || !c.inLine {
		change()
		return
	}
	rings := slices.Contains(q.ringing, c)
	q.delist(c)
	change()
	q.enlist(c)
	if rings {
		q.ringing = append(q.ringing, c)
	}
}
