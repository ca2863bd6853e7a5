package callcontrol

import (
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/station"
)

// repair tries to bring the sound of a leg back: a page is asked to start ICE anew, everybody else gets a re-INVITE.
func (x *Exchange) repair(leg id.Leg) {
	switch p, ok := x.legs.find(leg); {
	case !ok:
	case p.station != "" && !p.phone:
		x.post(stationAt(p.station), station.Renew{Leg: leg})
	default:
		x.Wires.Repair(leg)
	}
}

// repairSignal tells a call of a refusal. That the far side agreed is no news yet: the sound will tell.
func repairSignal(leg id.Leg, e sip.Repaired) call.Signal {
	if e.Code < 300 {
		return nil
	}
	return call.LegRepairFailed{Leg: leg, Code: e.Code}
}
