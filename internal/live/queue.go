package live

import (
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/report"
)

// queue is one queue with its figures of the day.
type queue struct {
	SiteQueue
	report.Figures
	callbacksChanged time.Time
	zeroed           bool // since the program started: what was before it counts no more
}

func (q *queue) goal() report.Goal {
	return report.Goal{
		Answer:       time.Duration(q.ServiceLevelSeconds) * time.Second,
		ShortAbandon: time.Duration(q.ShortAbandonSeconds) * time.Second,
	}
}

// roll begins the figures anew when the organisation's day has changed. A moment of yesterday that is told late counts today.
func (p *picture) roll(now time.Time) {
	if now.Before(p.dayEnds) {
		return
	}
	here := now.In(p.site.Location)
	day := here.Format(time.DateOnly)
	if day >= p.day {
		p.dayEnds = time.Date(here.Year(), here.Month(), here.Day()+1, 0, 0, 0, 0, p.site.Location)
	}
	if day <= p.day {
		return
	}
	p.day = day
	for _, q := range p.queues {
		q.Figures = report.Figures{}
	}
	for _, q := range p.site.Queues {
		p.tellQueue(q.ID)
	}
}

// seed adds what was counted before the program started. It comes too late when the day is over, or the queue was zeroed meanwhile.
func (p *picture) seed(at time.Time, figures map[id.Queue]report.Figures) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.roll(at)
	if at.In(p.site.Location).Format(time.DateOnly) != p.day {
		return
	}
	for which, f := range figures {
		if q := p.queues[which]; q != nil && !q.zeroed {
			q.Add(f)
			p.tellQueue(which)
		}
	}
}

func (p *picture) queueView(which id.Queue) Queue {
	q := p.queues[which]
	v := Queue{
		ID: q.ID, Name: q.Name, Offered: q.Offered, Answered: q.Answered, Missed: q.Missed, Abandoned: q.Abandoned,
		AverageWaitSeconds: whole(q.AverageWait()), AverageTalkSeconds: whole(q.AverageTalk()), LongestWaitTodaySeconds: whole(q.Longest),
		WaitWarningSeconds: q.WaitWarningSeconds, WaitCriticalSeconds: q.WaitCriticalSeconds,
		CallbacksPending: p.pending(which), CallbacksChangedAt: q.callbacksChanged,
	}
	if percent, ok := q.ServiceLevel(); ok {
		v.ServiceLevelPercent = &percent
	}
	for _, w := range p.waiting {
		if w.Queue != which {
			continue
		}
		v.Waiting++
		if v.LongestWaitSince.IsZero() || w.Since.Before(v.LongestWaitSince) {
			v.LongestWaitSince = w.Since
		}
	}
	p.countMembers(q, &v)
	return v
}

func (p *picture) countMembers(q *queue, v *Queue) {
	for _, m := range q.Members {
		a := p.agents[m]
		if a == nil {
			continue
		}
		switch a.status {
		case acd.Available:
			v.Available++
		case acd.OnCall:
			v.OnCall++
		case acd.WrapUp:
			v.WrapUp++
		case acd.Unavailable:
			v.Unavailable++
		default:
			v.Offline++
		}
	}
}

func whole(d time.Duration) int { return int(d / time.Second) }

func (p *picture) acdChanged(now time.Time, events []acd.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.roll(now)
	for _, e := range events {
		p.acdEvent(now, e)
	}
}

func (p *picture) acdEvent(now time.Time, event acd.Event) {
	switch e := event.(type) {
	case acd.StatusChanged:
		p.statusChanged(now, e)
	case acd.NextChosen:
		p.nextChosen(e)
	case acd.OutcomeChosen:
		p.outcomeChosen(e)
	case acd.Toggled:
		p.toggled(e)
	case acd.PriorityChanged:
		if w := p.waiting[e.Call]; w != nil {
			w.Priority = e.Priority
			p.tellWaiting(w, "waiting", w.Waiting)
		}
	case acd.Health:
		if a := p.agents[e.Agent]; a != nil {
			a.health = e.State
			p.tellMe(e.Agent)
		}
	case acd.CallbackKept, acd.Entered, acd.Left:
		p.waits(now, event)
	case acd.OfferClosed:
		if q := p.queues[e.Queue]; q != nil && e.Result == acd.Missed {
			q.Missed++
			p.tellQueue(e.Queue)
		}
	case acd.Released:
		if q := p.queues[e.Queue]; q != nil {
			q.Talk(e.Talked)
			p.tellQueue(e.Queue)
		}
	}
}

