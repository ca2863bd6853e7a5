package callcontrol

import (
	"bytes"
	"encoding/json"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/prompt"
	"parley/internal/station"
	"parley/internal/tel"
)

// Seat is what the exchange knows of an agent from the configuration.
type Seat struct {
	Agent     id.Agent
	Org       id.Org
	Name      string // as others see it when this agent calls
	Extension string
	Record    bool // record_outgoing_automatically (RC-1)
	Preferred station.Device
	Strategy  station.Strategy
	Phone     id.Device
	Number    tel.Number       // the receiving number (US-9)
	Language  prompt.Language  // of what the agent's telephone is told
	Direct    []station.Device // that ring for direct calls (PR-3); empty: as for a queue's
}

// desk is a station as its owner's machine.
type desk struct {
	*station.Station
	org   id.Org
	trail trail
	// owed is what the last signal led to and is not carried out yet.
	owed  station.Outcome
	saved []byte // the state that the journal holds

	// Guarded by Exchange.mu.
	owner    *owner.Owner[station.Signal]
	standing []acd.Signal
	two      []id.Call // of an agent who has two calls
}

// Handle moves the station on.
func (d *desk) Handle(now time.Time, s station.Signal) (station.Outcome, error) {
	d.trail.pass(d.Station)
	o, err := d.Station.Handle(now, s)
	if err == nil {
		d.owed = o
	}
	return o, err
}

// Seats gives every agent a station, and tells the stations there are of a changed configuration.
func (x *Exchange) Seats(seats []Seat) {
	for _, s := range seats {
		x.mu.Lock()
		x.people[s.Agent] = s
		if _, there := x.stations[s.Agent]; !there {
			x.beginStation(station.New(s.Agent, s.Org))
		}
		registered := len(x.contacts[s.Phone]) > 0
		x.mu.Unlock()
		x.post(stationAt(s.Agent), station.Configure{
			Preferred: s.Preferred, Strategy: s.Strategy, Phone: s.Phone, Number: s.Number, Direct: s.Direct,
		})
		if registered { // perhaps before it was linked to this agent
			x.post(stationAt(s.Agent), station.PhoneRegistered{On: true})
		}
	}
}

// beginStation starts the owner of a station. The lock is held.
func (x *Exchange) beginStation(s *station.Station) {
	d := &desk{Station: s, org: s.Org}
	d.trail.begin(s)
	d.owner = owner.Start(x.ctx, d, owner.Wiring[station.Signal, station.Outcome]{
		Carry:  func(now time.Time, signal station.Signal, _ station.Outcome) { x.carryStation(now, d, signal) },
		Unread: func(signal station.Signal) { x.guard("unread signal", func() { x.unreadByStation(d, signal) }) },
		Refused: func(signal station.Signal, err error) {
			x.Log.Debug("signal refused", "station", s.Agent, "signal", owner.Word(signal), "err", err)
		},
		Broken: func(p owner.Panic[station.Signal]) { x.stationBroke(d, p) },
		Settle: func() { x.keepStation(d) }, SettleAfter: settleAfter,
	})
	x.stations[s.Agent] = d
	x.Directory.Enter(stationAt(s.Agent), d.owner)
}

func (x *Exchange) carryStation(now time.Time, d *desk, signal station.Signal) {
	s := d.Station
	x.noteStation(d)
	for len(d.owed.Actions) > 0 {
		x.doStationAction(d, d.owed.Actions[0])
		d.owed.Actions = d.owed.Actions[1:]
	}
	if e, ended := signal.(station.LegEnded); ended {
		x.legs.forget(e.Leg)
		x.Sound.Close(roomOf(e.Leg))
	}
	x.Screens.StationChanged(now, *s)
}

// noteStation keeps what the ACD must know of a station for one that is rebuilt.
func (x *Exchange) noteStation(d *desk) {
	standing, two := standingStation(d.Station), twoCalls(d.Station)
	x.mu.Lock()
	defer x.mu.Unlock()
	d.standing, d.two = standing, two
}

// keepStation brings the journal up to date, unless the station has come back to the state in it, or broke and another has
// its place.
func (x *Exchange) keepStation(d *desk) {
	s := d.Station
	x.mu.Lock()
	stands := x.stations[s.Agent] == d
	x.mu.Unlock()
	if !stands {
		return
	}
	state, err := json.Marshal(s)
	switch {
	case err != nil:
		x.Log.Error("state of a station not kept", "agent", s.Agent, "err", err)
	case !bytes.Equal(state, d.saved):
		d.saved = state
		x.Journal.Save(s.Org, stationAt(s.Agent), state)
	}
}

