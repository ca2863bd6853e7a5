package acd

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
)

const (
	defaultPriority = 5     // of 1 to 10 (BX-2)
	maxAge          = 86400 // seconds
)

// enqueue lets a call wait, or turns it away at once.
func (t *turn) enqueue(s Enqueue) error {
	if c := t.calls[s.Call]; c != nil && s.Callback != "" && c.Queue == s.Queue {
		return t.takeOver(c, s.Callback)
	}
	if c := t.calls[s.Call]; c != nil && c.Consult && !s.Consult && c.Queue == s.Queue {
		t.leftToCaller(c)
		return nil
	}
	if t.calls[s.Call] != nil {
		return fmt.Errorf("enqueue call %s: waits already: %w", s.Call, ErrNotNow)
	}
	if _, err := t.prepare(s); err != nil {
		return err
	}
	t.reclaimed(&s)
	c, err := t.arrive(s) // what was reclaimed is checked already
	if err != nil {
		return err
	}
	q := t.queues[s.Queue]
	t.tell(Entered{Call: c.Call, Queue: c.Queue, Priority: c.Priority, At: c.EnteredAt, Consult: c.Consult})
	if r := t.turnAway(q); r != "" && !s.Resumed {
		t.dismiss(c, r)
		return nil
	}
	if q.MaxHoldSeconds > 0 {
		c.Until = c.EnteredAt.Add(time.Duration(q.MaxHoldSeconds) * time.Second)
		if c.overdue(t.now) {
			t.dismiss(c, LeftTimeout)
			return nil
		}
		t.do(SetTimer{Timer: holdTimer(c), After: c.Until.Sub(t.now)})
	}
	t.beginSteps(c)
	t.wait(c)
	t.watchStaff(q)
	t.watchUnstaffed(q, c)
	return nil
}

// leftToCaller has the caller wait where an agent has waited for that one: in the same place, and who is rung is rung on.
func (t *turn) leftToCaller(c *waiting) {
	c.Consult = false
	t.tell(Entered{Call: c.Call, Queue: c.Queue, Priority: c.Priority, At: c.EnteredAt})
}

// arrive makes the place of a call or callback.
func (t *turn) arrive(s Enqueue) (*waiting, error) {
	c, err := t.prepare(s)
	if err != nil {
		return nil, err
	}
	t.serial++
	c.Serial = t.serial
	t.calls[c.Call] = c
	return c, nil
}

// prepare checks what is asked and makes a place of it.
func (t *turn) prepare(s Enqueue) (*waiting, error) {
	q, known := t.queues[s.Queue]
	switch {
	case !known:
		return nil, fmt.Errorf("enqueue call %s: queue %s: %w", s.Call, s.Queue, ErrUnknown)
	case s.Call == "" || s.Priority < 0 || s.Priority > 10:
		return nil, fmt.Errorf("enqueue call %q, priority %d: %w", s.Call, s.Priority, ErrInvalid)
	case s.AgeSeconds < -maxAge || s.AgeSeconds > maxAge:
		return nil, fmt.Errorf("enqueue call %q, age %d s: %w", s.Call, s.AgeSeconds, ErrInvalid)
	}
	steps := s.Steps
	if len(steps) == 0 {
		steps = q.Steps
	}
	stages, err := parse(steps)
	if err != nil {
		return nil, fmt.Errorf("enqueue call %s: %w", s.Call, err)
	}
	c := &waiting{
		Call: s.Call, Queue: s.Queue, Priority: s.Priority, EnteredAt: s.EnteredAt.UTC().Round(0), AgeSeconds: s.AgeSeconds,
		JoinedAt: t.now, LastAgent: s.LastAgent, Steps: stages, Consult: s.Consult,
	}
	if c.Priority == 0 {
		c.Priority = defaultPriority
	}
	if s.EnteredAt.IsZero() {
		c.EnteredAt = t.now
	}
	return c, nil
}

// turnAway says why a call is not let in, empty when it is (QU-7, BX-12).
func (t *turn) turnAway(q *queue) Result {
	switch {
	case q.Closed:
		return LeftNoAgent
	case q.MaxWaiting > 0 && q.waits() >= q.MaxWaiting:
		return LeftOverflow
	case q.JoinWhen == JoinStaffed && q.staffed == 0, q.JoinWhen == JoinAvailable && !q.available():
		return LeftNoAgent
	}
	return ""
}

