package callcontrol_test

import (
	"slices"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/station"
)

// watch lets time pass and looks each second, in the middle between the moments at which things happen.
func (w *world) watch(d time.Duration) bool {
	<-time.After(500 * time.Millisecond)
	for range int(d / time.Second) {
		<-time.After(time.Second)
		synctest.Wait()
		w.quiet()
		if w.l.broken() != nil {
			return false
		}
	}
	<-time.After(500 * time.Millisecond)
	synctest.Wait()
	return w.l.broken() == nil
}

// quiet checks what must agree whenever nothing is under way.
func (w *world) quiet() {
	w.l.mu.Lock()
	defer w.l.mu.Unlock()
	if time.Since(w.l.brokeAt) < 2*time.Second {
		return // an ACD that broke twice at once rests for a second
	}
	if w.between() {
		clear(w.l.ears)
		clear(w.l.free)
		return
	}
	for which, c := range w.l.calls {
		w.l.callAgrees(c)
		if c.Ended() && w.legsEnded(c) {
			delete(w.l.calls, which)
		}
	}
	for _, s := range w.l.stations {
		w.l.stationAgrees(s)
	}
	for which, a := range w.l.agents {
		w.l.agentAgrees(which, a)
	}
	w.nobodyWaitsInVain()
	w.nobodyIsLeftAlone()
	w.oneRoomEach()
	w.oneCallEach()
}

// legsEnded tells whether a call that has ended left no leg behind.
func (w *world) legsEnded(c *call.Call) bool {
	all := true
	for _, p := range c.Parties {
		if k := w.wires.find(p.Leg); p.Own && k != nil && !w.l.wentOver(c, p.Leg) {
			k.mu.Lock()
			ended := k.ended
			k.mu.Unlock()
			all = all && ended
			w.l.overdue("leg "+string(p.Leg)+" outlives its call "+string(c.ID), !ended, 10*time.Second)
		}
	}
	return all
}

// wentOver tells whether a leg of a call that has ended is another one's now.
func (l *ledger) wentOver(c *call.Call, leg id.Leg) bool {
	for _, other := range l.calls {
		if other.ID != c.ID && slices.ContainsFunc(other.Parties, func(p call.Party) bool { return p.Leg == leg && p.State != call.Gone }) {
			return true
		}
	}
	return false
}

// callAgrees checks what a call believes of stations and of the ACD.
func (l *ledger) callAgrees(c *call.Call) {
	for _, r := range c.Rings {
		s := l.stations[r.Agent]
		if s.Ring == nil || s.Ring.Offer != r.Offer {
			l.failed("call %s rings %s by offer %s; the station does not", c.ID, r.Agent, r.Offer)
		}
	}
	for _, p := range c.Parties {
		if p.Agent == "" || p.State == call.Gone || p.Own || p.Leg == "" || p.Loan.Call != "" {
			continue
		}
		s := l.stations[p.Agent]
		line := s.Line
		heldByKey := p.Device == string(station.DeskPhone) && p.Away && !p.TwoCalls // alone, and not back yet
		if p.Aside && !heldByKey {
			line = s.Other
		}
		if line == nil || line.Call != c.ID || line.Leg != p.Leg || p.TwoCalls != (s.Other != nil) {
			l.failed("call %s has %s on leg %s, aside %v of two %v; the station has %+v and %+v", c.ID, p.Agent, p.Leg, p.Aside, p.TwoCalls, s.Line, s.Other)
		}
		if a := l.agent(p.Agent); a.status != acd.OnCall {
			l.failed("call %s has %s, whose status is %s", c.ID, p.Agent, a.status)
		}
	}
	if _, known := l.waiting[c.ID]; known != c.Waiting {
		l.failed("call %s waits: %v; to the ACD it does: %v", c.ID, c.Waiting, known)
	}
	if c.Stage == call.Ended {
		l.overdue(string(c.ID)+" ends", !c.Ended(), 40*time.Second)
		return
	}
	for _, s := range c.Seats {
		l.overdue(string(c.ID)+" asks for a place of "+string(s.Agent), s.Asked, 2*time.Second)
		l.overdue(string(c.ID)+" asks for the line of "+string(s.Agent), s.Taking, 2*time.Second)
	}
}

// rings tells whether a call rings somebody by this offer.
func rings(c *call.Call, offer id.Offer) bool {
	return slices.ContainsFunc(c.Rings, func(r call.OpenRing) bool { return r.Offer == offer })
}

