package callcontrol

import (
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/station"
	"parley/internal/tel"
)

// takesPlace answers a leg that takes the place of another (RFC 3891), of whoever that one belongs to. One that speaks with nobody has no
// place to take.
func (x *Exchange) takesPlace(in sip.Incoming) {
	p, ok := x.legs.find(in.Replaces)
	fresh := place{call: p.call, station: p.station, phone: p.phone, sounds: p.sounds, org: in.Org, replaces: in.Replaces}
	if !ok || p.org != in.Org || p.dialIn || p.hearer() == "" || p.station != "" && !p.phone {
		fresh = place{org: in.Org}
	}
	x.legs.enter(in.Leg, fresh)
	if fresh.replaces == "" {
		x.Wires.End(in.Leg, tel.CauseRejected)
		return
	}
	if in.Trunk != "" {
		x.lines.entered(in.Leg, in.Trunk)
	}
	x.Log.Debug("leg takes a place", "leg", in.Leg, "of", in.Replaces, "sip_call_id", in.CallID, "source", in.Source)
	x.Wires.Answer(in.Leg)
}

// tookPlace tells the owner of the old leg of the new one, which is up.
func (x *Exchange) tookPlace(leg id.Leg, p place) {
	old := p.replaces
	p.replaces = ""
	x.legs.enter(leg, p)
	if p.station == "" {
		x.postCall(p.call, call.LegReplaced{Old: old, Leg: leg})
		return
	}
	x.post(stationAt(p.station), station.LegReplaced{Old: old, Leg: leg})
}
