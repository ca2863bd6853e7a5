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

// The devices. CallMe and CallIn are the session's own ways (VC): a number or phone that is rung for each call, or one
// whose leg stays up as the agent's voice path.
const (
	Browser   Device = "browser"
	DeskPhone Device = "desk_phone"
	Number    Device = "receiving_number"
	CallMe    Device = "call_me"
	CallIn    Device = "call_in"
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
		// Number is the receiving number (US-9); empty: none.
		Number tel.Number `json:"number,omitempty"`
		// Direct lists the devices that ring for direct calls, as the agent's presence says; empty: as for a queue's (PR-3).
		Direct []Device `json:"direct,omitempty"`
	}
	// Start makes a tab the agent's device; its browser leg was made just before. The same tab again is a reload: the
	// leg is replaced and the call goes on (BX-51). Another tab is refused unless Takeover is set; in a call it is refused (SP-22).
	Start struct {
		Tab      id.Tab `json:"tab"`
		Leg      id.Leg `json:"leg"`
		Takeover bool   `json:"takeover,omitempty"`
		// Persistent: calls come by a beep, without Answer (VC-5).
		Persistent bool `json:"persistent,omitempty"`
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
	// ConnectVoice begins a session whose voice comes by telephone, or connects a lost path again (VC-2, VC-3). The
	// softphone ends; in a call it is refused.
	ConnectVoice struct {
		Voice Voice `json:"voice"`
	}
	// DisconnectVoice ends that session and hangs up its path; refused in a call unless Sure.
	DisconnectVoice struct {
		Sure bool `json:"sure,omitempty"`
	}
	// SignOut ends the session of a page: its softphone, or the session by telephone (VC-7). Refused in a call unless Sure.
	// While another tab is the phone, nothing of it ends.
	SignOut struct {
		Tab  id.Tab `json:"tab"`
		Sure bool   `json:"sure,omitempty"`
	}
	// EndWork takes the agent off work on every device, at a supervisor's wish (MN-3): at once, or when the call has ended.
	EndWork struct{}
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
	// LegUp says that the browser leg is connected, or that a dialled phone or number answered.
	LegUp struct {
		Leg id.Leg `json:"leg"`
	}
	// LegRinging is the 180 of what was dialled; of a desk phone it acknowledges (CF-3).
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
	// DialledIn brings the leg of an agent who dialled in and keyed id and PIN (VC-2).
	DialledIn struct {
		Leg id.Leg `json:"leg"`
	}
	// KeyPressed is a key on a leg of the station that is in no call.
	KeyPressed struct {
		Leg id.Leg    `json:"leg"`
		Key tel.Digit `json:"key"`
	}
	// CueEnded says that what Play began has been heard to its end.
	CueEnded struct {
		Leg id.Leg `json:"leg"`
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
		Call   id.Call  `json:"call"`
		Offer  id.Offer `json:"offer"`
		Direct bool     `json:"direct,omitempty"`
		// Auto: the first device that can answers by itself, after a short tone (BX-28).
		Auto    bool `json:"auto,omitempty"`
		Seconds int  `json:"seconds"`
	}
	// Take wants a line for a call that the agent places: Taken or NotTaken. Leg is set when dialled on the desk phone.
	Take struct {
		Call id.Call `json:"call"`
		Leg  id.Leg  `json:"leg,omitempty"`
		// Urgent is for an emergency call: a ring of another call gives way (BX-13).
		Urgent bool `json:"urgent,omitempty"`
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
func (ConnectVoice) stationSignal()    {}
func (DisconnectVoice) stationSignal() {}
func (SignOut) stationSignal()         {}
func (EndWork) stationSignal()         {}
func (DialledIn) stationSignal()       {}
func (KeyPressed) stationSignal()      {}
func (CueEnded) stationSignal()        {}
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
