package simulator

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

// waitBeside is how long a call may wait at most while an agent is free who may be offered it (BX-7).
const waitBeside = time.Second

// check checks what has been touched by a step, and what was to be over by now.
func (a *auditor) check() {
	for _, p := range a.seen {
		p.seen = false
		a.list(p)
		a.consistent(p)
	}
	a.seen = a.seen[:0]
	for _, l := range a.touched {
		l.touched = false
		if !l.contended && len(l.free) > 0 && len(l.waiting) > 0 {
			l.contended = true
			a.contended = append(a.contended, l)
		}
	}
	a.touched = a.touched[:0]
	a.contend()
	a.overdue()
}

// beside is a call that waits beside a free agent who may be offered it.
type beside struct {
	since time.Time
	call  id.Call
	agent id.Agent
}

// contend looks for calls that wait beside a free agent.
func (a *auditor) contend() {
	kept, worst := a.contended[:0], beside{since: a.now}
	for _, l := range a.contended {
		l.contended = len(l.free) > 0 && len(l.waiting) > 0
		if l.contended {
			kept = append(kept, l)
			a.waitsBeside(l, &worst)
		}
	}
	a.contended = kept
	if lasts := a.now.Sub(worst.since); lasts > waitBeside {
		a.fail("call %s waits in %s for %s while %s is free", worst.call, a.lines[worst.call].Queue, lasts, worst.agent)
	}
}

// waitsBeside looks for the call of a queue that has waited longest beside a free agent.
func (a *auditor) waitsBeside(l *lane, worst *beside) {
	for _, p := range l.free {
		for _, c := range l.waiting {
			if !p.FreeSince.Before(a.now) || !c.Since.Before(a.now) {
				continue
			}
			if !a.fits(p, c, a.now) {
				continue
			}
			began, _ := c.step(a.now)
			b := beside{since: later(later(p.FreeSince, c.Since), later(p.barred(c.Call), began)), call: c.Call, agent: p.Conf.ID}
			if cmp.Or(b.since.Compare(worst.since), cmp.Compare(b.call, worst.call), cmp.Compare(b.agent, worst.agent)) < 0 {
				*worst = b
			}
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// overdue looks for offers that did not expire, and wrap-ups that did not end.
func (a *auditor) overdue() {
	for len(a.ends) > 0 && a.now.After(a.ends[0].at) {
		d, _ := heap.Pop(&a.ends).(deadline)
		if a.offers[d.offer] != nil {
			a.fail("offer %s has not expired", d.offer)
		}
		if p := a.people[d.agent]; p != nil && p.Status == acd.WrapUp && !p.WrapEnds.IsZero() && a.now.After(p.WrapEnds) {
			a.fail("%s is stuck in wrap-up", d.agent)
		}
	}
}

// consistent checks that an agent's status is what follows from what has happened.
func (a *auditor) consistent(p *person) {
	switch {
	case p.Removed && p.Call == "":
		if p.Status != acd.Offline {
			a.fail("%s was removed and is %s", p.Conf.ID, p.Status)
		}
		delete(a.people, p.Conf.ID)
	case p.Talking != (p.Status == acd.OnCall):
		a.fail("%s is %s, talking: %t", p.Conf.ID, p.Status, p.Talking)
	case !p.Up && p.Status != acd.Offline && p.Status != acd.OnCall:
		a.fail("%s is %s without a device", p.Conf.ID, p.Status)
	case p.Up && p.Status == acd.Offline && (p.Call == "" || p.Offer != ""):
		a.fail("%s is offline with a device", p.Conf.ID)
	case p.Offer != "" && !p.mayRing():
		a.fail("%s is %s under an offer", p.Conf.ID, p.Status)
	case p.Call == "" && p.mayRing() && p.Status != p.Chosen:
		a.fail("%s is %s and chose %s", p.Conf.ID, p.Status, p.Chosen)
	}
}

// expect looks at a signal before it is noted and gives a check of what it must have led to, if there is one.
func (a *auditor) expect(s acd.Signal) func(acd.Outcome) {
	switch s := s.(type) {
	case acd.Enqueue:
		return func(out acd.Outcome) { a.expectEntry(s, out) }
	case acd.Leave:
		return func(acd.Outcome) {
			if a.lines[s.Call] != nil {
				a.fail("call %s left and still waits", s.Call)
			}
		}
	case acd.OfferEnded:
		return func(acd.Outcome) {
			if a.offers[s.Offer] != nil {
				a.fail("offer %s ended and is still open", s.Offer)
			}
			if c := a.lines[s.Call]; c != nil && c.Offers == 0 && a.lanes[c.Queue] == nil {
				a.fail("call %s waits in %s, which was removed", s.Call, c.Queue)
			}
		}
	case acd.Configure:
		return a.expectQueues
	case acd.Release:
		return func(acd.Outcome) {
			if p := a.people[s.Agent]; p != nil && p.Call == s.Call && p.Offer == "" {
				a.fail("%s was released and is still held by %s", s.Agent, s.Call)
			}
		}
	case acd.Reserve:
		return func(out acd.Outcome) { a.expectPlace(s, out) }
	}
	return nil
}

func (a *auditor) expectEntry(s acd.Enqueue, out acd.Outcome) {
	if !slices.ContainsFunc(out.Events, func(e acd.Event) bool {
		x, is := e.(acd.Entered)
		return is && x.Call == s.Call
	}) {
		a.fail("call %s did not enter", s.Call)
	}
}

// expectQueues checks that no call waits in a queue that was removed.
func (a *auditor) expectQueues(acd.Outcome) {
	for _, c := range a.lines {
		if c.Offers == 0 && a.lanes[c.Queue] == nil {
			a.fail("a call waits in %s, which was removed", c.Queue)
		}
	}
}

func (a *auditor) expectPlace(s acd.Reserve, out acd.Outcome) {
	answers := 0
	for _, x := range out.Actions {
		switch x.(type) {
		case acd.Granted, acd.Refused:
			answers++
		}
	}
	if answers != 1 {
		a.fail("place of %s for call %s: %d answers", s.Agent, s.Call, answers)
	}
}

// atTheEnd begins what is said of promises that were broken by the end.
const atTheEnd = "at the end: "

// rest checks at the end that all pairs are closed.
func (a *auditor) rest() {
	defer func() {
		if a.broken != nil {
			a.broken = fmt.Errorf(atTheEnd+"%w", a.broken)
		}
	}()
	if n := len(a.offers) + len(a.lines); n > 0 {
		a.fail("%d offers and calls never ended", n)
	}
	for _, p := range a.people {
		if p.Call != "" || p.Status == acd.OnCall || p.Status == acd.WrapUp {
			a.fail("%s is %s, held by call %q", p.Conf.ID, p.Status, p.Call)
		}
	}
}
