package call

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// LegReplaced says that the far side of one of the call's own legs goes on through another, which is up (RFC 3891): the old one is
// to be ended. Nothing else about the party changes.
type LegReplaced struct {
	Old id.Leg `json:"old"`
	Leg id.Leg `json:"leg"`
}

func (LegReplaced) callSignal() {}

// legReplaced gives a party another leg. A leg whose old one has gone meanwhile is ended.
func (t *turn) legReplaced(s LegReplaced) {
	p, second := t.byLeg(s.Old), t.bySecond(s.Old)
	switch {
	case t.Stage == Ended || t.Frozen() || s.Old == s.Leg || t.byLeg(s.Leg) != nil || t.bySecond(s.Leg) != nil ||
		second == nil && (p == nil || !p.Own || !p.Up):
		t.do(EndLeg{Leg: s.Leg, Cause: endCause})
		return
	case second != nil:
		p = second
		p.Second.Leg, p.Second.Up, p.Second.Early, p.Second.Away = s.Leg, true, false, false
	default:
		t.anew(p)
		p.Leg, p.Away = s.Leg, false
		t.setSilent(p, false)
		t.offHold(p)
	}
	if m := t.Move; m != nil && m.Refer == s.Old { // what comes of its wish is not known yet, and cannot be told to it later
		t.referDone(tel.CauseRejected, "another telephone has taken the place of this one")
	}
	t.tell(LegClosed{Leg: s.Old, Cause: endCause}, LegOpened{Leg: s.Leg, Party: p.ID, Device: p.Device})
	t.endLeg(s.Old, endCause)
}