// overdue fails when something holds for longer than it may.
func (l *ledger) overdue(what string, holds bool, limit time.Duration) {
	since, known := l.asks[what]
	switch {
	case !holds:
		delete(l.asks, what)
	case !known:
		l.asks[what] = time.Now()
	case time.Since(since) > limit:
		l.failed("since %s: %s", time.Since(since), what)
	}
}

// stationAgrees checks what a station believes of calls and told the ACD.
func (l *ledger) stationAgrees(s *station.Station) {
	if r := s.Ring; r != nil {
		if c, live := l.calls[r.Call]; !live || !rings(c, r.Offer) {
			l.failed("%s rings by offer %s; call %s does not", s.Agent, r.Offer, r.Call)
		}
	}
	for _, k := range []*station.Line{s.Line, s.Other} {
		if k == nil {
			continue
		}
		c, live := l.calls[k.Call]
		if !live || c.Stage == call.Ended || !slices.ContainsFunc(c.Parties, func(p call.Party) bool { return p.Agent == s.Agent && p.State != call.Gone }) {
			l.failed("%s has a line for call %s, which has ended or has no such agent", s.Agent, k.Call)
		}
	}
	health := map[station.Health]string{"": "offline", station.Up: "ok", station.Asleep: "asleep"}[s.Health]
	if a := l.agent(s.Agent); a.health != health {
		l.failed("%s is %q; to the ACD %q", s.Agent, health, a.health)
	}
}

// agentAgrees checks that whoever is on_call is in a call.
func (l *ledger) agentAgrees(which id.Agent, a *seen) {
	if a.status != acd.OnCall {
		return
	}
	for _, c := range l.calls {
		if slices.ContainsFunc(c.Seats, func(s call.Seat) bool { return s.Agent == which && s.Place }) {
			return
		}
	}
	l.failed("%s is on_call, but in no call", which)
}

// nobodyWaitsInVain is BX-7: nothing waits over a second while an eligible agent is free.
func (w *world) nobodyWaitsInVain() {
	l := w.l
	for _, c := range l.calls {
		for _, p := range w.people {
			pair := beside{c.ID, p.agent}
			if !c.Waiting || len(c.Rings) > 0 || !w.eligible(c, p) {
				delete(l.free, pair)
				continue
			}
			if since, known := l.free[pair]; !known {
				l.free[pair] = time.Now()
			} else if time.Since(since) > time.Second {
				l.failed("for %s call %s waits beside %s, who is free", time.Since(since), c.ID, p.agent)
			}
		}
	}
}

// eligible tells whether, for all that can be seen from outside, an agent could be offered a call.
func (w *world) eligible(c *call.Call, p *person) bool {
	l := w.l
	a, s := l.agent(p.agent), l.stations[p.agent]
	if s == nil || a.status != acd.Available || a.health != "ok" || s.Ring != nil || s.Line != nil {
		return false
	}
	for _, q := range w.queues {
		if q.ID == c.Queue.ID && !slices.Contains(q.Members, p.agent) {
			return false
		}
	}
	for _, o := range l.records[c.ID].Offers { // QU-12: refused or missed within 30 s
		if o.Agent == p.agent && time.Since(o.EndedAt) < 31*time.Second {
			return false
		}
	}
	for which, other := range l.calls { // reserved for a direct call that is under way
		if which != c.ID && slices.ContainsFunc(other.Seats, func(s call.Seat) bool { return s.Agent == p.agent && (s.Place || s.Asked) }) {
			return false
		}
	}
	for _, r := range l.records { // a device that failed rests for a second
		for _, o := range r.Offers {
			if o.Agent == p.agent && !o.EndedAt.IsZero() && time.Since(o.EndedAt) < 2*time.Second {
				return false
			}
		}
	}
	return true
}

// oneRoomEach checks that no leg is in two rooms.
func (w *world) oneRoomEach() {
	w.sound.mu.Lock()
	defer w.sound.mu.Unlock()
	in := map[id.Leg]id.Call{}
	for which, r := range w.sound.rooms {
		for _, h := range r.hearings {
			if other, twice := in[h.Leg]; twice && other != which {
				w.l.failed("leg %s is in the rooms of %s and %s", h.Leg, other, which)
			}
			in[h.Leg] = which
		}
	}
}
