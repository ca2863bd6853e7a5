package station

import (
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// Outcome is what one signal led to, in order.
type Outcome struct {
	Actions []Action
	Events  []Event
}

// Action is something a station wants done.
type Action interface{ stationAction() }

// To calls.
type (
	// TellRingSeen: a device acknowledged.
	TellRingSeen struct {
		Call   id.Call  `json:"call"`
		Offer  id.Offer `json:"offer"`
		Device Device   `json:"device"`
	}
	// TellRingEnded: the one result of a Ring. Leg is set when answered.
	TellRingEnded struct {
		Call   id.Call  `json:"call"`
		Offer  id.Offer `json:"offer"`
		Result Result   `json:"result"`
		Leg    id.Leg   `json:"leg,omitempty"`
		Device Device   `json:"device,omitempty"`
		Turn   int      `json:"turn,omitempty"` // answered beside another call, which lets the voice go first (SP-25)
	}
	// TellTaken: the line is the call's.
	TellTaken struct {
		Call   id.Call `json:"call"`
		Leg    id.Leg  `json:"leg"`
		Device Device  `json:"device"`
	}
	// TellNotTaken: no line, and why.
	TellNotTaken struct {
		Call id.Call `json:"call"`
		Why  string  `json:"why"`
	}
	// TellMoved: the voice goes on through another leg (BX-51).
	TellMoved struct {
		Call id.Call `json:"call"`
		Leg  id.Leg  `json:"leg"`
	}
	// TellHungUp: the desk phone's leg has ended; to the call it is the last word about that leg.
	TellHungUp struct {
		Call  id.Call   `json:"call"`
		Leg   id.Leg    `json:"leg"`
		Cause tel.Cause `json:"cause"`
	}
	// TellLost: the voice did not come back in time, or the agent stopped work in the call.
	TellLost struct {
		Call id.Call `json:"call"`
	}
)

// To the ACD.
type (
	// DeviceUp: something of the agent's can ring now.
	DeviceUp struct{}
	// DeviceDown: nothing can. Lost is set when it was not the agent's wish (SP-33: auto_disconnect).
	DeviceDown struct {
		Lost bool `json:"lost,omitempty"`
	}
	// DeviceAsleep: what there is does not acknowledge (BX-54).
	DeviceAsleep struct{}
	// DeviceAwake ends DeviceAsleep.
	DeviceAwake struct{}
	// AutoPause: a queue's call could not be delivered, because the voice path is lost (VC-8).
	AutoPause struct{}
)

// To the wires, the page and the clock.
type (
	// ShowRing makes the page of a tab ring, or every page of the agent's where none is named; it must acknowledge within 1.5 s.
	ShowRing struct {
		Tab   id.Tab   `json:"tab,omitempty"`
		Call  id.Call  `json:"call"`
		Offer id.Offer `json:"offer"`
	}
	// DialPhone rings the desk phone: LegRinging, LegUp, LegEnded follow.
	DialPhone struct {
		Leg   id.Leg    `json:"leg"`
		Phone id.Device `json:"phone"`
		Call  id.Call   `json:"call"`
		Auto  bool      `json:"auto,omitempty"` // the phone is asked to answer by itself (BX-28)
	}
	// DialNumber calls a number of the agent's through a trunk, as the number plan says: LegRinging, LegUp, LegEnded follow.
	// Call is empty for a voice path that no call asked for.
	DialNumber struct {
		Leg    id.Leg     `json:"leg"`
		Number tel.Number `json:"number"`
		Call   id.Call    `json:"call,omitempty"`
	}
	// Play lets one of the station's legs that is in no call hear something; Quiet ends that.
	Play struct {
		Leg id.Leg `json:"leg"`
		Cue Cue    `json:"cue"`
	}
	// EndLeg ends one of the station's legs, of a phone or a browser.
	EndLeg struct {
		Leg   id.Leg    `json:"leg"`
		Cause tel.Cause `json:"cause"`
	}
	// Probe asks the page of a tab for a sign of life; TabSeen answers.
	Probe struct {
		Tab id.Tab `json:"tab"`
	}
	// TakenOver tells a tab that another one is the phone now (SP-22).
	TakenOver struct {
		Tab id.Tab `json:"tab"`
	}
	// RenewVoice asks the page of a tab to start ICE anew on its leg (RFC 8445 §9), as the sound does not get through.
	RenewVoice struct {
		Tab id.Tab `json:"tab"`
		Leg id.Leg `json:"leg"`
	}
	// SetTimer asks for TimeUp after a while; the same name replaces.
	SetTimer struct {
		Timer string        `json:"timer"`
		After time.Duration `json:"after"`
	}
	// StopTimer forgets a timer.
	StopTimer struct {
		Timer string `json:"timer"`
	}
)

func (TellRingSeen) stationAction()  {}
func (TellRingEnded) stationAction() {}
func (TellTaken) stationAction()     {}
func (TellNotTaken) stationAction()  {}
func (TellMoved) stationAction()     {}
func (TellLost) stationAction()      {}
func (TellHungUp) stationAction()    {}
func (DeviceUp) stationAction()      {}
func (DeviceDown) stationAction()    {}
func (DeviceAsleep) stationAction()  {}
func (DeviceAwake) stationAction()   {}
func (AutoPause) stationAction()     {}
func (DialNumber) stationAction()    {}
func (Play) stationAction()          {}
func (ShowRing) stationAction()      {}
func (DialPhone) stationAction()     {}
func (EndLeg) stationAction()        {}
func (Probe) stationAction()         {}
func (TakenOver) stationAction()     {}
func (RenewVoice) stationAction()    {}
func (SetTimer) stationAction()      {}
func (StopTimer) stationAction()     {}

// Event is something that has happened to the station.
type Event interface{ stationEvent() }

type (
	// Started says that a device can ring now.
	Started struct {
		Device Device `json:"device"`
		Tab    id.Tab `json:"tab,omitempty"`
	}
	// Stopped says that a device cannot ring any more.
	Stopped struct {
		Device Device `json:"device"`
		Lost   bool   `json:"lost,omitempty"`
	}
	// FellAsleep says that a device did not acknowledge in time.
	FellAsleep struct {
		Device Device `json:"device"`
	}
	// WokeUp ends FellAsleep.
	WokeUp struct {
		Device Device `json:"device"`
	}
	// VoicePath says whether the session's voice is up: the browser's connection, or the path by telephone.
	VoicePath struct {
		Up bool `json:"up"`
	}
)

func (Started) stationEvent()    {}
func (Stopped) stationEvent()    {}
func (FellAsleep) stationEvent() {}
func (WokeUp) stationEvent()     {}
func (VoicePath) stationEvent()  {}