func (x *Exchange) doStationAction(d *desk, action station.Action) {
	s := d.Station
	switch a := action.(type) {
	case station.DeviceUp:
		x.post(acdAt(s.Org), acd.DeviceUp{Agent: s.Agent})
	case station.DeviceDown:
		trigger := acd.Manual
		if a.Lost {
			trigger = acd.AutoDisconnect
		}
		x.post(acdAt(s.Org), acd.DeviceDown{Agent: s.Agent, Trigger: trigger})
	case station.DeviceAsleep:
		x.post(acdAt(s.Org), acd.DeviceAsleep{Agent: s.Agent})
	case station.DeviceAwake:
		x.post(acdAt(s.Org), acd.DeviceAwake{Agent: s.Agent})
	case station.SetTimer:
		x.stationOwner(d).SetTimer(a.Timer, a.After, station.TimeUp{Timer: a.Timer})
	case station.StopTimer:
		x.stationOwner(d).StopTimer(a.Timer)
	case station.AutoPause:
		x.post(acdAt(s.Org), acd.SetStatus{Agent: s.Agent, Status: acd.Unavailable, Reason: acd.AutoPause})
	case station.ShowRing, station.Probe, station.TakenOver, station.RenewVoice, station.DialPhone, station.EndLeg,
		station.DialNumber, station.Play:
		x.doStationWire(s, action)
	default:
		x.tellCall(s.Agent, action)
	}
}

// stationOwner is the owner of this very station, not of one that took its place.
func (x *Exchange) stationOwner(d *desk) *owner.Owner[station.Signal] {
	x.mu.Lock()
	defer x.mu.Unlock()
	return d.owner
}

func (x *Exchange) doStationWire(s *station.Station, action station.Action) {
	switch a := action.(type) {
	case station.ShowRing:
		x.Screens.ShowRing(s.Agent, a.Tab, a.Call, a.Offer)
	case station.Probe:
		x.Screens.Probe(s.Agent, a.Tab)
	case station.TakenOver:
		x.Screens.TakenOver(s.Agent, a.Tab)
	case station.RenewVoice:
		x.Screens.RenewVoice(s.Agent, a.Tab, a.Leg)
	case station.DialPhone:
		x.legs.enter(a.Leg, place{station: s.Agent, phone: true, org: s.Org})
		from, name := x.presented(a.Call)
		x.Wires.DialPhone(s.Org, a.Leg, a.Phone, from, name, a.Auto)
	case station.DialNumber:
		x.dialNumber(s, a)
	case station.Play:
		x.playCue(s, a)
	case station.EndLeg:
		x.Wires.End(a.Leg, a.Cause)
	}
}

// tellCall passes on what a station has to say to a call. When the call is gone, the station hears that it has no part
// in it any more.
func (x *Exchange) tellCall(agent id.Agent, action station.Action) {
	var to id.Call
	var s call.Signal
	switch a := action.(type) {
	case station.TellRingSeen:
		to, s = a.Call, call.RingSeen{Agent: agent, Offer: a.Offer, Device: string(a.Device)}
	case station.TellRingEnded:
		to, s = a.Call, call.RingEnded{
			Agent: agent, Offer: a.Offer, Result: call.RingResult(a.Result), Leg: a.Leg, Device: string(a.Device), Turn: a.Turn,
		}
	case station.TellTaken:
		to, s = a.Call, call.Taken{Agent: agent, Leg: a.Leg, Device: string(a.Device)}
	case station.TellNotTaken:
		to, s = a.Call, call.NotTaken{Agent: agent, Why: a.Why}
	case station.TellHere:
		to, s = a.Call, call.StepIn{Agent: agent, Turn: a.Turn, Alone: true}
	case station.TellKnock:
		to, s = a.Call, call.Knock{Agent: agent, On: a.On}
	case station.TellAside:
		x.tellAside(agent, a)
		return
	case station.TellMoved:
		to, s = a.Call, call.Moved{Agent: agent, Leg: a.Leg}
	case station.TellHungUp:
		to, s = a.Call, x.legs.lastWord(a.Leg, a.Cause)
	case station.TellLost:
		to, s = a.Call, call.AgentLost{Agent: agent}
	default:
		return
	}
	if !x.post(callAt(to), s) {
		x.post(stationAt(agent), station.Leave{Call: to})
	}
}