// waits follows who begins and ceases to wait: callers, and those who are called back.
func (p *picture) waits(now time.Time, event acd.Event) {
	switch e := event.(type) {
	case acd.CallbackKept:
		p.keep(now, e)
	case acd.Entered:
		if !e.Callback { // of those CallbackKept tells
			p.entered(now, e)
		}
	case acd.Left:
		if e.Callback {
			p.drop(now, e)
			return
		}
		p.left(now, e)
	}
}

func (p *picture) statusChanged(now time.Time, e acd.StatusChanged) {
	a := p.agents[e.Agent]
	if a == nil {
		return
	}
	custom := p.customOf(e.Custom, e.CustomName, e.Effect)
	if a.status != e.To || a.reason != e.Reason || !sameCustom(a.custom, custom) {
		a.since = now // an extended wrap-up is the same status still
	}
	a.status, a.reason, a.custom, a.wrap = e.To, e.Reason, custom, nil
	if e.To != acd.OnCall && e.To != acd.WrapUp {
		a.next, a.chosen, a.takes = nil, nil, e.To == acd.Available
	}
	if e.To == acd.WrapUp {
		a.wrap = &Wrap{Until: e.WrapEnds, StartedAt: now, ExtensionsLeft: e.Left, Call: e.Call, Queue: e.Queue, Held: e.Held, Required: e.Required}
		if q := p.queues[e.Queue]; q != nil {
			a.wrap.QueueName = q.Name
		}
	}
	p.tellMe(e.Agent)
	for _, q := range a.queues {
		p.tellQueue(q)
	}
}

// entered lets a call wait. An ACD that was rebuilt tells it again of calls that wait already.
func (p *picture) entered(now time.Time, e acd.Entered) {
	w := &waiting{Waiting: Waiting{Call: e.Call, Queue: e.Queue, Priority: e.Priority, Since: e.At, Consult: e.Consult}, entered: now}
	if c, ok := p.calls[e.Call]; ok {
		w.Number, w.Name = c.number, c.name
	}
	q, old := p.queues[e.Queue], p.waiting[e.Call]
	if q != nil {
		w.QueueName = q.Name
	}
	switch {
	case old != nil && old.Queue == e.Queue:
		w.entered = old.entered
		if q != nil && old.Consult && !e.Consult { // an agent who has waited in place of the caller has left the caller there
			q.Offered++
		}
	case q != nil && !e.Consult:
		q.Offered++
	}
	p.waiting[e.Call] = w
	p.tellWaiting(w, "waiting", w.Waiting)
	p.tellQueue(e.Queue)
	if old != nil && old.Queue != e.Queue {
		p.tellQueue(old.Queue)
	}
}

// dress gives a waiting caller number and name, and tells whether they changed.
func (w *waiting) dress(c *known) bool {
	if w.Number == c.number && w.Name == c.name {
		return false
	}
	w.Number, w.Name = c.number, c.name
	return true
}

func (p *picture) left(now time.Time, e acd.Left) {
	waited := e.Waited
	if w := p.waiting[e.Call]; w != nil {
		// A caller who lost an agent waits with the first entry's place, but waited since the second.
		waited = min(waited, max(now.Sub(w.entered), 0))
		delete(p.waiting, e.Call)
		p.tellWaiting(w, "waiting.gone", Gone{Call: e.Call})
	}
	if q := p.queues[e.Queue]; q != nil {
		switch {
		case !e.Consult:
			q.Leave(string(e.Result), waited, q.goal())
		case e.Result == acd.LeftAnswered: // an agent who speaks first: a call of the queue from the answer on
			q.Offered++
			q.Leave(string(e.Result), waited, q.goal())
		}
		p.tellQueue(e.Queue)
	}
}
