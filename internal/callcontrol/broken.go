package callcontrol

import (
	"slices"

	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/owner"
	"parley/internal/station"
	"parley/internal/tel"
)

// callBroke ends a call whose machine panicked, and nothing else: what it still owed is done, what it held given back.
func (x *Exchange) callBroke(j *journey, p owner.Panic[call.Signal]) {
	x.broken.Add(1)
	c, now := j.Call, clock.Now()
	file := x.writeTranscript(owner.Heading{Machine: "call", ID: string(c.ID), Org: string(c.Org), Broke: p.Error()}, &j.trail, p.Transcript)
	x.Log.Error("call broke and was ended", "call", c.ID, "err", p.Error(), "transcript", file, "stack", string(p.Stack))
	last := p.Transcript[len(p.Transcript)-1].Signal
	actions, events := slices.DeleteFunc(j.owed.Actions, dials), j.owed.Events
	if !j.owing { // the signal changed nothing, so its promises are as those of one that nobody read
		actions = append(actions, call.Late(last)...)
	}
	if c.Started.IsZero() {
		events = append(events, beganBy(last)...)
	}
	more, told := c.Wreck()
	x.note(c) // before anybody is told: an ACD that is rebuilt meanwhile must not believe what stood
	for _, a := range once(append(actions, more...)) {
		x.guard("broken call "+string(c.ID), func() { x.doCall(now, j, a) })
	}
	j.owed.Events = append(events, told...)
	x.guard("broken call "+string(c.ID), func() { x.sound(j) })
	x.guard("broken call "+string(c.ID), func() { x.tell(now, j) })
	x.guard("broken call "+string(c.ID), func() { x.forget(c) })
}

// dials is an action that is not begun any more, or not twice: what broke is tried once more.
func dials(a call.Action) bool {
	_, is := a.(call.DialTrunk)
	return is
}

// beganBy tells of the beginning of a call that broke at its first signal, so that it has a record all the same.
func beganBy(s call.Signal) []call.Event {
	switch s := s.(type) {
	case call.Arrived:
		began := call.Began{Direction: call.Inbound, Type: call.TypeInbound, From: s.From, Name: s.Name, To: s.To, Trunk: s.Trunk}
		return append([]call.Event{began}, call.ForwardedBy(s.Behind)...)
	case call.CallBack:
		return []call.Event{call.Began{Direction: call.Outbound, Type: call.TypeCallback, From: s.From, To: s.To, Agent: s.Agent}}
	case call.Placed:
		return []call.Event{call.Began{Direction: call.Outbound, Type: call.TypeManual, From: s.From, Name: s.Name, Agent: s.Agent}}
	}
	return nil
}

// once leaves out that a leg is ended a second time.
func once(actions []call.Action) []call.Action {
	var all []call.Action
	ended := map[call.EndLeg]bool{}
	for _, a := range actions {
		if e, ok := a.(call.EndLeg); ok {
			e.Cause = 0
			if ended[e] {
				continue
			}
			ended[e] = true
		}
		all = append(all, a)
	}
	return all
}

// stationBroke gives an agent whose station panicked a fresh one, after the old one's legs, ring and line were ended.
func (x *Exchange) stationBroke(d *desk, p owner.Panic[station.Signal]) {
	x.broken.Add(1)
	s := d.Station
	file := x.writeTranscript(owner.Heading{Machine: "station", ID: string(s.Agent), Org: string(s.Org), Broke: p.Error()}, &d.trail, p.Transcript)
	x.Log.Error("station broke and was started afresh", "agent", s.Agent, "err", p.Error(), "transcript", file, "stack", string(p.Stack))
	last := p.Transcript[len(p.Transcript)-1].Signal
	actions := append(slices.DeleteFunc(d.owed.Actions, dialsAnew), s.Wreck()...)
	x.noteStation(d)
	for _, a := range actions {
		x.guard("broken station "+string(s.Agent), func() { x.doStationAction(d, a) })
	}
	x.mu.Lock()
	x.Directory.Leave(stationAt(s.Agent), d.owner)
	x.beginStation(s.Anew())
	x.mu.Unlock()
	switch last.(type) {
	case station.Configure, station.PhoneRegistered: // once more would break it once more
	default:
		x.post(stationAt(s.Agent), station.Configure{
			Preferred: s.Preferred, Strategy: s.Strategy, Phone: s.Phone.ID, Number: s.Number, Direct: s.Direct,
		})
		x.post(stationAt(s.Agent), station.PhoneRegistered{On: s.Phone.Registered})
		x.unreadByStation(d, last)
	}
}

// dialsAnew is what a station that broke does not begin any more.
func dialsAnew(a station.Action) bool {
	switch a.(type) {
	case station.DialPhone, station.DialNumber, station.Play:
		return true
	}
	return false
}

// unreadByStation keeps the promises about a signal that a station will not read any more; what is not about the old
// station alone goes to the fresh one.
func (x *Exchange) unreadByStation(d *desk, s station.Signal) {
	agent := d.Agent
	switch s := s.(type) {
	case station.Ring:
		x.postCall(s.Call, call.RingEnded{Agent: agent, Offer: s.Offer, Result: call.RingFailed})
	case station.Take:
		x.postCall(s.Call, call.NotTaken{Agent: agent, Why: "the system failed: try again"})
	case station.LegEnded:
		x.legs.forget(s.Leg)
		x.Sound.Close(roomOf(s.Leg))
	case station.DialledIn:
		x.Wires.End(s.Leg, tel.CauseTemporaryFailure)
	case station.Configure, station.PhoneRegistered:
		if x.ctx.Err() == nil {
			x.post(stationAt(agent), s)
		}
	}
}
