package acd

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// callback is what a place without a call has besides (QU-11).
type callback struct {
	Number   tel.Number `json:"number"`
	Attempts int        `json:"attempts,omitempty"`
	RetryAt  time.Time  `json:"retry_at,omitzero"`
	Attempt  id.Call    `json:"attempt,omitempty"`  // the call that makes the attempt now
	Dialling bool       `json:"dialling,omitempty"` // the customer is dialled
	Agent    id.Agent   `json:"agent,omitempty"`    // who answered, agent first
	Past     id.Call    `json:"past,omitempty"`     // the attempt before; an answer to its offer may be on its way
}

// The defaults of the QU table.
const (
	defaultPending  = 20
	defaultAttempts = 3
	defaultRetry    = 300 // seconds
)

// rests tells whether nothing can be begun for a callback now.
func (c *waiting) rests(q *queue) bool {
	b := c.Callback
	return b != nil && (b.Attempt != "" || !b.RetryAt.IsZero() || q.Closed && q.CallbackHoursOnly)
}

// dials tells whether a callback's turn means that its customer is dialled, and no agent rung.
func (c *waiting) dials(q *queue) bool { return c.Callback != nil && q.CustomerFirst }

func (t *turn) bookCallback(s BookCallback) error {
	if s.Callback == "" || s.Number == "" || s.Attempts < 0 {
		return fmt.Errorf("book callback %q to %q: %w", s.Callback, s.Number, ErrInvalid)
	}
	if t.calls[id.Call(s.Callback)] != nil {
		return fmt.Errorf("book callback %s: waits already: %w", s.Callback, ErrNotNow)
	}
	e := Enqueue{
		Call: id.Call(s.Callback), Queue: s.Queue, Priority: s.Priority, EnteredAt: s.EnteredAt, AgeSeconds: s.AgeSeconds, Steps: s.Steps,
		LastAgent: s.LastAgent,
	}
	booker := t.calls[s.Call]
	if booker != nil {
		e.Priority, e.EnteredAt, e.AgeSeconds, e.LastAgent = booker.Priority, booker.EnteredAt, booker.AgeSeconds, booker.LastAgent
		e.Steps = booker.steps()
	}
	if why := t.whyNoCallback(s); why != "" {
		t.do(CallbackRefused{Call: s.Call, Callback: s.Callback, Why: why})
		return nil
	}
	c, err := t.arrive(e)
	if err != nil {
		return err
	}
	if booker != nil {
		t.quit(booker, LeftCallback, "")
	}
	c.Callback = &callback{Number: s.Number, Attempts: s.Attempts}
	t.queues[s.Queue].callbacks[s.Number] = c
	if s.Resumed && s.Attempt != "" {
		t.resumeDialling(c, s)
	} else if s.RetryAt.After(t.now) {
		t.retryAt(c, s.RetryAt.UTC().Round(0))
	}
	t.tell(Entered{Call: c.Call, Queue: c.Queue, Priority: c.Priority, At: c.EnteredAt, Callback: true})
	t.beginSteps(c)
	t.do(CallbackBooked{Call: s.Call, Callback: s.Callback})
	t.tellKept(c)
	if c.Callback.Attempt == "" {
		t.wait(c)
	}
	return nil
}

func (t *turn) whyNoCallback(s BookCallback) string {
	q, known := t.queues[s.Queue]
	switch {
	case !known:
		return "unknown"
	case q.callbacks[s.Number] != nil:
		return "pending"
	case s.Resumed:
		return ""
	case len(q.callbacks) >= cmp.Or(q.CallbackMaxPending, defaultPending):
		return "full"
	case q.Closed && q.CallbackHoursOnly:
		return "closed"
	}
	return ""
}

func (t *turn) tellKept(c *waiting) {
	b := c.Callback
	t.tell(CallbackKept{BookCallback{
		Callback: id.Callback(c.Call), Queue: c.Queue, Number: b.Number, Priority: c.Priority, EnteredAt: c.EnteredAt,
		AgeSeconds: c.AgeSeconds, Steps: c.steps(), LastAgent: c.LastAgent, Attempts: b.Attempts, RetryAt: b.RetryAt,
	}})
}

