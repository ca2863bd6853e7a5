package acd

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
)

const (
	// refusalTime keeps a rejected or missed call from that agent (QU-12).
	refusalTime = 30 * time.Second
	// failureTime does so after an offer that failed through no fault of the agent's. It is longer than restTime, so a
	// call that cannot ring anybody does not keep its agents from the callers behind it.
	failureTime = 5 * time.Second
	// restTime keeps all calls from an agent whose device has just failed, so a broken one is not tried with every
	// waiting call at once. No longer than a caller may wait beside a free agent (BX-7).
	restTime = time.Second
)

func (r OfferResult) known() bool {
	switch r {
	case Answered, Missed, Ignored, Canceled, NotAcknowledged, Failed:
		return true
	}
	return false
}

func (t *turn) offerEnded(s OfferEnded) error {
	if !s.Result.known() {
		return fmt.Errorf("offer %s ended %q: %w", s.Offer, s.Result, ErrInvalid)
	}
	c := t.of(s.Call)
	if c == nil || s.Offer == "" {
		return nil
	}
	o, open := c.find(s.Offer)
	switch {
	case !open && s.Result == Answered:
		return t.lateAnswer(c, s)
	case !open:
		return nil
	case s.Result == Answered:
		a, held := t.closeOffer(c, o, Answered)
		t.answered(c, a, held, o.Stage)
	default:
		t.unanswered(c, o, s.Result)
	}
	return nil
}

// answered joins agent and call on the terms of the offer. Whoever else was rung is rung no more.
func (t *turn) answered(c *waiting, a *agent, held *place, stage int) {
	others := t.revokeAll(c)
	if q := t.queues[c.Queue]; q != nil {
		q.unlane(c) // a late answer finds it waiting, in the lane of the step in force, which is over now
	}
	t.joined(c, stage)
	a.Place = &place{Call: c.told(), Queue: c.Queue, Terms: held.Terms}
	if q := t.queues[c.Queue]; q != nil {
		q.count(t.day(t.now), a.ID, 1)
	}
	if c.Callback != nil {
		t.attemptAnswered(c, a)
	} else {
		t.left(c, LeftAnswered, a.ID)
	}
	t.talk(a)
	t.settleAll(others)
}

// unanswered puts the call back, with its entry time, and keeps it from that agent for a while.
func (t *turn) unanswered(c *waiting, o open, r OfferResult) {
	a, held := t.closeOffer(c, o, r)
	switch r {
	case Missed, Ignored:
		t.refuse(a, c.Call, refusal{Until: t.now.Add(refusalTime)})
	case Canceled:
		t.refuse(a, c.Call, refusal{Until: t.now.Add(failureTime), Failed: true})
	default:
		t.refuse(a, c.Call, refusal{Until: t.now.Add(failureTime), Failed: true})
		a.Rest = t.now.Add(restTime)
		t.do(SetTimer{Timer: restTimer(a), After: restTime})
	}
	// An agent who chose unavailable while it rang keeps that reason (CF-3).
	if r == Missed && held.Terms.AutoPause && a.Choice.Status == Available {
		a.Choice = choice{Status: Unavailable, Reason: AutoPause}
	}
	t.settle(a, System)
	t.requeue(c)
}

// requeue makes a call for which nobody is rung any more wait again, at its place by priority and entry time.
func (t *turn) requeue(c *waiting) {
	if len(c.Offers) > 0 {
		return
	}
	if c.Callback != nil {
		t.endAttempt(c)
	}
	q, known := t.queues[c.Queue]
	switch {
	case !known:
		t.dismiss(c, LeftNoAgent)
	case c.overdue(t.now):
		t.dismiss(c, LeftTimeout)
	default:
		q.ringing = slices.DeleteFunc(q.ringing, func(r *waiting) bool { return r == c })
		t.wait(c)
	}
}

func (t *turn) refuse(a *agent, c id.Call, r refusal) {
	if a.Refused == nil {
		a.Refused = map[id.Call]refusal{}
	}
	a.Refused[c] = r
	t.do(SetTimer{Timer: refusalTimer(a, c), After: r.Until.Sub(t.now)})
}

// expire takes back an offer that never had a result.
func (t *turn) expire(c *waiting, o open) {
	t.announceRevoke(c, o, Failed)
	t.unanswered(c, o, Failed)
}

// lateAnswer handles an answer that crossed our Revoke on its way. They are talking already, and the call is the
// truth: the agent is held, whatever has been tried for that call or that agent since.
func (t *turn) lateAnswer(c *waiting, s OfferEnded) error {
	which, revoked := c.Revoked[s.Offer]
	if !revoked {
		return nil
	}
	if c.Callback != nil && c.Callback.Dialling {
		return fmt.Errorf("late answer to offer %s: another agent has taken the callback: %w", s.Offer, ErrNotNow)
	}
	a, known := t.agents[which]
	if !known || a.Place != nil && a.Place.Offer == "" {
		return fmt.Errorf("late answer to offer %s: agent %s: %w", s.Offer, which, ErrNotNow)
	}
	held := &place{Queue: c.Queue}
	if q, known := t.queues[c.Queue]; known {
		held.Terms = q.terms()
	}
	bumped := t.bump(a)
	others := t.revokeAll(c)
	t.resumeAttempt(c, s.Call)
	t.answered(c, a, held, c.stage())
	t.settleAll(others)
	if bumped != nil && bumped != c {
		t.requeue(bumped)
	}
	return nil
}
