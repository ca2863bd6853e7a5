package call

import (
	"parley/internal/id"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// dismissedWords says why a queue gave line 2 up.
var dismissedWords = map[string]string{
	"timeout":   "nobody answered there within the longest wait of the queue",
	"overflow":  "the queue is full",
	leftNoAgent: "nobody takes calls of the queue now",
}

// waitsThere tells whether line 2 waits in a queue.
func (c *Call) waitsThere() bool {
	m := c.moving()
	return m != nil && m.Waits
}

// QueueOf is the queue for which an agent is rung or takes part: that of a consultation for who came by it, else the call's; nil
// where there is none.
func (c *Call) QueueOf(agent id.Agent) *Queue {
	if p := c.party(agent); p != nil && p.Queue != nil {
		return p.Queue
	}
	if r := c.RingAt(agent); r != nil && !r.Direct && !r.Watch && c.waitsThere() {
		return c.Move.Route.Queue
	}
	return c.Queue
}

// Waits is how the call waits now: itself, or line 2 of an agent; false when it does not.
func (c *Call) Waits() (Enqueue, bool) {
	switch {
	case c.Waiting && c.Queue != nil:
		return c.Queue.enqueue(c.EnteredAt), true
	case c.waitsThere():
		e := c.Move.Route.Queue.enqueue(c.Move.EnteredAt)
		e.Consult = true
		return e, true
	}
	return Enqueue{}, false
}

// consultPlan is what an agent hears in a queue: nobody is recorded, and neither a mailbox nor a call back is offered.
func consultPlan(q *Queue) *treatment.WaitPlan {
	return &treatment.WaitPlan{
		Greeting: q.Greeting, HoldAudio: q.HoldAudio, Position: q.Position, Wait: q.Wait, Style: q.Style, Every: q.Every, Messages: q.Messages,
	}
}

// leaveThere leaves the other one where line 2 is: in a menu at its beginning, in a queue at the place that line 2 had.
func (t *turn) leaveThere() {
	m := t.moving()
	r := *m.Route
	r.Precedence = r.Precedence.Or(m.Precedence)
	waits, since := m.Waits, m.EnteredAt
	t.stopThere()
	if !waits {
		t.sendOn(r)
		return
	}
	t.changeMove().Waits = false
	t.giveOver(r)
	t.At, t.AtName = r.Destination, r.Name
	t.Queue, t.AutoRecord, t.EnteredAt, t.QueuedAt, t.Waiting = r.Queue, r.Queue.Record, since, since, true
	if len(r.Queue.Tags) > 0 {
		t.tell(Tagged{Tags: r.Queue.Tags})
	}
	t.tell(QueueEntered{Queue: r.Queue.ID, Name: r.Queue.Name, Since: since})
	t.do(t.Queue.enqueue(since))
	t.treat(treatment.Begin{Wait: t.waitPlan(), Again: true})
	if t.findRing(func(o *OpenRing) bool { return !o.Watch }) != nil {
		t.enter(Ringing)
		return
	}
	t.enter(Queued)
}

// takenThere brings the agent in who has answered in the queue in which line 2 waits.
func (t *turn) takenThere(s RingEnded) {
	t.cancelOffers(ringAnotherAnswered)
	t.stopThere()
	m := t.changeMove()
	m.Waits, m.Agent = false, s.Agent
	q := m.Route.Queue
	t.add(Party{
		Kind: Agent, Agent: s.Agent, Leg: s.Leg, Device: s.Device, Up: true, Side: 1, BroughtBy: m.By, Notes: m.Notes, Queue: q,
	})
	t.seat(s.Agent).Place = true
	t.do(EndOffer{Offer: s.Offer, Result: RingAnswered})
	t.tell(
		QueueEntered{Queue: q.ID, Name: q.Name, Since: m.EnteredAt},
		QueueLeft{Queue: q.ID, Result: leftAnswered, Waited: t.now.Sub(m.EnteredAt)},
	)
	t.moveJoined(t.party(s.Agent))
}

// passOver makes the call one of the queue whose agent gets the other one, as if it had been sent there.
func (t *turn) passOver() {
	p := t.Call.find(func(p *Party) bool { return p.ID == t.Move.Party })
	if p != nil && p.Queue != nil {
		t.Queue, t.AutoRecord = p.Queue, p.Queue.Record
	}
}

// dismissedThere hears that the queue does not keep line 2.
func (t *turn) dismissedThere(s Dismissed) {
	t.cancelOffers(ringQueueLeft)
	t.do(LeaveQueue{Result: s.Result}) // for an ACD that was rebuilt meanwhile and believes that the call waits
	t.changeMove().Waits = false
	why := dismissedWords[s.Result]
	if why == "" {
		why = dismissedWords[leftNoAgent]
	}
	t.failMove(tel.CauseNoAnswer, why)
}

// cancelOffers ends the rings of a queue, of which its ACD knows.
func (t *turn) cancelOffers(why string) {
	for {
		r := t.findRing(func(o *OpenRing) bool { return !o.Direct && !o.Watch })
		if r == nil {
			return
		}
		t.overRing(r, RingCanceled, why)
	}
}