// beginAttempt names the call that makes the next attempt.
func (t *turn) beginAttempt(q *queue, c *waiting) {
	if c.Callback.Attempt != "" {
		return
	}
	t.serial++
	c.Callback.Attempt = attemptID(t.now, c.Call, t.serial)
	c.Suspect = time.Time{} // what did not stand was another call
	t.attempts[c.Callback.Attempt] = c
	q.unlane(c)
}

// attemptID makes an identifier of the form of all others (UUIDv7, RFC 9562 §5.7) that follows from the state alone.
func attemptID(now time.Time, c id.Call, serial int64) id.Call {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", c, serial))
	for i, ms := 0, now.UnixMilli(); i < 6; i++ {
		sum[i] = byte(ms >> (40 - 8*i))
	}
	sum[6], sum[8] = sum[6]&0x0f|0x70, sum[8]&0x3f|0x80
	return id.Call(fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]))
}

// dialCustomer begins an attempt that needs no agent yet.
func (t *turn) dialCustomer(q *queue, c *waiting) {
	t.beginAttempt(q, c)
	c.Callback.Dialling = true
	q.dialling++
	t.do(PlaceCallback{
		Callback: id.Callback(c.Call), Call: c.Callback.Attempt, Queue: c.Queue, Number: c.Callback.Number, Attempt: c.Callback.Attempts + 1,
		EnteredAt: c.EnteredAt,
	})
}

// attemptAnswered notes that an agent has taken a callback: now the customer is dialled.
func (t *turn) attemptAnswered(c *waiting, a *agent) {
	c.Callback.Dialling, c.Callback.Agent = true, a.ID
	if q, known := t.queues[c.Queue]; known {
		q.delist(c)
	}
}

// endAttempt forgets the attempt that is under way.
func (t *turn) endAttempt(c *waiting) {
	b := c.Callback
	if b.Attempt == "" {
		return
	}
	delete(t.attempts, b.Past)
	if q := t.queues[c.Queue]; q != nil && b.Dialling && b.Agent == "" {
		q.dialling--
		for _, a := range q.free { // another customer may be dialled for them
			t.freed = append(t.freed, freed{agent: a})
		}
	}
	b.Past, b.Attempt, b.Dialling, b.Agent = b.Attempt, "", false, ""
}

// resumeAttempt takes an attempt up again whose offer was answered though it had been taken back.
func (t *turn) resumeAttempt(c *waiting, attempt id.Call) {
	if b := c.Callback; b != nil && b.Attempt != attempt {
		delete(t.attempts, b.Attempt)
		b.Attempt, b.Past = attempt, ""
	}
}

// callbackEnded hears whether an attempt has reached its customer.
func (t *turn) callbackEnded(s CallbackEnded) error {
	switch s.Result {
	case CallbackReached, CallbackNoAnswer, CallbackBusy, CallbackFailed, CallbackUntried:
	default:
		return fmt.Errorf("callback by call %s ended %q: %w", s.Call, s.Result, ErrInvalid)
	}
	c := t.attempts[s.Call]
	if c == nil || c.Callback.Attempt != s.Call || !c.Callback.Dialling {
		return nil
	}
	if s.Result == CallbackReached {
		if c.Callback.Agent != "" {
			t.left(c, LeftAnswered, c.Callback.Agent)
		}
		return nil
	}
	t.nothingToWrapUp(c.Callback)
	if s.Result != CallbackUntried {
		c.Callback.Attempts++
	}
	t.endAttempt(c)
	q, known := t.queues[c.Queue]
	switch {
	case !known:
		t.left(c, LeftNoAgent, "")
	case c.Callback.Attempts >= cmp.Or(q.CallbackMaxAttempts, defaultAttempts):
		t.left(c, LeftTimeout, "")
	default:
		t.retryAt(c, t.now.Add(time.Duration(cmp.Or(q.CallbackRetrySeconds, defaultRetry))*time.Second))
		t.tellKept(c)
		t.wait(c)
	}
	return nil
}

func (t *turn) retryAt(c *waiting, at time.Time) {
	c.Callback.RetryAt = at
	t.do(SetTimer{Timer: retryTimer(c), After: at.Sub(t.now)})
}

