package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// Attempt is the callback of a customer that a call is one attempt at (QU-11, BX-3).
type Attempt struct {
	Callback id.Callback `json:"callback"`
	Number   int         `json:"number"`          // 1 and up
	First    bool        `json:"first,omitempty"` // the customer is dialled before an agent is rung
	// Open says that the ACD waits for what comes of the attempt: the customer is dialled, or will be in a moment.
	Open bool `json:"open,omitempty"`
}

// How an attempt ended (acd.CallbackResult).
const (
	reached    = "answered"
	unreached  = "no_answer"
	isBusy     = "busy"
	hasFailed  = "error"
	untried    = "untried"
	takenBy    = "another agent has taken this callback"
	givenUp    = "the callback was given up"
	noCustomer = "the number to call back leads to no customer"
)

// callBack begins a call that calls a customer back: the agent is rung first, or the customer dialled.
func (t *turn) callBack(s CallBack) error {
	switch {
	case t.Stage != Fresh:
		return refusal("the call has begun already")
	case s.Queue == nil:
		return refusal("the queue of this callback is not known")
	}
	t.Direction, t.Type, t.Started = Outbound, TypeCallback, t.now
	t.From, t.To, t.Typed, t.Language, t.Caller = s.From, s.To, string(s.To), s.Language, s.Caller
	t.Queue, t.AutoRecord, t.EnteredAt, t.QueuedAt = s.Queue, s.Queue.Record, s.EnteredAt, t.now
	t.At = dest.Destination{Kind: dest.Queue, Target: string(s.Queue.ID)}
	t.Attempt = Attempt{Callback: s.Callback, Number: s.Number, First: s.Agent == ""}
	t.tell(
		Began{Direction: Outbound, Type: TypeCallback, From: s.From, To: s.To},
		CalledBack{Callback: s.Callback, Queue: s.Queue.ID, Name: s.Queue.Name, Attempt: s.Number, Since: s.EnteredAt},
	)
	if t.Attempt.First {
		t.enter(Routing)
		t.dialBack("")
		return nil
	}
	t.ring(OpenRing{Offer: s.Offer, Agent: s.Agent, Seconds: s.RingSeconds}, s.Skipped, s.SkippedMore)
	return nil
}

// attempting tells whether this is an attempt in which no customer was reached yet.
func (c *Call) attempting() bool {
	return c.Attempt.Callback != "" && c.Stage != Ended && c.customerUp() == nil && c.AnsweredAt.IsZero() && !c.Waiting
}

func (c *Call) customerUp() *Party {
	return c.find(func(p *Party) bool { return p.Kind == Customer && p.Up })
}

// dialBack asks how the customer is dialled; the ACD is owed a result from here on.
func (t *turn) dialBack(agent id.Agent) {
	t.Attempt.Open = true
	t.do(FindPlan{Agent: agent, To: t.Typed, From: t.From})
}

// agentTook hears that the agent has taken the callback: now the customer is dialled, once the agent has heard what the
// queue whispers.
func (t *turn) agentTook(s RingEnded) {
	t.add(Party{Kind: Agent, Agent: s.Agent, Leg: s.Leg, Device: s.Device, Up: true})
	t.seat(s.Agent).Place = true
	t.do(EndOffer{Offer: s.Offer, Result: RingAnswered})
	t.enter(Routing)
	if t.Queue.Whisper.Empty() {
		t.dialBack(s.Agent)
		return
	}
	t.Attempt.Open = true
	t.whisper(s.Agent)
}

// cancelOffer ends the offer of an attempt whose agent is rung; of calls that wait LeaveQueue does.
func (t *turn) cancelOffer() {
	if len(t.Rings) > 0 && t.attempting() {
		t.do(EndOffer{Offer: t.Rings[0].Offer, Result: RingCanceled})
	}
}

// agentDidNot ends an attempt whose agent did not take it; that is none of those that are counted.
func (t *turn) agentDidNot(result RingResult) {
	e := ending{Disposition: NoAnswer, Cause: tel.CauseNormal, Reason: "the agent did not take the callback"}
	if result == RingFailed || result == RingNotAcknowledged {
		e.Disposition, e.Reason = Failed, "the callback could not ring the agent"
	}
	t.finish(e)
}

// customerReached hears that the customer has answered. True: the customer waits for an agent now.
func (t *turn) customerReached() bool {
	if !t.Attempt.Open {
		return false
	}
	t.Attempt.Open = false
	if !t.Attempt.First {
		t.do(EndCallback{Result: reached})
		return false
	}
	t.enqueue(t.Attempt.Callback)
	return true
}

