package simulator

import (
	"slices"
	"strings"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

const (
	grace       = 10 * time.Second // after its ring time, within which an offer must be over
	refusalTime = 30 * time.Second // for which a call is kept from who rejected or missed it (QU-12)
	failureTime = 5 * time.Second  // for which it is after an offer that failed otherwise
)

// did notes an action.
func (a *auditor) did(s acd.Signal, action acd.Action) {
	switch x := action.(type) {
	case acd.Offer:
		a.made = append(a.made, x)
	case acd.Revoke:
		o, c := a.offers[x.Offer], a.lines[x.Call]
		if o == nil || c == nil {
			a.fail("offer %s was revoked, which is not open", x.Offer)
			return
		}
		if c.Revoked == nil {
			c.Revoked = map[id.Offer]id.Agent{}
		}
		c.Revoked[x.Offer] = o.Agent
	case acd.Granted:
		p := a.person(x.Agent)
		if p.Call != "" {
			a.fail("%s was granted to call %s while held by %s", x.Agent, x.Call, p.Call)
		}
		r, _ := s.(acd.Reserve)
		p.Call, p.Talking = x.Call, r.Purpose == acd.Outbound
	}
}

// open notes an offer: the agent must have none (BX-7).
func (a *auditor) open(x acd.Offer) {
	p, c, l := a.person(x.Agent), a.lines[x.Call], a.lanes[x.Queue]
	switch {
	case a.offers[x.Offer] != nil:
		a.fail("offer %s was made twice", x.Offer)
	case c == nil || l == nil || c.Queue != x.Queue:
		a.fail("call %s was offered, which does not wait in %s", x.Call, x.Queue)
	case c.Offers > 0 && l.conf.Strategy != acd.Simultaneous:
		a.fail("call %s was offered to %s while it rings another", x.Call, x.Agent)
	case p.Offer != "":
		a.fail("%s was offered call %s while offer %s is open", x.Agent, x.Call, p.Offer)
	case p.Call != "":
		a.fail("%s was offered call %s while held by call %s", x.Agent, x.Call, p.Call)
	case p.barred(x.Call).After(a.now):
		a.fail("%s was offered call %s, which may not be offered again before %s", x.Agent, x.Call, p.barred(x.Call))
	case !l.members[x.Agent]:
		a.fail("%s was offered a call of %s, and is no member", x.Agent, x.Queue)
	case slices.Contains(p.Conf.ToggledOff, x.Queue):
		a.fail("%s was offered a call of %s, and has toggled it off", x.Agent, x.Queue)
	case !a.fits(p, c, a.now) && !a.fits(p, c, a.now.Add(-1)):
		a.fail("%s was offered call %s, whose step asks for others", x.Agent, x.Call)
	case !p.free() || !l.serves(p):
		a.fail("%s was offered call %s and is %s, device up: %t, asleep: %t", x.Agent, x.Call, p.Status, p.Up, p.Asleep)
	}
	if a.broken != nil {
		return
	}
	a.unwait(c)
	o := &offer{
		Call: x.Call, Agent: x.Agent, Queue: x.Queue, AutoPause: l.conf.AutoPause,
		Deadline: a.now.Add(time.Duration(x.RingSeconds)*time.Second + grace),
	}
	c.Offers++
	p.Call, p.Offer = x.Call, x.Offer
	a.offers[x.Offer] = o
	a.until(deadline{at: o.Deadline, offer: x.Offer})
	a.Count.Offers++
}

func (p *person) barred(c id.Call) time.Time { return p.Bars[c].Until }

// told notes an event.
func (a *auditor) told(s acd.Signal, event acd.Event) {
	switch e := event.(type) {
	case acd.StatusChanged:
		a.statusChanged(e)
	case acd.Entered:
		a.entered(s, e)
	case acd.Left:
		a.left(e)
	case acd.OfferOpened:
		i := slices.IndexFunc(a.made, func(x acd.Offer) bool { return x.Offer == e.Offer && x.Agent == e.Agent && x.Call == e.Call })
		if i < 0 {
			a.fail("offer %s to %s was told, and not made", e.Offer, e.Agent)
			return
		}
		a.open(a.made[i])
		a.made = slices.Delete(a.made, i, i+1)
	case acd.OfferClosed:
		a.closed(s, e)
	case acd.Released:
		p := a.person(e.Agent)
		if p.Call != e.Call || p.Offer != "" {
			a.fail("%s was released from call %s, in which the agent was not", e.Agent, e.Call)
		}
		p.Call, p.Talking = "", false
	}
}

func (a *auditor) statusChanged(e acd.StatusChanged) {
	p := a.person(e.Agent)
	if e.From != p.Status {
		a.fail("%s changed from %s and was %s", e.Agent, e.From, p.Status)
	}
	p.Status = e.To
	switch e.To {
	case acd.WrapUp:
		if p.WrapEnds = e.WrapEnds; !e.Held {
			a.until(deadline{at: e.WrapEnds, agent: e.Agent})
		}
	case acd.Offline:
		p.Chosen = p.Conf.DefaultStatus
	default:
	}
}

func (a *auditor) entered(s acd.Signal, e acd.Entered) {
	if a.lines[e.Call] != nil {
		a.fail("call %s entered twice", e.Call)
		return
	}
	c := &line{Call: e.Call, Queue: e.Queue, Since: a.now, Entered: e.At}
	if x, is := s.(acd.Enqueue); is && len(x.Steps) > 0 {
		c.Steps = x.Steps
	} else if l := a.lanes[e.Queue]; l != nil {
		c.Steps = l.conf.Steps
	}
	a.lines[e.Call] = c
	a.wait(c)
	a.Count.Entered++
}

func (a *auditor) left(e acd.Left) {
	c := a.lines[e.Call]
	switch {
	case c == nil:
		a.fail("call %s left and did not wait", e.Call)
		return
	case c.Offers > 0:
		a.fail("call %s left while %d offers are open", e.Call, c.Offers)
		return
	}
	a.unwait(c)
	delete(a.lines, e.Call)
	switch e.Result {
	case acd.LeftAnswered:
		a.Count.Answered++
		p := a.person(e.Agent)
		if p.Call != "" {
			a.fail("call %s was answered by %s, who is held by %s", e.Call, e.Agent, p.Call)
		}
		p.Call, p.Talking = e.Call, true
	case acd.LeftAbandoned:
		a.Count.Abandoned++
	default:
		a.Count.LeftElse++
	}
}

func (a *auditor) closed(s acd.Signal, e acd.OfferClosed) {
	o := a.offers[e.Offer]
	if o == nil || o.Call != e.Call || o.Agent != e.Agent {
		a.fail("offer %s was closed, which is not open", e.Offer)
		return
	}
	delete(a.offers, e.Offer)
	p, c := a.person(o.Agent), a.lines[o.Call]
	if c == nil {
		a.fail("offer %s was closed, whose call does not wait", e.Offer)
		return
	}
	p.Call, p.Offer = "", ""
	if c.Offers--; c.Offers == 0 && a.lanes[c.Queue] != nil {
		c.Since = a.now
		a.wait(c)
	}
	x, byCall := s.(acd.OfferEnded)
	t, late := s.(acd.TimeUp)
	if byCall && x.Offer == e.Offer || late && strings.HasSuffix(t.Timer, "/"+string(e.Offer)) {
		a.ended(p, o, e.Result)
	}
}

// ended notes for how long the result of an offer keeps that agent from that call.
func (a *auditor) ended(p *person, o *offer, r acd.OfferResult) {
	b := bar{Until: a.now.Add(failureTime), Failed: true}
	switch r {
	case acd.Answered:
		return
	case acd.Missed:
		a.Count.Missed++
		b = bar{Until: a.now.Add(refusalTime)}
		if o.AutoPause {
			p.Chosen = acd.Unavailable
		}
	case acd.Ignored:
		a.Count.Rejected++
		b = bar{Until: a.now.Add(refusalTime)}
	default:
		a.Count.Unheard++
	}
	if p.Bars == nil {
		p.Bars = map[id.Call]bar{}
	}
	for call, old := range p.Bars {
		if old.Until.Before(a.now) {
			delete(p.Bars, call)
		}
	}
	p.Bars[o.Call] = b
}