// retry hears that a callback may be tried again.
func (t *turn) retry(c *waiting, timer string) {
	if c.Callback == nil || c.Callback.RetryAt.IsZero() || !t.due(timer, c.Callback.RetryAt, 24*time.Hour) {
		return
	}
	c.Callback.RetryAt = time.Time{}
	if t.queues[c.Queue] != nil {
		t.wait(c)
	}
}

func (t *turn) cancelCallback(s CancelCallback) error {
	c := t.calls[id.Call(s.Callback)]
	if c == nil || c.Callback == nil {
		return fmt.Errorf("cancel callback %s: %w", s.Callback, ErrUnknown)
	}
	t.giveUpAttempt(c)
	t.quit(c, LeftAbandoned, "")
	return nil
}

// giveUpAttempt stops the call that dials a customer who need not be called back any more. Its agent has nothing to wrap up.
func (t *turn) giveUpAttempt(c *waiting) {
	b := c.Callback
	if !b.Dialling {
		return
	}
	t.nothingToWrapUp(b)
	t.do(Dismiss{Call: b.Attempt, Queue: c.Queue, Result: LeftAbandoned})
}

// nothingToWrapUp lets the agent of an attempt go without wrap-up: the customer was not reached.
func (t *turn) nothingToWrapUp(b *callback) {
	if a := t.agents[b.Agent]; a != nil && a.holds(b.Attempt) {
		a.Place.Queue, a.Place.Terms = "", terms{}
	}
}

// reclaimed gives a callback's place up for a call of the same customer, who takes it over.
func (t *turn) reclaimed(s *Enqueue) {
	c := t.calls[id.Call(s.Callback)]
	if c == nil || c.Callback == nil {
		return
	}
	s.EnteredAt, s.Priority, s.AgeSeconds = c.EnteredAt, c.Priority, c.AgeSeconds
	if len(s.Steps) == 0 {
		s.Steps = c.steps()
	}
	s.LastAgent = cmp.Or(s.LastAgent, c.LastAgent)
	s.Resumed = true // the place is there already
	if c.Callback.Attempt != s.Call {
		t.giveUpAttempt(c)
	}
	t.quit(c, LeftTransferred, "")
}

// takeOver moves a call that waits to the place of its customer's callback, which is given up for it.
func (t *turn) takeOver(c *waiting, which id.Callback) error {
	k := t.calls[id.Call(which)]
	if k == nil || k.Callback == nil || k.Queue != c.Queue || c.Callback != nil {
		return fmt.Errorf("call %s takes over callback %s: %w", c.Call, which, ErrNotNow)
	}
	t.move(c, func() { c.EnteredAt, c.Priority, c.AgeSeconds = k.EnteredAt, k.Priority, k.AgeSeconds })
	t.giveUpAttempt(k)
	t.quit(k, LeftTransferred, "")
	t.tell(Entered{Call: c.Call, Queue: c.Queue, Priority: c.Priority, At: c.EnteredAt})
	if c.inLane {
		t.loose = append(t.loose, c)
	}
	return nil
}

// resumeDialling takes up an attempt that goes on though this ACD was rebuilt.
func (t *turn) resumeDialling(c *waiting, s BookCallback) {
	b := c.Callback
	b.Attempt, b.Dialling, b.Agent = s.Attempt, true, s.Agent
	t.attempts[s.Attempt] = c
	if b.Agent == "" {
		t.queues[c.Queue].dialling++
	}
}

func (t *turn) findCallback(s FindCallback) {
	found := CallbackFound{Call: s.Call, Queue: s.Queue}
	if q, known := t.queues[s.Queue]; known && q.callbacks[s.Number] != nil {
		c := q.callbacks[s.Number]
		found.Callback, found.EnteredAt = id.Callback(c.Call), c.EnteredAt
	}
	t.do(found)
}

// steps gives a call's steps as they were told.
func (c *waiting) steps() []Step {
	var all []Step
	for _, s := range c.Steps {
		all = append(all, Step{Skills: s.Skills, Agents: slices.Clone(s.Agents), ExpirySeconds: s.ExpirySeconds})
	}
	return all
}
