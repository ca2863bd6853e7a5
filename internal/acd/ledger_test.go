package acd

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
)

// ledger knows from signals, actions and events alone what is going on, and checks the promises after every step.
// It shares no code with the distributor.
type ledger struct {
	now    time.Time
	queues map[id.Queue]Queue
	agents map[id.Agent]*known
	calls  map[id.Call]*line
	offers map[id.Offer]*sent
	used   map[id.Offer]bool
	custom map[string]CustomStatus
	// attempts are the calls of callbacks' attempts, by the callback; those in dialling have an agent, who answered.
	attempts map[id.Call]id.Call
	dialling map[id.Call]id.Agent
	rounds   map[id.Queue]id.Agent         // who was offered a call last
	answered map[id.Queue]map[id.Agent]int // since midnight
	empty    map[id.Queue]time.Time        // since when no member is online
	taken    *line                         // whose place the signal's call or callback takes over
	begun    PlaceCallback                 // of a callback that enters by the same signal
	numbers  map[id.Call]string            // of callbacks
	order    int
	broken   error
	opened   int
	tookOver int // calls that were taken out of order
	seconds  int // calls that were answered on the other line
	moved    int // calls that took a callback's place over while they waited
}

type known struct {
	conf       Agent
	removed    bool
	up, asleep bool
	status     Status
	since      time.Time
	effect     Effect
	wrapEnds   time.Time
	wrapCall   id.Call
	lacks      bool // an outcome, which holds the agent in wrap-up
	extend     time.Duration
	chosen     Status // what must return after a call, when that is known
	held       *hold
	second     *hold // the other line, while held is talked in (SP-25)
	owes       *hold // the wrap-up of the one that ended first
	refused    map[id.Call]bar
	rest       time.Time
	stored     time.Time
}

type hold struct {
	call    id.Call
	offer   id.Offer
	queue   id.Queue
	terms   Queue
	talking bool
	asked   bool // for a call in which the agent is not yet
	outcome bool // chosen
	took    bool // the agent asked for it
}

type bar struct {
	until  time.Time
	failed bool
}

type line struct {
	call     id.Call
	queue    id.Queue
	priority int
	at       time.Time
	began    time.Time // when its steps did: a call that moves to a kept place keeps their clock
	order    int
	joined   time.Time
	until    time.Time
	age      int
	last     id.Agent
	steps    []Step
	step     int // in force, from 1; 0 when any member may take the call
	offers   map[id.Offer]id.Agent
	revoked  map[id.Offer]id.Agent

	round    time.Time // when the first of those who are rung at once was
	callback bool
	attempt  id.Call // under way
	took     bool    // the offer that is open was asked for by its agent
	retryAt  time.Time
}

type sent struct {
	call  id.Call // that waits
	told  id.Call // that rings: of a callback its attempt
	agent id.Agent
	at    time.Time
	terms Queue
}

func newLedger() *ledger {
	return &ledger{
		queues: map[id.Queue]Queue{}, agents: map[id.Agent]*known{}, calls: map[id.Call]*line{},
		offers: map[id.Offer]*sent{}, used: map[id.Offer]bool{}, numbers: map[id.Call]string{}, attempts: map[id.Call]id.Call{}, dialling: map[id.Call]id.Agent{},
		rounds: map[id.Queue]id.Agent{}, answered: map[id.Queue]map[id.Agent]int{}, empty: map[id.Queue]time.Time{},
	}
}

func (l *ledger) fail(format string, args ...any) {
	if l.broken == nil {
		l.broken = fmt.Errorf(format, args...)
	}
}

// step takes one handled signal down and checks what must hold now.
func (l *ledger) step(now time.Time, s Signal, out Outcome, err error) {
	l.now = now
	if err != nil {
		if len(out.Actions)+len(out.Events) > 0 {
			l.fail("%T: refused, yet something happened", s)
		}
		return
	}
	check := l.expect(s)
	l.heed(s)
	l.actions(out)
	for _, e := range out.Events {
		l.event(s, e)
	}
	l.pairs(out)
	check(out)
	l.always()
}

// heed notes what the signal itself settles.
func (l *ledger) heed(s Signal) {
	l.taken = nil
	switch s := s.(type) {
	case Configure:
		l.configure(s)
	case Enqueue:
		if c := l.calls[id.Call(s.Callback)]; c != nil && c.callback {
			l.taken = c
		}
	case BookCallback:
		l.taken = l.calls[s.Call]
	case SetStatus:
		l.agents[s.Agent].chosen = l.stands(s.Status, s.Custom)
	case Hours:
		if a := l.agents[s.Agent]; a != nil {
			a.conf.Closed = !s.Open
		}
		if q, known := l.queues[s.Queue]; known {
			q.Closed = !s.Open
			l.queues[s.Queue] = q
		}
	case Earlier:
		l.heardEarlier(s)
	case CallbackEnded:
		if s.Result != CallbackReached {
			l.unreached(s.Call)
		}
	case Release:
		if l.dialling[s.Call] == s.Agent {
			l.unreached(s.Call)
		}
	case Leave:
		if s.Result != LeftAnswered {
			l.unreached(s.Call)
		}
	case Restore:
		if a := l.agents[s.Agent]; s.Status != Offline {
			a.stored, a.chosen = s.Since, l.stands(s.Status, s.Custom)
		}
	case Connected:
		if a := l.agents[s.Agent]; a.held != nil && a.held.call == s.Call && a.held.offer == "" {
			a.held.talking = true
		}
		l.connectsSecond(s)
	case Occupy:
		if a := l.agents[s.Agent]; l.occupiesSecond(a, s) {
			defer func() { a.second = &hold{call: s.Call, queue: s.Queue, terms: l.queues[s.Queue], talking: true} }()
		} else if a.held == nil || a.held.call != s.Call {
			defer func() { a.held = &hold{call: s.Call, queue: s.Queue, terms: l.queues[s.Queue], talking: true} }()
		}
	}
}

