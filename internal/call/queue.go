package call

import (
	"slices"

	"parley/internal/id"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// joinQueue begins the wait in a queue that the call was sent to.
func (t *turn) joinQueue(q Queue) {
	if t.Priority > 0 {
		q.Priority = t.Priority
	}
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
	t.QueuedAt, t.Waiting = t.now, true
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
	if t.AutoRecord && !t.NoticeHeard {
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
		t.do(LeaveQueue{Result: result})
	}
	t.left(result)
}

// offered rings the agent whom the ACD proposes, or ends the offer at once.
func (t *turn) offered(s Offered) {
	switch {
	case t.isPast(s.Offer) || t.ringOf(s.Offer) != nil:
		return // a twin
	case !t.Waiting:
		t.refuseOffer(s, RingCanceled) // it crossed our leaving
	case t.RingAt(s.Agent) != nil, t.party(s.Agent) != nil:
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
	if t.attempting() {
		t.finish(ending{Disposition: Failed, Cause: tel.CauseNormal, Reason: takenBy})
		return
	}
	if !t.Waiting || s.Queue != t.Queue.ID {
		return
	}
	t.cancelRings(ringQueueLeft)
	t.left(s.Result)
	t.leave(t.At, s.Result)
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
