package acd

import (
	"fmt"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// vary gives a queue rules by chance.
func (w *world) vary(q *Queue) {
	all := []Strategy{"", LongestIdle, RoundRobin, Simultaneous, Simultaneous, Weighted, FewestCalls, Random, Ordered, Sticky, Smart}
	q.Strategy = all[w.rng.IntN(len(all))]
	q.Weight = w.rng.IntN(4) * 3
	q.AllowUnavailable = w.chance(20)
	q.OutcomeRequired = w.chance(30)
	q.JoinWhen = []JoinWhen{"", "", JoinAlways, JoinStaffed, JoinAvailable}[w.rng.IntN(5)]
	q.MaxHoldSeconds = []int{0, 0, 30, 90}[w.rng.IntN(4)]
	q.MaxWaiting = []int{0, 0, 0, 4}[w.rng.IntN(4)]
	q.LeaveUnstaffedSeconds = []int{0, 10}[w.rng.IntN(2)]
	q.CallbackMaxPending, q.CallbackMaxAttempts, q.CallbackRetrySeconds = 1+w.rng.IntN(5), w.rng.IntN(4), 30
	q.CallbackHoursOnly, q.CustomerFirst = w.chance(50), w.chance(40)
	if w.chance(30) {
		q.AutoOutcome = "none"
	}
	if w.chance(20) {
		q.Steps = w.demands()
	}
	if w.chance(60) {
		q.MemberWeights = map[id.Agent]int{}
		for _, a := range w.agents {
			q.MemberWeights[a] = 1 + w.rng.IntN(3)
		}
	}
}

// demands asks for skills or agents, one after the other.
func (w *world) demands() []Step {
	texts := []string{"french", "french >= 3", "billing AND NOT french >= 4", "sales >= 2 OR billing OR Dutch"}
	all := make([]Step, 1+w.rng.IntN(3))
	for i := range all {
		if all[i].ExpirySeconds = 5 * (1 + w.rng.IntN(5)); w.chance(10) {
			all[i].ExpirySeconds = 0
		}
		if w.chance(70) {
			all[i].Skills = texts[w.rng.IntN(len(texts))]
			continue
		}
		for range 1 + w.rng.IntN(2) {
			all[i].Agents = append(all[i].Agents, w.agents[w.rng.IntN(len(w.agents))])
		}
	}
	return all
}

// demand adds what a caller may bring along.
func (w *world) demand(s *Enqueue) {
	if w.chance(40) {
		s.Steps = w.demands()
	}
	if w.chance(40) {
		s.LastAgent = w.agents[w.rng.IntN(len(w.agents))]
	}
	if w.chance(20) {
		s.AgeSeconds = 10 * (w.rng.IntN(13) - 6)
	}
}

// wonder is what happens to a caller who waits.
func (w *world) wonder(call id.Call) {
	c := w.calls[call]
	_ = w.send(WhereIs{Call: call})
	switch n := w.rng.IntN(100); {
	case !c.waits:
	case n < 25:
		_ = w.send(SetPriority{Call: call, Priority: 1 + w.rng.IntN(10), By: "u-sue"})
	case n < 50 && !w.ending:
		w.book(BookCallback{Call: call, Queue: c.queue})
	}
}

func (w *world) book(s BookCallback) {
	s.Callback = id.Callback(w.fresh("k"))
	s.Number = tel.Number(fmt.Sprintf("+3247011%04d", w.rng.IntN(8)))
	_ = w.send(s)
}

func (w *world) booked(b CallbackBooked) {
	if c := w.calls[b.Call]; c != nil {
		c.waits = false
		clear(c.offers)
	}
	w.later(5*time.Second+w.within(200), func() { w.reclaim(b.Callback) })
	w.later(400*time.Second, func() { _ = w.send(CancelCallback{Callback: b.Callback, By: "u-sue"}) })
}

// reclaim is a customer who calls again, or a supervisor who gives the place up.
func (w *world) reclaim(k id.Callback) {
	if w.chance(30) {
		_ = w.send(CancelCallback{Callback: k})
		return
	}
	s := Enqueue{Call: w.fresh("again"), Queue: w.queue(), Callback: k}
	if w.chance(30) {
		for _, which := range sortedKeys(w.calls) {
			if c := w.calls[which]; c.waits && !c.attempt {
				_ = w.send(Enqueue{Call: which, Queue: c.queue, Callback: k})
				return
			}
		}
	}
	w.demand(&s)
	w.enter(s)
}

// attempt is a call that tries to reach a customer.
func (w *world) attempt(p PlaceCallback) {
	w.calls[p.Call] = &caller{queue: p.Queue, attempt: true, offers: map[id.Offer]bool{}}
	switch n := w.rng.IntN(100); {
	case p.Agent == "" && n < 60:
		w.later(w.within(10), func() {
			s := Enqueue{Call: p.Call, Queue: p.Queue, Callback: p.Callback}
			w.demand(&s)
			w.enter(s)
		})
	case p.Agent == "":
		w.later(w.within(10), func() { _ = w.send(CallbackEnded{Call: p.Call, Result: CallbackNoAnswer}) })
	case n < 10:
		w.later(0, func() {
			clear(w.calls[p.Call].offers)
			w.calls[p.Call].attempt = false
			_ = w.send(Leave{Call: p.Call, Result: LeftAbandoned})
		})
	default:
		w.calls[p.Call].offers[p.Offer] = true
		w.ring(Offer{Call: p.Call, Offer: p.Offer, Agent: p.Agent, Queue: p.Queue, RingSeconds: p.RingSeconds})
	}
}

// answerCallback is an agent who takes a callback; the call tells it twice, as calls do that may have crossed something.
func (w *world) answerCallback(o Offer) {
	if w.send(OfferEnded{Call: o.Call, Offer: o.Offer, Result: Answered}) != nil {
		return
	}
	_ = w.send(Leave{Call: o.Call, Result: LeftAnswered})
	if w.send(Occupy{Call: o.Call, Agent: o.Agent, Queue: o.Queue}) != nil {
		return
	}
	w.calls[o.Call].talking = true
	results := []CallbackResult{CallbackReached, CallbackReached, CallbackNoAnswer, CallbackBusy, CallbackFailed, CallbackUntried}
	w.later(w.within(10), func() {
		if w.calls[o.Call].talking {
			_ = w.send(CallbackEnded{Call: o.Call, Result: results[w.rng.IntN(len(results))]})
		}
	})
	w.later(w.within(40), func() {
		w.calls[o.Call].talking = false
		_ = w.send(Release{Call: o.Call, Agent: o.Agent})
	})
}

// more is what an agent or a supervisor does less often.
func (w *world) more(a id.Agent) {
	switch w.rng.IntN(6) {
	case 0:
		_ = w.send(SetStatus{Agent: a, Custom: []string{"tea", "desk", "coach", "gone"}[w.rng.IntN(4)], By: "u-sue"})
	case 1:
		_ = w.send(SignOut{Agent: a, By: "u-sue"})
		w.later(w.within(20), func() { _ = w.send(DeviceUp{Agent: a}) })
	case 2:
		w.hours(Hours{Agent: a})
		w.later(w.within(30), func() { w.hours(Hours{Agent: a, Open: true}) })
	case 3:
		q := w.queue()
		w.hours(Hours{Queue: q})
		w.later(w.within(30), func() { w.hours(Hours{Queue: q, Open: true}) })
	case 4:
		_ = w.send(HandleTime{Queue: w.queue(), Average: w.within(300), Calls: w.rng.IntN(50)})
		_ = w.send(Earlier{Queue: w.queue(), At: w.now, Answered: map[id.Agent]int{a: w.rng.IntN(9)}, Last: a})
	case 5:
		w.book(BookCallback{Queue: w.queue(), EnteredAt: w.now.Add(-w.within(60)), Attempts: w.rng.IntN(2), RetryAt: w.now.Add(w.within(20) - 5*time.Second)})
	}
}

// hours tells of a schedule, and keeps it for the next configuration.
func (w *world) hours(s Hours) {
	for i := range w.conf.Agents {
		if w.conf.Agents[i].ID == s.Agent {
			w.conf.Agents[i].Closed = !s.Open
		}
	}
	for i := range w.conf.Queues {
		if w.conf.Queues[i].ID == s.Queue {
			w.conf.Queues[i].Closed = !s.Open
		}
	}
	_ = w.send(s)
}

// wrapUp is an agent who chooses an outcome, in time or late.
func (w *world) wrapUp(e StatusChanged) {
	if e.To == OnCall && w.chance(20) || e.To == WrapUp {
		w.later(w.within(25), func() { _ = w.send(ChooseOutcome{Agent: e.Agent, Call: e.Call, Outcome: "sold"}) })
	}
}

// audit says every 10 s what stands; now and then it leaves something out that does, once only.
func (w *world) audit() {
	if !w.ending {
		w.later(10*time.Second, w.audit)
	}
	s := Stand{}
	for _, call := range sortedKeys(w.calls) {
		if !w.chance(3) || w.lately {
			s.Calls = append(s.Calls, call)
		}
	}
	for _, which := range sortedKeys(w.l.agents) {
		if h := w.l.agents[which].held; h != nil && (!w.chance(3) || w.lately) {
			s.Held = append(s.Held, Held{Agent: which, Call: h.call})
		}
	}
	w.lately = !w.lately
	_ = w.send(s)
}

// goHome leaves all queues without staff for a while.
func (w *world) goHome() {
	w.home = true
	w.later(30*time.Second, func() { w.home = false })
	for _, a := range w.agents {
		_ = w.send(DeviceDown{Agent: a, Trigger: AutoDisconnect})
		w.later(30*time.Second+w.within(20), func() { _ = w.send(DeviceUp{Agent: a}) })
	}
}
