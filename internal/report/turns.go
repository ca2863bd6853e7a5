package report

import (
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// Turns is what a queue's members have had of its calls: strategies go by it (QU-5).
type Turns struct {
	Answered map[id.Agent]int
	Last     id.Agent  // who was offered a call last
	LastAt   time.Time // when that was
}

// CountTurns adds the offers of a call to what members have had, by queue: those that were answered within the span, and
// whoever was offered it last before its end. Attempts at callbacks count in their queue.
func CountTurns(all map[id.Queue]Turns, r *Record, span Span) {
	for _, o := range r.Offers {
		queue, is := r.queueOf(o)
		if !is || !o.SentAt.Before(span.To) {
			continue
		}
		one := all[queue]
		if o.SentAt.After(one.LastAt) {
			one.Last, one.LastAt = o.Agent, o.SentAt
		}
		if o.Result == call.RingAnswered && span.Holds(o.EndedAt) {
			if one.Answered == nil {
				one.Answered = map[id.Agent]int{}
			}
			one.Answered[o.Agent]++
		}
		all[queue] = one
	}
}

// queueOf gives the queue whose offer it was; direct calls are of none.
func (r *Record) queueOf(o Offer) (id.Queue, bool) {
	if q, is := r.rungIn(o); is {
		return q, true
	}
	if !o.Direct && r.Callback != nil {
		return r.Callback.Queue, true
	}
	return "", false
}
