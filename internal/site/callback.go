package site

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// lookUp bounds how long a callback waits for the name of its customer.
const lookUp = 500 * time.Millisecond

// CallBack is the first signal of a call that makes an attempt at a callback; the error says why there can be none.
func (s *Sites) CallBack(ctx context.Context, org id.Org, a acd.PlaceCallback) (call.CallBack, error) {
	one, ok := s.Of(org)
	if !ok {
		return call.CallBack{}, errors.New("the organisation is not known here")
	}
	if _, known := one.Routing.Queues[a.Queue]; !known {
		return call.CallBack{}, fmt.Errorf("queue %s is not known here", a.Queue)
	}
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	b := call.CallBack{
		Callback: a.Callback, Number: a.Attempt, To: a.Number, From: one.Dialing.Default, Queue: one.callQueue(a.Queue),
		Caller: s.caller(ctx, one, a.Number), Language: one.Language(), EnteredAt: a.EnteredAt,
		Agent: a.Agent, Offer: a.Offer, RingSeconds: a.RingSeconds, SkippedMore: a.SkippedMore,
	}
	b.Queue.Callback = nil // who was called back is offered no other
	for _, skip := range a.Skipped {
		b.Skipped = append(b.Skipped, call.Skip{Agent: skip.Agent, Why: string(skip.Why)})
	}
	return b, nil
}

// CallbackNumber is the full form of a number at which a customer of the queue can be called back. It is refused where nobody
// who is to dial it may: the members of the queue or, customer first, the organisation itself.
func (s *Sites) CallbackNumber(org id.Org, queue id.Queue, typed tel.Number) (tel.Number, error) {
	one, ok := s.Of(org)
	if !ok {
		return "", errors.New("the organisation is not known here")
	}
	dialers := one.Members[queue]
	if one.Records.Queues[queue].Callback.CustomerFirst || len(dialers) == 0 {
		dialers = []id.Agent{""}
	}
	var refused error
	for _, who := range dialers {
		d, err := one.Decide(dialing.Request{Agent: who, To: string(typed)})
		switch {
		case err != nil:
			return "", err
		case d.Emergency || d.Target.Agent != "":
			return "", fmt.Errorf("%s is no number of a customer", typed)
		case d.Blocked == "":
			return d.Number, nil
		}
		refused = d.Refusal()
	}
	return "", refused
}

// offersCallback is how a caller is offered to be called back, where the queue does that (QU-11).
func (s *Sites) offersCallback(one *Site, which id.Queue, from tel.Number) *treatment.CallbackPlan {
	c := one.Records.Queues[which].Callback
	if !c.Enabled {
		return nil
	}
	plan := &treatment.CallbackPlan{After: c.OfferAfter, Interval: c.OfferInterval, Most: c.MaxOffers, Announce: c.Announce, Confirm: c.Confirm}
	if own, err := s.CallbackNumber(one.Org.ID, which, from); err == nil {
		plan.CallerID = own
	}
	return plan
}

// joins is a queue for one caller: with the offer to be called back, and the agent spoken to last where that counts (QU-5).
func (s *Sites) joins(ctx context.Context, one *Site, which id.Queue, from tel.Number) *call.Queue {
	q := one.callQueue(which)
	q.Callback = s.offersCallback(one, which, from)
	if one.Records.Queues[which].Strategy == string(acd.Sticky) {
		q.LastAgent = s.lastAgent(ctx, one, from)
	}
	return q
}

// lastAgent is whom the customer with this number spoke to last, or whoever calls from it, if it is no known customer's or new
// in a customer's record. A store that does not answer costs that, never the call.
func (s *Sites) lastAgent(ctx context.Context, one *Site, from tel.Number) id.Agent {
	full, err := tel.ParseNumber(string(from), one.Org.Country)
	if err != nil || from.IsExtension() {
		return ""
	}
	ctx = store.WithOrg(ctx, one.Org.ID)
	if customer := s.caller(ctx, one, from); customer.ID != "" {
		if last, err := s.DB.LastAgent(ctx, customer.ID); err == nil {
			return last
		}
	}
	last, err := s.DB.LastAgentByNumber(ctx, from, full)
	if err != nil {
		return ""
	}
	return last
}
