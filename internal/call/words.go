// Package call decides what happens in one call: parties and their flags, rings, hold, recording, the end.
package call

// Direction of a call, seen from the organisation.
type Direction string

// The directions (CH-4).
const (
	Inbound  Direction = "inbound"
	Outbound Direction = "outbound"
	Internal Direction = "internal"
)

// Type is the call type of CH-12.
type Type string

// The call types that exist so far.
const (
	TypeInbound  Type = "inbound"
	TypeManual   Type = "manual"
	TypeDirect   Type = "direct_agent"
	TypeInternal Type = "internal"
	TypeIntercom Type = "intercom" // between agents, and the device of who is called answers by itself (BX-28)
	TypePage     Type = "page"     // to a paging group, whose members hear and are not heard (BX-28)
	TypeDiverted Type = "diverted" // sent on to an external number
	TypeCallback Type = "callback" // a customer who asked for it is called back
)

// Stage is where the call is (table Call, status).
type Stage string

// The stages.
const (
	Fresh   Stage = "new" // nothing has been decided yet
	Routing Stage = "routing"
	Queued  Stage = "queued"
	Ringing Stage = "ringing"
	Active  Stage = "active"
	Ended   Stage = "ended"
)

// Disposition is how a call ended (CH-3), set by the system.
type Disposition string

// The dispositions that exist so far.
const (
	Answered  Disposition = "answered"
	NoAnswer  Disposition = "no_answer"
	Voicemail Disposition = "voicemail" // a message was left
	Abandoned Disposition = "abandoned"
	Busy      Disposition = "busy"
	Failed    Disposition = "failed"
)

// Kind is what a party is.
type Kind string

// The kinds of party.
const (
	Customer Kind = "customer" // the outside party, or the caller of a call between agents
	Agent    Kind = "agent"
	External Kind = "external" // a number outside that the caller was sent on to

	Supervisor Kind = "supervisor" // beside the conversation (MN-4)
)

// PartyState is where a party is.
type PartyState string

// The states of a party.
const (
	Dialling PartyState = "dialling" // its leg is being reached, or its agent's devices ring
	Joined   PartyState = "joined"
	Gone     PartyState = "left"
	Beside   PartyState = "beside" // a supervisor: hears the conversation and is none of those who have it
)

// RingResult is the one result of a ring; the words are those of QU-19.
type RingResult string

// The results of a ring.
const (
	RingAnswered        RingResult = "answered"
	RingMissed          RingResult = "missed"
	RingIgnored         RingResult = "ignored"
	RingCanceled        RingResult = "canceled"
	RingNotAcknowledged RingResult = "not_acknowledged"
	RingFailed          RingResult = "error"
)

// RecordingState is what a recording does now.
type RecordingState string

// The states of the recording in a call.
const (
	RecordingOff    RecordingState = "off"
	RecordingOn     RecordingState = "on"
	RecordingPaused RecordingState = "paused"
)

// The tags of what the call itself plays: the recording notice (RC-9), and what an agent alone hears before a caller is there
// (QU-20). What a treatment plays has treatment.TagPrefix.
const (
	NoticeInCall = "notice"
	WhisperTag   = "whisper"
)

// The devices that a party's leg may belong to.
const (
	onTrunk   = "trunk"
	onBrowser = "browser"
	onPhone   = "desk_phone"

	onMulticast = "multicast" // whoever listens to a group of addresses
)

// What a place is reserved for (acd.Purpose), and how waiting ends (acd.Result).
const (
	forDirect   = "direct"
	forIntercom = "intercom"
	forOutbound = "outbound"
	forTransfer = "transfer"
	forReturn   = "return"
	forWatch    = "watch"
	forFollow   = "follow" // a colleague whom a direct call rings at for follow-me: direct, to the ACD

	leftAnswered    = "answered"
	leftAbandoned   = "abandoned"
	leftNoAgent     = "no_agent"
	leftVoicemail   = "voicemail"
	leftCallback    = "callback"
	leftTransferred = "transferred"
)
