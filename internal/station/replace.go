package station

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// LegReplaced says that the phone on which the agent talks goes on through another leg, which is up (RFC 3891). That one is the
// station's then, or is ended at once where the old one is not on the line any more.
type LegReplaced struct {
	Old id.Leg `json:"old"`
	Leg id.Leg `json:"leg"`
}

func (LegReplaced) stationSignal() {}

func (t *turn) legReplaced(s LegReplaced) {
	l := t.telephoneLine(s.Old)
	if l == nil || !l.Dialled || s.Leg == s.Old {
		t.do(EndLeg{Leg: s.Leg, Cause: tel.CauseNormal})
		return
	}
	for _, l := range t.lines() { // one telephone may have both
		if l.Leg == s.Old {
			l.Leg = s.Leg
			t.do(TellMoved{Call: l.Call, Leg: s.Leg})
		}
	}
	t.do(EndLeg{Leg: s.Old, Cause: tel.CauseNormal})
}
