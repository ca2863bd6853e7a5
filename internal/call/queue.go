package call

import (
	"slices"

	"parley/internal/id"
	"parley/internal/treatment"
)

// joinQueue begins the wait in a queue that the call was sent to.
func (t *turn) joinQueue(q Queue) {
	p := t.Precedence.Or(treatment.Precedence{Priority: q.Priority, AgeSeconds: q.AgeSeconds, Steps: q.Steps})
	q.Priority, q.AgeSeconds, q.Steps = p.Priority, p.AgeSeconds, p.Steps
	t.Queue, t.AutoRecord, t.EnteredAt = &q, q.Record, noTime
	if len(q.Tags) > 0 {
		t.tell(Tagged{Tags: q.Tags})
	}
	t.wait(false)
}

// wait puts the caller into the queue, for the first time or again at its place.
func (t *turn) wait(again bool) {
	if t.EnteredAt.IsZero() {
		t.EnteredAt = t.now
	}
	t.QueuedAt, t.Waiting, t.Offered = t.now, true, false
	t.tell(QueueEntered{Queue: t.Queue.ID, Name: t.Queue.Name})
	t.do(t.Queue.enqueue(t.EnteredAt))
	if t.Queue.Callback != nil && t.From != "" && t.Direction == Inbound && !again {
		t.do(FindCallback{Queue: t.Queue.ID, Number: t.From})
	}
	t.treat(treatment.Begin{Wait: t.waitPlan(), Again: again})
	t.enter(Queued)
}

// waitPlan is what the caller hears in the queue.
func (t *turn) waitPlan() *treatment.WaitPlan {
	q := t.Queue
	w := &treatment.WaitPlan{
		Greeting: q.Greeting, HoldAudio: q.HoldAudio, Position: q.Position, Wait: q.Wait, Style: q.Style, Every: q.Every, Messages: q.Messages,
		OptOut: q.OptOut, Callback: q.Callback,
	}
	if t.AutoRecord && !t.NoticeHeard && t.Consent == nil {
		w.Notice = q.RecordingNotice
	}
	return w
}

// leaveQueue ends the waiting. Answered calls leave by the result of their offer instead.
func (t *turn) leaveQueue(result string) {
	if !t.Waiting {
		return
	}
	if result != leftAnswered {
		t.do(LeaveQueue{Result: result, Why: !t.Offered})
		if !t.Offered {
			t.Unexplained = t.Queue.ID
			t.after(whyTime, whyTimer)
		}
	}
	t.left(result)
}

// offered rings the agent whom the ACD proposes, or ends the offer at once.
func (t *turn) offered(s Offered) {
	switch {
	case t.isPast(s.Offer) || t.ringOf(s.Offer) != nil:
		return // a twin
	case !t.Waiting && !t.waitsThere():
		t.refuseOffer(s, RingCanceled) // it crossed our leaving
	case t.RingAt(s.Agent) != nil, t.party(s.Agent) != nil, t.Watching != nil && t.Watching.Agent == s.Agent:
		t.refuseOffer(s, RingFailed) // who is rung or is here already cannot be rung
	default:
		t.ring(OpenRing{Offer: s.Offer, Agent: s.Agent, Seconds: s.RingSeconds}, s.Skipped, s.SkippedMore)
	}
}

func (t *turn) refuseOffer(s Offered, result RingResult) {
	t.past(s.Offer)
	t.do(EndOffer{Offer: s.Offer, Result: result})
}

// revoked stops a ring whose offer the ACD has closed. An answer that crossed it stands: the ACD takes it as given.
func (t *turn) revoked(s Revoked) {
	r := t.ringOf(s.Offer)
	if r == nil || r.Direct {
		t.past(s.Offer)
		return
	}
	t.overRing(r, s.Result, "")
	if t.attempting() {
		t.agentDidNot(s.Result)
		return
	}
	t.ringsOn()
}

// dismissed sends a call on that waits for nobody any more (QU-7).
func (t *turn) dismissed(s Dismissed) {
	switch {
	case t.attempting():
		t.attemptOver(s)
		return
	case t.waitsThere() && s.Queue == t.Move.Route.Queue.ID:
		t.dismissedThere(s)
		return
	case !t.Waiting || s.Queue != t.Queue.ID, s.Result == leftAbandoned: // given up as the customer answered, who waits on
		return
	}
	t.cancelRings(ringQueueLeft)
	t.do(LeaveQueue{Result: s.Result}) // for an ACD that was rebuilt meanwhile and believes that the call waits
	t.left(s.Result)
	t.passedOver(s.Queue, s.Skipped, s.SkippedMore)
	t.SentOn = sentOnFrom(s.Result)
	t.leave(t.At, s.Result)
}

// explained hears why nobody was offered the call in the queue that it has left.
func (t *turn) explained(s Explained) {
	if t.Unexplained != "" && (s.Queue == "" || s.Queue == t.Unexplained) {
		t.passedOver(s.Queue, s.Skipped, s.SkippedMore)
		t.Unexplained = ""
		t.do(StopTimer{Timer: whyTimer})
	}
}

// passedOver tells why nobody was offered the call in its latest stay in a queue; of one in which somebody was, the rounds
// have told it.
func (t *turn) passedOver(queue id.Queue, skipped []Skip, more int) {
	if !t.Offered && len(skipped) > 0 {
		t.tell(PassedOver{Queue: queue, Skipped: skipped, SkippedMore: more})
	}
}

// maxPast bounds the offers that are remembered, so that a queue may ring many at once.
const maxPast = 256

func (t *turn) past(offer id.Offer) {
	if t.isPast(offer) {
		return
	}
	if len(t.Past) >= maxPast {
		t.Past = t.Past[1:]
	}
	t.Past = append(t.Past, offer)
}

func (t *turn) isPast(offer id.Offer) bool { return slices.Contains(t.Past, offer) }