// waits counts the calls that wait; callbacks hold nobody's line.
func (q *queue) waits() int {
	n := 0
	for _, c := range q.line {
		if c.Callback == nil {
			n++
		}
	}
	return n
}

// available tells whether some member takes calls now, or does when the ring or rest of this moment is over.
func (q *queue) available() bool {
	for _, a := range q.members {
		if a.Up && a.serves(q) && !a.Closed && !a.NotPermitted && !a.toggledOff(q) {
			return true
		}
	}
	return false
}

func (c *waiting) overdue(now time.Time) bool { return !c.Until.IsZero() && !now.Before(c.Until) }

// heldTooLong hears that max_hold_seconds are over; an agent who is rung for the call may still answer.
func (t *turn) heldTooLong(c *waiting, timer string) {
	if !c.Until.IsZero() && t.due(timer, c.Until, 24*time.Hour) && len(c.Offers) == 0 {
		t.dismiss(c, LeftTimeout)
	}
}

func (t *turn) leave(s Leave) error {
	if s.Result == "" {
		return fmt.Errorf("leave of call %s: no result: %w", s.Call, ErrInvalid)
	}
	c := t.of(s.Call)
	if s.Why {
		t.explain(s.Call, c)
	}
	switch {
	case c == nil:
	case c.Callback == nil:
		t.pickedUp(c, s.Agent)
		t.quit(c, s.Result, s.Agent)
	case s.Result == LeftAnswered: // an attempt's call that says so of its agent
	case c.Callback.Attempt == s.Call && !c.Callback.Dialling: // the attempt's call broke while an agent was rung
		for _, o := range slices.Clone(c.Offers) {
			t.unanswered(c, o, Failed)
		}
	case c.Callback.Attempt == s.Call:
		return t.callbackEnded(CallbackEnded{Call: s.Call, Result: CallbackFailed})
	}
	return nil
}

// quit takes a call out of its queue of its own will, or because somebody picked it up; agents who are rung for it are rung no more. The call of an
// attempt is told so.
func (t *turn) quit(c *waiting, r Result, by id.Agent) {
	var rung []*agent
	if c.Callback != nil {
		rung = t.revokeAll(c)
	} else {
		rung = t.closeAll(c)
	}
	t.left(c, r, by)
	t.settleAll(rung)
}

// pickedUp counts a call for who answered it in place of those who were rung (BX-26), as fewest_calls has it.
func (t *turn) pickedUp(c *waiting, by id.Agent) {
	q, a := t.queues[c.Queue], t.agents[by]
	if q != nil && a != nil && a.holds(c.Call) {
		q.count(t.day(t.now), by, 1)
	}
}

// closeAll closes all open offers as canceled; the call knows.
func (t *turn) closeAll(c *waiting) []*agent {
	var all []*agent
	for len(c.Offers) > 0 {
		a, _ := t.closeOffer(c, c.Offers[0], Canceled)
		all = append(all, a)
	}
	return all
}

// left forgets a call that waits no more; by whom it was answered, if it was.
func (t *turn) left(c *waiting, r Result, by id.Agent) {
	t.stopTimers(c)
	if c.Callback != nil {
		t.endAttempt(c)
		delete(t.attempts, c.Callback.Past)
	}
	if q, known := t.queues[c.Queue]; known {
		q.delist(c)
		if c.Callback != nil {
			delete(q.callbacks, c.Callback.Number)
		}
	}
	delete(t.calls, c.Call)
	t.tell(Left{
		Call: c.Call, Queue: c.Queue, Result: r, Waited: max(0, t.now.Sub(c.EnteredAt)), Agent: by, Callback: c.Callback != nil,
		Consult: c.Consult,
	})
}

func (t *turn) stopTimers(c *waiting) {
	if !c.Until.IsZero() {
		t.do(StopTimer{Timer: holdTimer(c)})
	}
	if s := c.step(); s != nil && !s.Ends.IsZero() {
		t.do(StopTimer{Timer: stepTimer(c)})
	}
	if c.Callback != nil && !c.Callback.RetryAt.IsZero() {
		t.do(StopTimer{Timer: retryTimer(c)})
	}
}

// dismiss sends a call away.
func (t *turn) dismiss(c *waiting, r Result) {
	if c.Callback == nil {
		skipped, more := t.queues[c.Queue].skips(c, nil)
		t.do(Dismiss{Call: c.Call, Queue: c.Queue, Result: r, Skipped: skipped, SkippedMore: more})
	}
	t.left(c, r, "")
}