// enqueue puts the customer who has answered into the queue, at the place that the callback kept.
func (t *turn) enqueue(at id.Callback) {
	t.QueuedAt, t.Waiting, t.Offered = t.now, true, false
	t.tell(QueueEntered{Queue: t.Queue.ID, Name: t.Queue.Name})
	e := t.Queue.enqueue(t.EnteredAt)
	e.Callback = at
	t.do(e)
	w := t.waitPlan()
	w.Greeting, w.Callback = prompt.OfStandard(prompt.CallbackHello), nil
	t.treat(treatment.Begin{Wait: w})
	t.enter(Queued)
}

// cameFirst tells whether this is a customer who was called back, has answered, and waits: a caller as any other.
func (t *turn) cameFirst(p *Party) bool { return t.Attempt.First && p.Up }

// endAttempt says once what came of an attempt that is over.
func (t *turn) endAttempt(e ending) {
	if !t.Attempt.Open {
		return
	}
	t.Attempt.Open = false
	result := hasFailed
	switch {
	case t.Whispering != "":
		result = untried
	case e.Disposition == NoAnswer:
		result = unreached
	case e.Disposition == Busy:
		result = isBusy
	}
	t.do(EndCallback{Result: result})
}

// mayDialBack tells whether the plan's answer leads to a customer. Nobody is made to call an emergency number, a colleague
// or a mailbox by what a caller has keyed.
func (t *turn) mayDialBack(s Planned) bool {
	if !t.attempting() || s.Agent == "" && s.Access == nil && s.Say == nil && s.Page == nil && !s.Emergency {
		return true
	}
	t.finish(ending{Disposition: Failed, Cause: tel.CauseInvalidNumber, Reason: noCustomer})
	return false
}

// book asks to keep the caller's place.
func (t *turn) book(number tel.Number) {
	t.Next++
	t.Booking = id.Callback(t.named(".k", t.Next))
	t.do(BookCallback{Callback: t.Booking, Queue: t.Queue.ID, Number: number})
}

// callbackBooked hears that the ACD keeps the caller's place: the call waits no more. Who has gone on meanwhile, to an agent
// or elsewhere, wants none any more; who has hung up does.
func (t *turn) callbackBooked(s CallbackBooked) {
	switch {
	case s.Callback == t.Booked: // a twin
	case t.Waiting && s.Callback == t.Booking:
		t.Booked = s.Callback
		t.cancelRings(ringQueueLeft)
		t.do(LeaveQueue{Result: leftCallback}) // for an ACD that was rebuilt meanwhile and believes that the call waits
		t.left(leftCallback)
		t.enter(Queued)
		t.drive(treatment.CallbackTaken{Taken: true})
	case t.Stage != Ended || !t.AnsweredAt.IsZero():
		t.do(CancelCallback{Callback: s.Callback})
	}
}

func (t *turn) callbackRefused(s CallbackRefused) {
	if t.Booking == s.Callback {
		t.Booking = ""
		t.drive(treatment.CallbackTaken{})
	}
}

// callbackFound hears that a callback pends for this caller, who calls again (BX-3).
func (t *turn) callbackFound(s CallbackFound) {
	if !t.Waiting || s.Queue != t.Queue.ID || s.Callback == "" || t.Pending.Callback != "" {
		return
	}
	t.Pending = Pending{Callback: s.Callback, EnteredAt: s.EnteredAt}
	t.drive(treatment.CallbackPends{})
}

// Pending is a callback of the caller's that was found.
type Pending struct {
	Callback  id.Callback `json:"callback"`
	EnteredAt time.Time   `json:"entered_at"`
}

// reclaim gives the caller the place that a callback keeps, in exchange for it.
func (t *turn) reclaim() {
	if t.Pending.Callback == "" || !t.Waiting {
		return
	}
	t.EnteredAt = t.Pending.EnteredAt
	e := t.Queue.enqueue(t.EnteredAt)
	e.Callback = t.Pending.Callback
	t.Pending = Pending{}
	t.do(e)
}

// attemptOver ends an attempt that the ACD wants no more.
func (t *turn) attemptOver(s Dismissed) {
	e := ending{Disposition: Failed, Cause: tel.CauseNormal, Reason: takenBy}
	if s.Result == leftAbandoned {
		e.Disposition, e.Reason = NoAnswer, givenUp
	}
	t.finish(e)
}

// dropPending gives up a callback that nobody needs any more: the caller says so, or is served.
func (t *turn) dropPending() {
	if t.Pending.Callback == "" {
		return
	}
	t.do(CancelCallback{Callback: t.Pending.Callback})
	t.Pending = Pending{}
}

// wreckAttempt says that nothing comes of an attempt whose call broke.
func (t *turn) wreckAttempt() {
	if t.Attempt.Open {
		t.Attempt.Open = false
		t.do(EndCallback{Result: hasFailed})
	}
}
