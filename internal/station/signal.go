// Package station decides for one agent's voice: devices, proof of life, ring strategy, the line in use.
package station

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// Signal is anything that reaches a station.
type Signal interface{ stationSignal() }

// Strategy says in which way several devices ring (AG-5).
type Strategy string

// The ring strategies.
const (
	PreferredOnly Strategy = "preferred_only"
	Sequential    Strategy = "sequential"
	Simultaneous  Strategy = "simultaneous"
)

// Device is what can ring for an agent.
type Device string

// The devices that exist so far.
const (
	Browser   Device = "browser"
	DeskPhone Device = "desk_phone"
)

// Result is the one result of a ring; the words are those of QU-19.
type Result string

// The results of a ring.
const (
	Answered        Result = "answered"
	Missed          Result = "missed"
	Ignored         Result = "ignored"
	Canceled        Result = "canceled"
	NotAcknowledged Result = "not_acknowledged"
	Failed          Result = "error"
)

// From the configuration, the page and the socket.
type (
	// Configure sets what the administrator or the agent chose.
	Configure struct {
		Preferred Device    `json:"preferred"`
		Strategy  Strategy  `json:"strategy"`
		Phone     id.Device `json:"phone,omitempty"` // the desk phone linked to the agent
	}
	// Start makes a tab the agent's device; its browser leg was made just before. The same tab again is a reload: the
	// leg is replaced and the call goes on (BX-51). Another tab is refused unless Takeover is set; in a call it is refused (SP-22).
	Start struct {
		Tab      id.Tab `json:"tab"`
		Leg      id.Leg `json:"leg"`
		Takeover bool   `json:"takeover,omitempty"`
	}
	// Stop ends work in the browser (SP-37); refused in a call unless Sure.
	Stop struct {
		Tab  id.Tab `json:"tab"`
		Sure bool   `json:"sure,omitempty"`
	}
	// DeskWork starts or stops work on the desk phone (SP-33).
	DeskWork struct {
		On bool `json:"on"`
	}
	// TabSeen says that the page of a tab spoke from its message handler: proof of life.
	TabSeen struct {
		Tab id.Tab `json:"tab"`
	}
	// TabLost says that the socket of a tab closed.
	TabLost struct {
		Tab id.Tab `json:"tab"`
	}
	// RingSeen is the page's acknowledgement of a ring (BX-54).
	RingSeen struct {
		Offer id.Offer `json:"offer"`
		Tab   id.Tab   `json:"tab"`
	}
	// Answer is the agent's click; refused when the ring is over.
	Answer struct {
		Offer id.Offer `json:"offer"`
		Tab   id.Tab   `json:"tab"`
	}
	// Reject is the agent's click; refused when the ring is over.
	Reject struct {
		Offer id.Offer `json:"offer"`
	}
)

// From the wires.
type (
	// LegUp says that the browser leg is connected, or that a dialled desk phone answered.
	LegUp struct {
		Leg id.Leg `json:"leg"`
	}
	// LegRinging is the desk phone's 180: it acknowledges (CF-3).
	LegRinging struct {
		Leg id.Leg `json:"leg"`
	}
	// LegDown says that a browser leg lost its connection; it may come back.
	LegDown struct {
		Leg id.Leg `json:"leg"`
	}
	// LegEnded is the last word about a leg.
	LegEnded struct {
		Leg   id.Leg    `json:"leg"`
		Cause tel.Cause `json:"cause"`
	}
	// PhoneRegistered says whether the desk phone has a registered contact.
	PhoneRegistered struct {
		On bool `json:"on"`
	}
)

// From calls.
type (
	// Ring rings the agent's devices: RingSeen perhaps, exactly one RingEnded.
	Ring struct {
		Call    id.Call  `json:"call"`
		Offer   id.Offer `json:"offer"`
		Direct  bool     `json:"direct,omitempty"`
		Seconds int      `json:"seconds"`
	}
	// Take wants a line for a call that the agent places: Taken or NotTaken. Leg is set when dialled on the desk phone.
	Take struct {
		Call id.Call `json:"call"`
		Leg  id.Leg  `json:"leg,omitempty"`
	}
	// Leave says that the agent has no part in that call any more.
	Leave struct {
		Call  id.Call   `json:"call"`
		Cause tel.Cause `json:"cause"`
	}
	// Renew says that the sound of a leg is broken, which its page may repair.
	Renew struct {
		Leg id.Leg `json:"leg"`
	}
	// TimeUp is heard when a timer set by SetTimer has run out.
	TimeUp struct {
		Timer string `json:"timer"`
	}
)

func (Configure) stationSignal()       {}
func (Start) stationSignal()           {}
func (Stop) stationSignal()            {}
func (DeskWork) stationSignal()        {}
func (TabSeen) stationSignal()         {}
func (TabLost) stationSignal()         {}
func (RingSeen) stationSignal()        {}
func (Answer) stationSignal()          {}
func (Reject) stationSignal()          {}
func (LegUp) stationSignal()           {}
func (LegRinging) stationSignal()      {}
func (LegDown) stationSignal()         {}
func (LegEnded) stationSignal()        {}
func (PhoneRegistered) stationSignal() {}
func (Ring) stationSignal()            {}
func (Take) stationSignal()            {}
func (Leave) stationSignal()           {}
func (Renew) stationSignal()           {}
func (TimeUp) stationSignal()          {}
