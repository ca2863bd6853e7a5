package call

import (
	"slices"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// wait puts the caller into the queue, for the first time or back at its place.
func (t *turn) wait(greeting prompt.Prompt) {
	if t.EnteredAt.IsZero() {
		t.EnteredAt = t.now
	}
	t.QueuedAt, t.Waiting, t.Treated = t.now, true, true
	treat := Treat{Leg: t.customer().Leg, Greeting: greeting, HoldAudio: t.Queue.HoldAudio}
	if t.AutoRecord && !t.NoticeHeard {
		treat.Notice = t.Queue.RecordingNotice
	}
	t.do(treat, Enqueue{Queue: t.Queue.ID, Priority: t.Queue.Priority, EnteredAt: t.EnteredAt})
	t.tell(QueueEntered{Queue: t.Queue.ID, Name: t.Queue.Name})
	t.enter(Queued)
}

// leaveQueue ends the waiting. Answered calls leave by the result of their offer instead.
func (t *turn) leaveQueue(result string) {
	if !t.Waiting {
		return
	}
	t.Waiting = false
	if result != leftAnswered {
		t.do(LeaveQueue{Result: result})
	}
	t.tell(QueueLeft{Queue: t.Queue.ID, Result: result, Waited: t.now.Sub(t.QueuedAt)})
}

func (t *turn) stopTreat() {
	if t.Treated {
		t.Treated = false
		t.do(StopTreat{Leg: t.customer().Leg})
	}
}

// offered rings the agent whom the ACD proposes, or ends the offer at once.
func (t *turn) offered(s Offered) {
	switch {
	case t.isPast(s.Offer) || t.Ring != nil && t.Ring.Offer == s.Offer:
		return // a twin
	case t.Ring != nil && t.Waiting:
		t.refuseOffer(s, RingFailed) // one ring at a time
	case t.Stage != Queued || !t.Waiting:
		t.refuseOffer(s, RingCanceled) // it crossed our leaving
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
	if t.Ring == nil || t.Ring.Direct || t.Ring.Offer != s.Offer {
		t.past(s.Offer)
		return
	}
	t.overRing(s.Result)
	t.enter(Queued)
}

// dismissed ends a call that waits for nobody any more.
func (t *turn) dismissed(s Dismissed) {
	if !t.Waiting || s.Queue != t.Queue.ID {
		return
	}
	t.Waiting = false
	t.tell(QueueLeft{Queue: t.Queue.ID, Result: s.Result, Waited: t.now.Sub(t.QueuedAt)})
	t.finish(t.ended(ending{Disposition: Failed, Cause: tel.CauseNormalUnspecified, Reason: "the queue was removed while the caller waited"}))
}

// maxPast bounds the offers that are remembered; words about older ones do not come any more.
const maxPast = 32

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
