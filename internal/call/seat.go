package call

import (
	"parley/internal/id"
	"parley/internal/tel"
)

const endCause = tel.CauseNormal

func (c *Call) findSeat(agent id.Agent) *Seat {
	for i := range c.Seats {
		if c.Seats[i].Agent == agent {
			return &c.Seats[i]
		}
	}
	return nil
}

// seat is what is owed for an agent; it is made when there is none yet.
func (t *turn) seat(agent id.Agent) *Seat {
	if s := t.findSeat(agent); s != nil {
		return s
	}
	t.Seats = append(t.Seats, Seat{Agent: agent})
	return &t.Seats[len(t.Seats)-1]
}

// reserve asks the ACD for an agent's place.
func (t *turn) reserve(agent id.Agent, purpose string, ringSeconds int) {
	s := t.seat(agent)
	s.Purpose, s.Asked, s.Number = purpose, true, 0
	if purpose == forDirect || purpose == forIntercom && t.Page == nil {
		t.Target, t.RingSeconds = agent, ringSeconds
	}
	if t.Page != nil {
		t.RingSeconds = ringSeconds
	}
	t.do(Reserve{Agent: agent, Purpose: purpose})
}

// granted takes an agent's place, or gives it back at once when it came too late.
func (t *turn) granted(g Granted) {
	s := t.seat(g.Agent)
	switch {
	case !s.Asked && (s.Place || s.Freed): // a twin
	case !s.Asked || t.Stage == Ended:
		s.Asked, s.Freed = false, true
		t.do(Release{Agent: g.Agent})
	case t.takes(g.Agent) != nil:
		t.retrieveGranted(t.takes(g.Agent))
	case t.returns(g.Agent):
		t.returnGranted(g.Agent)
	case s.Purpose == forTransfer || s.Purpose == forReturn:
		s.Asked, s.Place = false, true
		t.moveGranted(g.Agent)
	case s.Purpose == forWatch:
		s.Asked, s.Place = false, true
		t.watchGranted(g.Agent)
	case s.Purpose == forFollow:
		t.followGranted(s, g)
	default:
		s.Asked, s.Place, s.Working, s.Second = false, true, g.Working, g.Second
		if s.Purpose == forOutbound && s.Station {
			return // an emergency call that went on without the place
		}
		if s.Purpose == forOutbound {
			t.takeLine(s)
			return
		}
		t.ringDirect(g.Agent)
		t.follow(nil)
	}
}

func (t *turn) denied(d Denied) {
	s := t.findSeat(d.Agent)
	if s == nil || !s.Asked || s.Number != d.Number {
		return
	}
	s.Asked = false
	if t.Stage == Ended {
		return
	}
	if p := t.takes(d.Agent); p != nil {
		t.retrieveFails(p, placerWords(d.Why))
		return
	}
	if t.returns(d.Agent) {
		t.nobodyReturns()
		return
	}
	if s.Purpose == forTransfer || s.Purpose == forReturn {
		t.moveDenied(d.Agent, d.Why)
		return
	}
	if t.Page != nil && s.Purpose == forIntercom {
		t.pageOn()
		return
	}
	if s.Purpose == forWatch {
		t.watchDenied(d.Agent, d.Why)
		return
	}
	if s.Purpose == forFollow {
		t.followDenied(d.Agent, d.Why)
		return
	}
	if s.Purpose == forOutbound && t.Emergency {
		t.withoutPlace(s)
		return
	}
	if s.Purpose == forOutbound {
		t.finish(ending{Disposition: Failed, Cause: tel.CauseTemporaryFailure, Reason: placerWords(d.Why)})
		return
	}
	t.deniedOwn(d.Why)
}

// deniedOwn hears that the agent's own devices cannot ring: where none is there, the call may ring elsewhere.
func (t *turn) deniedOwn(why string) {
	e := deniedDirect(why)
	if offline[why] && t.FollowMe != nil {
		t.follow(&e)
		return
	}
	t.unreached(e, offline[why])
}

// leaveStation keeps the promise of a Ring or a Take.
func (t *turn) leaveStation(agent id.Agent, cause tel.Cause) {
	if s := t.findSeat(agent); s != nil && s.Station {
		s.Station = false
		t.do(Leave{Agent: agent, Cause: cause})
	}
}

// release gives an agent's place back.
func (t *turn) release(agent id.Agent, missed bool) {
	if s := t.findSeat(agent); s != nil && s.Place {
		s.Place, s.Freed = false, true
		t.do(Release{Agent: agent, Missed: missed})
	}
}

// missedDirect ends a direct call that its agent did not take.
func (t *turn) missedDirect(agent id.Agent, result RingResult) {
	t.release(agent, result == RingMissed)
	if t.returns(agent) {
		t.nobodyReturns()
		return
	}
	if t.awaited(agent) {
		t.moveUnanswered(unansweredDirect(result).Reason)
		return
	}
	if t.followMissed(agent, result) {
		return
	}
	e, away := unansweredDirect(result), result == RingNotAcknowledged || result == RingFailed
	s := t.findSeat(agent)
	both := s != nil && s.Second && result == RingFailed // lines are in use
	if both {
		e, away = deniedDirect("on_call"), false
	}
	if !t.followOwn(agent, e, away, both || result == RingIgnored) {
		t.unreached(e, away)
	}
}
