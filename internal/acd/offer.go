package acd

import (
	"fmt"
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
	c := t.calls[s.Call]
	switch {
	case c == nil || s.Offer == "":
		return nil
	case c.Offer != s.Offer && s.Result == Answered:
		return t.lateAnswer(c, s.Offer)
	case c.Offer != s.Offer:
		return nil
	case s.Result == Answered:
		a, held := t.closeOffer(c, Answered)
		t.answered(c, a, held)
	default:
		t.unanswered(c, s.Result)
	}
	return nil
}

// closeOffer ends a call's open offer. Its agent is held by nothing then, and not yet settled.
func (t *turn) closeOffer(c *waiting, r OfferResult) (*agent, *place) {
	a := t.agents[c.Agent]
	held := a.Place
	t.do(StopTimer{Timer: offerTimer(c)})
	t.tell(OfferClosed{Call: c.Call, Offer: c.Offer, Agent: c.Agent, Queue: c.Queue, Result: r})
	c.Offer, c.Agent, a.Place = "", "", nil
	return a, held
}

// answered joins agent and call on the terms of the offer.
func (t *turn) answered(c *waiting, a *agent, held *place) {
	t.left(c, LeftAnswered, a.ID)
	a.Place = &place{Call: c.Call, Queue: c.Queue, Terms: held.Terms}
	t.talk(a)
}

// unanswered puts the call back, with its entry time, and keeps it from that agent for a while.
func (t *turn) unanswered(c *waiting, r OfferResult) {
	a, held := t.closeOffer(c, r)
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

// requeue makes a call wait again, at its place by priority and entry time.
func (t *turn) requeue(c *waiting) {
	if _, known := t.queues[c.Queue]; !known {
		t.dismiss(c)
		return
	}
	t.wait(c)
}

func (t *turn) refuse(a *agent, c id.Call, r refusal) {
	if a.Refused == nil {
		a.Refused = map[id.Call]refusal{}
	}
	a.Refused[c] = r
	t.do(SetTimer{Timer: refusalTimer(a, c), After: r.Until.Sub(t.now)})
}

// revoke takes an open offer back of our own accord; the call stops the ring. Agent and call are not yet settled.
func (t *turn) revoke(c *waiting, r OfferResult) *agent {
	t.announceRevoke(c, r)
	a, _ := t.closeOffer(c, r)
	return a
}

// expire takes back an offer that never had a result.
func (t *turn) expire(c *waiting) {
	t.announceRevoke(c, Failed)
	t.unanswered(c, Failed)
}

func (t *turn) announceRevoke(c *waiting, r OfferResult) {
	t.do(Revoke{Call: c.Call, Offer: c.Offer, Result: r})
	if c.Revoked == nil {
		c.Revoked = map[id.Offer]id.Agent{}
	}
	c.Revoked[c.Offer] = c.Agent
}

// lateAnswer handles an answer that crossed our Revoke on its way. They are talking already, and the call is the
// truth: the agent is held, whatever has been tried for that call or that agent since.
func (t *turn) lateAnswer(c *waiting, o id.Offer) error {
	which, revoked := c.Revoked[o]
	if !revoked {
		return nil
	}
	a, known := t.agents[which]
	if !known || a.Place != nil && a.Place.Offer == "" {
		return fmt.Errorf("late answer to offer %s: agent %s: %w", o, which, ErrNotNow)
	}
	held := &place{Call: c.Call, Queue: c.Queue}
	if q, known := t.queues[c.Queue]; known {
		held.Terms = q.terms()
	}
	var other *agent
	if c.Offer != "" && c.Agent != which {
		other = t.revoke(c, Canceled)
	}
	bumped := t.bump(a)
	t.answered(c, a, held)
	if other != nil {
		t.settle(other, System)
	}
	if bumped != nil && bumped != c {
		t.requeue(bumped)
	}
	return nil
}

// bump frees an agent from an open offer, because another call holds the agent already. It gives the call of that offer.
func (t *turn) bump(a *agent) *waiting {
	if a.Place == nil {
		return nil
	}
	c := t.calls[a.Place.Call]
	t.revoke(c, Canceled)
	return c
}
