package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// Event is something that has happened. The record of a call is a fold over its events; they are never instructions.
type Event interface{ callEvent() }

type (
	// Began is the first event of every call.
	Began struct {
		Direction Direction  `json:"direction"`
		Type      Type       `json:"type"`
		From      tel.Number `json:"from"`
		Name      string     `json:"name,omitempty"`
		To        tel.Number `json:"to"`
		Trunk     id.Trunk   `json:"trunk,omitempty"`
		Agent     id.Agent   `json:"agent,omitempty"` // who placed it
	}
	// CalledBack says that the call is an attempt at a callback of a queue, which one, and since when its customer waits.
	CalledBack struct {
		Callback id.Callback `json:"callback"`
		Queue    id.Queue    `json:"queue"`
		Name     string      `json:"name"`
		Attempt  int         `json:"attempt"`
		Since    time.Time   `json:"since"`
	}
	// Directed says where the call goes and who it is with; a call between agents becomes internal by it.
	Directed struct {
		Direction   Direction        `json:"direction"`
		Type        Type             `json:"type"`
		From        tel.Number       `json:"from,omitempty"` // the caller ID presented
		To          tel.Number       `json:"to,omitempty"`   // the number in its full form
		Number      id.Number        `json:"number,omitempty"`
		Label       string           `json:"label,omitempty"`
		Destination dest.Destination `json:"destination"`
		Target      string           `json:"target,omitempty"` // its name in words
		Trunk       id.Trunk         `json:"trunk,omitempty"`
		Caller      Caller           `json:"caller,omitzero"`
		Screen      Screen           `json:"screen,omitzero"`
		Notice      string           `json:"notice,omitempty"`    // what the agent is told, such as another caller ID
		Emergency   bool             `json:"emergency,omitempty"` // BX-13
		Location    tel.Location     `json:"location,omitzero"`   // of the caller of an emergency call (BX-14)
		Hop         int              `json:"hop,omitempty"`       // 0 is where the number leads, what follows came later (IV-8)
		Entry       string           `json:"entry,omitempty"`     // of a time router, that matched
		Why         string           `json:"why,omitempty"`       // why the call could not stay here
	}
	// Rerouted says that a trunk did not carry the call, why, and which one is tried instead (BX-33).
	Rerouted struct {
		Trunk  id.Trunk   `json:"trunk"` // that is tried now
		From   tel.Number `json:"from,omitempty"`
		Notice string     `json:"notice,omitempty"`
		Name   string     `json:"name,omitempty"` // of the trunk that did not
		Code   int        `json:"code,omitempty"`
		Reason string     `json:"reason,omitempty"` // in words
	}
	// Entered says that the call reached a stage.
	Entered struct {
		Stage Stage `json:"stage"`
	}
	// QueueEntered says that the call began to wait.
	QueueEntered struct {
		Queue id.Queue `json:"queue"`
		Name  string   `json:"name"`
		// Since is when that was, if earlier: line 2 of an agent has waited there for the call.
		Since time.Time `json:"since,omitzero"`
	}
	// QueueLeft says how the waiting ended (QU-23).
	QueueLeft struct {
		Queue  id.Queue      `json:"queue"`
		Result string        `json:"result"`
		Waited time.Duration `json:"waited"`
	}
	// PassedOver says why no member of a queue was offered the call, at the moment at which it left (BX-6).
	PassedOver struct {
		Queue       id.Queue `json:"queue"`
		Skipped     []Skip   `json:"skipped"`
		SkippedMore int      `json:"skipped_more,omitempty"`
	}
	// RingBegan says that an agent is being rung, and who else was passed over (BX-6).
	RingBegan struct {
		Offer       id.Offer `json:"offer"`
		Agent       id.Agent `json:"agent"`
		Direct      bool     `json:"direct,omitempty"`
		Queue       id.Queue `json:"queue,omitempty"` // in which line 2 of an agent waits, whose offer it is
		Skipped     []Skip   `json:"skipped,omitempty"`
		SkippedMore int      `json:"skipped_more,omitempty"`
	}
	// RingConfirmed says that a device acknowledged.
	RingConfirmed struct {
		Offer  id.Offer `json:"offer"`
		Device string   `json:"device"`
	}
	// RingOver says how the ring ended.
	RingOver struct {
		Offer  id.Offer   `json:"offer"`
		Agent  id.Agent   `json:"agent"`
		Result RingResult `json:"result"`
		Why    string     `json:"why,omitempty"` // it was canceled
	}
	// AnsweredLate says that an agent answered a ring that was over, since another one had answered at the same moment.
	AnsweredLate struct {
		Offer id.Offer `json:"offer"`
		Agent id.Agent `json:"agent"`
		Why   string   `json:"why"` // in words for the agent
	}
	// LegOpened says that a leg belongs to the call. Kind is "sip" or "browser".
	LegOpened struct {
		Leg    id.Leg   `json:"leg"`
		Party  id.Party `json:"party"`
		Device string   `json:"device,omitempty"` // "trunk", "browser", "desk_phone" or "multicast"
		Beside bool     `json:"beside,omitempty"` // a supervisor's (MN-4)
	}
	// LegClosed says that a leg belongs to the call no more.
	LegClosed struct {
		Leg    id.Leg    `json:"leg"`
		Cause  tel.Cause `json:"cause"`
		Code   int       `json:"code,omitempty"`
		Reason string    `json:"reason,omitempty"`
		ByPeer bool      `json:"by_peer,omitempty"`
	}
	// PartyJoined says that a party can talk.
	PartyJoined struct {
		Party  id.Party   `json:"party"`
		Kind   Kind       `json:"kind"`
		Agent  id.Agent   `json:"agent,omitempty"`
		Number tel.Number `json:"number,omitempty"`
		Leg    id.Leg     `json:"leg"`
		Device string     `json:"device,omitempty"`
	}
	// PartyLeft says that a party is out of the call.
	PartyLeft struct {
		Party id.Party  `json:"party"`
		Kind  Kind      `json:"kind"`
		Agent id.Agent  `json:"agent,omitempty"`
		Cause tel.Cause `json:"cause"`
	}
	// HoldBegan logs a hold by an agent (SP-14), and of whom; an agent who leaves several others to themselves is the one held.
	HoldBegan struct {
		Agent id.Agent `json:"agent"`
		Party id.Party `json:"party,omitempty"`
	}
	// HoldOver logs the end of a hold.
	HoldOver struct {
		Agent id.Agent      `json:"agent"`
		Party id.Party      `json:"party,omitempty"`
		Held  time.Duration `json:"held"`
	}
	// PeerHeld says that the far side of a leg put the call on hold, or took it off.
	PeerHeld struct {
		Leg  id.Leg `json:"leg"`
		Held bool   `json:"held"`
	}
	// MuteSet says that an agent is muted or heard, or has made Party so.
	MuteSet struct {
		Agent id.Agent `json:"agent"`
		Party id.Party `json:"party,omitempty"`
		On    bool     `json:"on"`
	}
	// VoiceLost says that an agent's sound stopped coming; VoiceBack that the call goes on (BX-51).
	VoiceLost struct {
		Agent id.Agent `json:"agent"`
	}
	// VoiceBack ends VoiceLost.
	VoiceBack struct {
		Agent id.Agent `json:"agent"`
	}
	// DigitHeard says that the far side pressed a key; which one is not kept.
	DigitHeard struct {
		Leg id.Leg `json:"leg"`
	}
	// RecordingBegan says that a recording runs; By is empty when the queue asked for it.
	RecordingBegan struct {
		Recording id.Recording `json:"recording"`
		By        id.Agent     `json:"by,omitempty"`
		Mailbox   id.Mailbox   `json:"mailbox,omitempty"` // set for a message that is left there
	}
	// RecordingSet says that a recording was paused or goes on.
	RecordingSet struct {
		Recording id.Recording   `json:"recording"`
		State     RecordingState `json:"state"`
		By        id.Agent       `json:"by,omitempty"`
	}
	// RecordingOver says that a recording has been kept, or why not.
	RecordingOver struct {
		Recording id.Recording  `json:"recording"`
		Duration  time.Duration `json:"duration"`
		Bytes     int64         `json:"bytes"`
		Checksum  string        `json:"checksum,omitempty"`
		Gaps      []Gap         `json:"gaps,omitempty"`
		Failure   string        `json:"failure,omitempty"`
	}
	// SoundSampled is how a leg sounded for five seconds, from its far side and to it.
	SoundSampled struct {
		Leg   id.Leg `json:"leg"`
		Here  Sample `json:"here,omitzero"`
		There Sample `json:"there,omitzero"`
	}
	// SoundPath is the way of the sound that a leg hears, stage by stage.
	SoundPath struct {
		Leg  id.Leg `json:"leg"`
		Path string `json:"path"`
	}
	// SoundJudged says that the sound "from" or "to" a leg is poor, and what it suffers from (SP-12); without causes it is
	// good again. Agent is empty when the leg is the customer's.
	SoundJudged struct {
		Leg       id.Leg   `json:"leg"`
		Agent     id.Agent `json:"agent,omitempty"`
		Direction string   `json:"direction"`
		Causes    string   `json:"causes,omitempty"`
	}
	// OneWayHeard says that the party of a leg cannot be heard or cannot hear, or, with neither, that this is over (BX-57).
	OneWayHeard struct {
		Leg     id.Leg   `json:"leg"`
		Agent   id.Agent `json:"agent,omitempty"`
		Unheard bool     `json:"unheard,omitempty"`
		Deaf    bool     `json:"deaf,omitempty"`
	}
	// AnswererDetected says what the sound of an answered leg tells of who answered, and after how long.
	AnswererDetected struct {
		Leg    id.Leg        `json:"leg"`
		What   Detected      `json:"what"`
		Reason string        `json:"reason,omitempty"`
		At     time.Duration `json:"at"`
	}
	// RepairBegan says that the sound of a leg is being repaired (BX-57): Try is 1 or 2. Exactly one RepairOver follows.
	RepairBegan struct {
		Leg   id.Leg   `json:"leg"`
		Agent id.Agent `json:"agent,omitempty"`
		Try   int      `json:"try"`
	}
	// RepairOver says what has come of it; Code is the SIP status of a refusal.
	RepairOver struct {
		Leg    id.Leg       `json:"leg"`
		Agent  id.Agent     `json:"agent,omitempty"`
		Try    int          `json:"try"`
		Result RepairResult `json:"result"`
		Code   int          `json:"code,omitempty"`
	}
	// MenuAsked says that a menu's prompt is played, for which time (IV-8).
	MenuAsked struct {
		Menu  string   `json:"menu"` // its name
		Try   int      `json:"try"`
		Agent id.Agent `json:"agent,omitempty"` // who hears it on line 2; empty: the caller
	}
	// MenuKeyed says what the caller keyed in a menu or a queue, and what came of it: a result of package treatment.
	MenuKeyed struct {
		Keys   string   `json:"keys,omitempty"`
		Result string   `json:"result"`
		Agent  id.Agent `json:"agent,omitempty"` // who keyed, on line 2; empty: the caller
	}
	// WaitTold says what the caller was told of the wait; 0 is nothing.
	WaitTold struct {
		Position int `json:"position,omitempty"`
		Minutes  int `json:"minutes,omitempty"`
	}
	// MessageLeft says that a caller has left a message in a mailbox (VM-4). RecordingOver comes before it.
	MessageLeft struct {
		Mailbox   id.Mailbox    `json:"mailbox"`
		Recording id.Recording  `json:"recording"`
		Duration  time.Duration `json:"duration"`
		From      tel.Number    `json:"from"`
		Name      string        `json:"name,omitempty"` // as the network gave it
		Caller    Caller        `json:"caller,omitzero"`
		LeftAt    time.Time     `json:"left_at"` // when the recording began
	}
	// MessageDropped says that a recording holds no message: it is too short, or could not be made.
	MessageDropped struct {
		Mailbox   id.Mailbox   `json:"mailbox"`
		Recording id.Recording `json:"recording"`
		Why       string       `json:"why"`
	}
	// Scored is the caller's answer to a question after the call, from 1 to 5 (QU-20).
	Scored struct {
		Question string `json:"question"`
		Score    int    `json:"score"`
	}
	// Tagged puts tags on the call (QU-20).
	Tagged struct {
		Tags []string `json:"tags"`
	}
	// Finished seals the call: nobody is left in it. RecordingOver and MessageLeft or MessageDropped may still follow.
	Finished struct {
		Disposition Disposition `json:"disposition"`
		Reason      string      `json:"reason,omitempty"` // in words
		Cause       tel.Cause   `json:"cause"`
		Code        int         `json:"code,omitempty"`
	}
)

