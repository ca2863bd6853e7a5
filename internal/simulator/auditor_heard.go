package simulator

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/skill"
)

// heed notes what a signal that was taken settles by itself.
func (a *auditor) heed(s acd.Signal) {
	switch s := s.(type) {
	case acd.Configure:
		a.configure(s)
	case acd.DeviceUp:
		p := a.person(s.Agent)
		if !p.Up || p.Asleep {
			p.woke()
		}
		p.Up = true
	case acd.DeviceDown:
		p := a.person(s.Agent)
		p.Up, p.Asleep = false, false
	case acd.DeviceAsleep:
		p := a.person(s.Agent)
		p.Asleep = p.Up
	case acd.DeviceAwake:
		if p := a.person(s.Agent); p.Asleep {
			p.woke()
		}
	case acd.SetStatus:
		a.person(s.Agent).Chosen = s.Status
	case acd.Toggle:
		a.toggle(s)
	case acd.Connected:
		if p := a.person(s.Agent); p.Call == s.Call && p.Offer == "" {
			p.Talking = true
		}
	case acd.Hours:
		a.person(s.Agent).Conf.Closed = !s.Open
	case acd.Release:
		_ = a.person(s.Agent)
	}
}

// woke has an agent's devices ring again, and forgets what they failed to do.
func (p *person) woke() {
	p.Asleep = false
	for call, b := range p.Bars {
		if b.Failed {
			delete(p.Bars, call)
		}
	}
}

func (a *auditor) configure(s acd.Configure) {
	a.lanes, a.order = make(map[id.Queue]*lane, len(s.Queues)), nil
	for _, q := range s.Queues {
		a.lay(q)
	}
	stays := make(map[id.Agent]bool, len(s.Agents))
	for _, conf := range s.Agents {
		stays[conf.ID] = true
		p := a.people[conf.ID]
		if p == nil {
			p = &person{Status: acd.Offline}
			a.people[conf.ID] = p
		}
		p.Conf, p.Removed, p.skills = conf, false, skill.NewSet(conf.Skills)
		if p.Status == acd.Offline {
			p.Chosen = conf.DefaultStatus
		}
	}
	for _, which := range slices.Sorted(maps.Keys(a.people)) {
		p := a.person(which)
		p.Removed, p.FreeSince = !stays[which], time.Time{}
	}
	a.relink()
}

// lay opens a queue.
func (a *auditor) lay(q acd.Queue) {
	l := &lane{conf: q, members: make(map[id.Agent]bool, len(q.Members))}
	for _, m := range q.Members {
		l.members[m] = true
	}
	a.lanes[q.ID] = l
	at, _ := slices.BinarySearchFunc(a.order, l, func(x, y *lane) int { return cmp.Compare(x.conf.ID, y.conf.ID) })
	a.order = slices.Insert(a.order, at, l)
}

// relink makes all lists from what is known.
func (a *auditor) relink() {
	a.touched, a.contended = nil, nil
	for _, l := range a.order {
		l.free, l.waiting, l.touched, l.contended = nil, nil, false, false
		a.touch(l)
	}
	for _, c := range a.lines {
		if c.Offers == 0 && a.lanes[c.Queue] != nil {
			a.wait(c)
		}
	}
	for _, p := range a.people {
		p.listed = nil
		a.deliver(p)
		a.list(p)
	}
}

// deliver finds the queues that deliver to an agent now.
func (a *auditor) deliver(p *person) {
	p.lanes = p.lanes[:0]
	for _, l := range a.order {
		if l.members[p.Conf.ID] && !slices.Contains(p.Conf.ToggledOff, l.conf.ID) {
			p.lanes = append(p.lanes, l)
		}
	}
}

func (a *auditor) toggle(s acd.Toggle) {
	p := a.person(s.Agent)
	if slices.Contains(p.Conf.ToggledOff, s.Queue) != s.On {
		return
	}
	a.unlist(p)
	off := slices.DeleteFunc(slices.Clone(p.Conf.ToggledOff), func(q id.Queue) bool { return q == s.Queue })
	if !s.On {
		off = append(off, s.Queue)
	}
	p.Conf.ToggledOff, p.FreeSince = off, time.Time{}
	a.deliver(p)
}

// free tells whether nothing but a queue's own rules stands between an agent and an offer.
func (p *person) free() bool {
	return p.mayRing() && p.Up && !p.Asleep && !p.Removed && !p.Conf.Closed && p.Call == ""
}

// mayRing tells whether an agent's status is one in which some queue may ring.
func (p *person) mayRing() bool { return p.Status == acd.Available || p.Status == acd.Unavailable }

// serves tells whether an agent's status is one that a queue delivers to.
func (l *lane) serves(p *person) bool { return p.Status == acd.Available || l.conf.AllowUnavailable }

// list makes the lists of free agents tell the truth about this one.
func (a *auditor) list(p *person) {
	if !p.free() || p.as != p.Status {
		a.unlist(p)
		p.FreeSince = time.Time{}
	}
	if !p.free() || len(p.listed) > 0 {
		return
	}
	if p.FreeSince.IsZero() {
		p.FreeSince = a.now
	}
	p.as = p.Status
	for _, l := range p.lanes {
		if l.serves(p) {
			l.free = append(l.free, p)
			p.listed = append(p.listed, l)
			a.touch(l)
		}
	}
}

func (a *auditor) unlist(p *person) {
	for _, l := range p.listed {
		i := slices.Index(l.free, p)
		last := len(l.free) - 1
		l.free[i] = l.free[last]
		l.free = l.free[:last]
		a.touch(l)
	}
	p.listed = p.listed[:0]
}

// wait puts a call among those of its queue that have no offer.
func (a *auditor) wait(c *line) {
	l := a.lanes[c.Queue]
	if l == nil {
		a.fail("call %s waits in queue %s, which is no more", c.Call, c.Queue)
		return
	}
	c.at = len(l.waiting)
	l.waiting = append(l.waiting, c)
	a.Count.LongestLine = max(a.Count.LongestLine, len(l.waiting))
	a.touch(l)
}

func (a *auditor) unwait(c *line) {
	l := a.lanes[c.Queue]
	if l == nil || c.Offers > 0 {
		return
	}
	last := len(l.waiting) - 1
	l.waiting[c.at] = l.waiting[last]
	l.waiting[c.at].at = c.at
	l.waiting = l.waiting[:last]
	a.touch(l)
}
