package call

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// nextRoute takes the first of the trunks that are left.
func (t *turn) nextRoute() Route {
	r := t.Routes[0]
	t.Routes = t.Routes[1:]
	t.Trunk, t.TrunkName, t.From, t.Notice = r.Trunk, r.Name, r.CallerID, r.Notice
	return r
}

func (t *turn) newLeg() id.Leg {
	t.Next++
	return id.Leg(t.named(".l", t.Next))
}

func (t *turn) dialRoute(leg id.Leg, r Route) {
	d := r.dial(leg, t.To)
	d.Urgent = t.Emergency
	t.do(d)
}

// dial calls a number by the route, in the form that its trunk wants.
func (r Route) dial(leg id.Leg, to tel.Number) DialTrunk {
	d := DialTrunk{
		Leg: leg, Trunk: r.Trunk, Name: r.Name, To: to, From: r.CallerID, Channels: r.Channels, PerSecond: r.PerSecond, Location: r.Location,
	}
	if r.Dial != "" {
		d.To = r.Dial
	}
	if r.From != "" {
		d.From = r.From
	}
	return d
}

// failsOver tells whether another trunk is tried: there is one, and it was the trunk that failed, not the called one who
// refused. Once the called one has been heard of, only an emergency call tries on; that one tries whatever the answer was
// (BX-13).
func (t *turn) failsOver(p *Party, s LegEnded) bool {
	if len(t.Routes) == 0 || p.Up {
		return false
	}
	return t.Emergency || !t.Ringback && !p.Early && trunkFailed(s.Cause, s.Code)
}

// trunkFailed tells a failure of the trunk from an answer of the called one: no answer at all, a server's failure (5xx), or a
// trunk that does not let us call (RFC 3261 §21.4 and §21.5); where no status came, the cause.
func trunkFailed(cause tel.Cause, code int) bool {
	switch code {
	case 0:
		switch cause {
		case tel.CauseNoRoute, tel.CauseNoCircuit, tel.CauseNetworkOutOfOrder, tel.CauseTemporaryFailure, tel.CauseCongestion,
			tel.CauseRecoveryOnTimer:
			return true
		default:
			return false
		}
	case 401, 402, 403, 407, 408:
		return true
	}
	return code >= 500 && code < 600
}

// reroute tries the next trunk for a party whose leg a trunk did not carry.
func (t *turn) reroute(p *Party, s LegEnded) {
	t.anew(p)
	failed := t.TrunkName
	next := t.nextRoute()
	p.Leg, p.Closed, p.Early, p.Silent, p.Away = t.newLeg(), false, false, false, false
	t.tell(
		Rerouted{
			Trunk: next.Trunk, From: next.CallerID, Notice: next.Notice, Name: failed, Code: s.Code, Reason: reasonOf(s.Cause, s.Reason),
		},
		LegOpened{Leg: p.Leg, Party: p.ID, Device: p.Device},
	)
	t.dialRoute(p.Leg, next)
}