func (Began) callEvent()            {}
func (CalledBack) callEvent()       {}
func (Directed) callEvent()         {}
func (Rerouted) callEvent()         {}
func (Entered) callEvent()          {}
func (QueueEntered) callEvent()     {}
func (QueueLeft) callEvent()        {}
func (PassedOver) callEvent()       {}
func (RingBegan) callEvent()        {}
func (RingConfirmed) callEvent()    {}
func (RingOver) callEvent()         {}
func (AnsweredLate) callEvent()     {}
func (LegOpened) callEvent()        {}
func (LegClosed) callEvent()        {}
func (PartyJoined) callEvent()      {}
func (PartyLeft) callEvent()        {}
func (HoldBegan) callEvent()        {}
func (HoldOver) callEvent()         {}
func (PeerHeld) callEvent()         {}
func (MuteSet) callEvent()          {}
func (VoiceLost) callEvent()        {}
func (VoiceBack) callEvent()        {}
func (DigitHeard) callEvent()       {}
func (RecordingBegan) callEvent()   {}
func (RecordingSet) callEvent()     {}
func (RecordingOver) callEvent()    {}
func (SoundSampled) callEvent()     {}
func (SoundPath) callEvent()        {}
func (SoundJudged) callEvent()      {}
func (OneWayHeard) callEvent()      {}
func (AnswererDetected) callEvent() {}
func (RepairBegan) callEvent()      {}
func (RepairOver) callEvent()       {}
func (MenuAsked) callEvent()        {}
func (MenuKeyed) callEvent()        {}
func (WaitTold) callEvent()         {}
func (MessageLeft) callEvent()      {}
func (MessageDropped) callEvent()   {}
func (Scored) callEvent()           {}
func (Tagged) callEvent()           {}
func (Finished) callEvent()         {}
