package callcontrol

import (
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/station"
)

// tellAside has a call let go of an agent's voice, which is for another one then (SP-25). When the call is gone, the voice is free.
func (x *Exchange) tellAside(agent id.Agent, a station.TellAside) {
	if x.post(callAt(a.Call), call.StepAside{Agent: agent, For: a.For, Turn: a.Turn}) {
		return
	}
	x.post(stationAt(agent), station.Leave{Call: a.Call})
	x.stepIn(call.StepIn{Agent: agent, Turn: a.Turn}, a.For)
}

// stepIn lets an agent's voice sound in a call.
func (x *Exchange) stepIn(s call.StepIn, in id.Call) {
	if !x.post(callAt(in), s) {
		x.post(stationAt(s.Agent), station.Leave{Call: in})
	}
}