func (l *ledger) configure(s Configure) {
	l.custom = map[string]CustomStatus{}
	for _, c := range s.Statuses {
		l.custom[c.ID] = c
	}
	l.queues = map[id.Queue]Queue{}
	for _, q := range s.Queues {
		l.queues[q.ID] = q
	}
	for _, name := range []id.Queue{"sales", "support", "billing"} { // what a queue that goes has remembered goes along
		if _, known := l.queues[name]; !known {
			delete(l.rounds, name)
			delete(l.answered, name)
			delete(l.empty, name)
		}
	}
	stays := map[id.Agent]bool{}
	for _, conf := range s.Agents {
		stays[conf.ID] = true
		conf.ToggledOff = slices.Clone(conf.ToggledOff)
		if a := l.agents[conf.ID]; a != nil {
			a.conf, a.removed = conf, false
			continue
		}
		l.agents[conf.ID] = &known{conf: conf, status: Offline, since: l.now, refused: map[id.Call]bar{}}
	}
	for which, a := range l.agents {
		a.removed = !stays[which]
	}
}

func (l *ledger) actions(out Outcome) {
	for _, action := range out.Actions {
		switch x := action.(type) {
		case Granted:
			if a := l.agents[x.Agent]; x.Second {
				l.givesSecond(a, x)
			} else if a.held != nil {
				l.fail("%s granted while held by %s", x.Agent, a.held.call)
			} else {
				a.held = &hold{call: x.Call}
			}
		case Revoke:
			o := l.offers[x.Offer]
			if o == nil {
				l.fail("revoked %s, which is not open", x.Offer)
				continue
			}
			l.calls[o.call].revoked[x.Offer] = o.agent
		case Dismiss:
			if x.Result == LeftAbandoned { // an attempt at a callback that was given up
				l.unreached(x.Call)
			}
		case PlaceCallback:
			l.attempts[x.Call] = id.Call(x.Callback)
			if c := l.calls[id.Call(x.Callback)]; c != nil {
				c.attempt = x.Call
			} else {
				l.begun = x // it enters by the same signal
			}
		}
	}
}

// pairs checks that actions and events tell the same.
func (l *ledger) pairs(out Outcome) {
	var did, told []string
	for _, a := range out.Actions {
		switch x := a.(type) {
		case Offer:
			did = append(did, fmt.Sprint("open ", x.Offer, x.Agent))
			l.skips(x)
		case PlaceCallback:
			if x.Offer != "" {
				did = append(did, fmt.Sprint("open ", x.Offer, x.Agent))
				l.skips(Offer{Agent: x.Agent, Offer: x.Offer, Queue: x.Queue, Skipped: x.Skipped})
			}
		case Dismiss:
			if x.Result != LeftAbandoned {
				did = append(did, fmt.Sprint("left ", x.Call))
			}
		}
	}
	for _, e := range out.Events {
		switch x := e.(type) {
		case OfferOpened:
			told = append(told, fmt.Sprint("open ", x.Offer, x.Agent))
		case Left:
			if (x.Result == LeftNoAgent || x.Result == LeftOverflow || x.Result == LeftTimeout) && !x.Callback {
				told = append(told, fmt.Sprint("left ", x.Call))
			}
		}
	}
	slices.Sort(did)
	slices.Sort(told)
	if !slices.Equal(did, told) {
		l.fail("done %v, told %v", did, told)
	}
}

// skips checks that a round names nobody twice and nobody who is no member.
func (l *ledger) skips(o Offer) {
	seen := map[id.Agent]bool{o.Agent: true}
	for _, s := range o.Skipped {
		if seen[s.Agent] || s.Why == "" || !slices.Contains(l.queues[o.Queue].Members, s.Agent) {
			l.fail("offer %s skipped %s (%s)", o.Offer, s.Agent, s.Why)
		}
		seen[s.Agent] = true
	}
}

// always checks what holds after every signal (BX-7).
func (l *ledger) always() {
	for which, a := range l.agents {
		if a.removed && a.held == nil {
			if a.status != Offline {
				l.fail("%s was removed and is %s", which, a.status)
			}
			delete(l.agents, which)
			continue
		}
		l.consistent(which, a)
	}
	for name, o := range l.offers {
		if l.now.After(o.at.Add(time.Duration(o.terms.RingSeconds)*time.Second + 10*time.Second)) {
			l.fail("offer %s has not expired", name)
		}
	}
	l.countStaff()
	for _, c := range l.calls {
		l.waits(c)
	}
}

func (l *ledger) consistent(which id.Agent, a *known) {
	talking := a.held != nil && a.held.talking
	switch {
	case talking != (a.status == OnCall):
		l.fail("%s is %s, talking: %t", which, a.status, talking)
	case !a.up && a.status != Offline && a.status != OnCall:
		l.fail("%s is %s without a device", which, a.status)
	case a.up && a.status == Offline:
		l.fail("%s is offline with a device", which)
	case a.held != nil && a.held.offer != "" && !a.held.took && a.status != Available && (a.status != Unavailable || !a.held.terms.AllowUnavailable):
		l.fail("%s is %s under an offer", which, a.status)
	case a.status == WrapUp && l.now.After(a.wrapEnds) && !a.lacks:
		l.fail("%s is stuck in wrap-up", which)
	case a.held == nil && a.chosen != "" && (a.status == Available || a.status == Unavailable) && a.status != a.chosen:
		l.fail("%s is %s, chose %s", which, a.status, a.chosen)
	}
}
