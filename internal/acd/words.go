// Package acd decides which agent gets which waiting interaction: queues, offers, agent statuses, wrap-up, callbacks.
//
// What the owner of calls has to do for callbacks (QU-11, BX-3), which are places in a queue without a call:
//
//   - A caller who accepts one: BookCallback, and CallbackBooked or CallbackRefused comes back; booked, the call has left
//     the queue. A caller who calls again: FindCallback, and CallbackFound says whether a place is there to be taken
//     over (Enqueue with Callback) or given up (CancelCallback).
//   - PlaceCallback begins a call of the id it names. With an agent it rings that agent as for an Offered, with its
//     OfferEnded, and, answered, dials the customer; CallbackEnded says whether the customer answered, then Release ends
//     it as ever. A Revoke is heard by that call. Without an agent it dials the customer, and either enqueues
//     itself with Callback or says by CallbackEnded why not. A call that cannot even begin says so: OfferEnded with
//     Failed, or CallbackEnded with CallbackFailed.
//   - CallbackKept is stored until Left is told of that callback; a rebuilt ACD hears each one that is stored as
//     BookCallback with Resumed.
package acd

import "parley/internal/id"

// Status is an agent's status (glossary; CF-1).
type Status string

// The statuses, with their routing effects in spec 03.
const (
	Available   Status = "available"
	Unavailable Status = "unavailable"
	OnCall      Status = "on_call"
	WrapUp      Status = "wrap_up"
	Offline     Status = "offline"
)

// Trigger says what changed a status (MN-9).
type Trigger string

// The triggers.
const (
	Manual         Trigger = "manual"
	System         Trigger = "system"
	AutoDisconnect Trigger = "auto_disconnect"
)

// AutoPause is the system's own reason for unavailable after a missed offer (CF-3, QU-16).
const AutoPause = "Auto pause"

// OfferResult is how an offer ended (QU-19); every offer has exactly one.
type OfferResult string

// The results of offers.
const (
	Answered        OfferResult = "answered"
	Missed          OfferResult = "missed"           // rang out
	Ignored         OfferResult = "ignored"          // rejected
	Canceled        OfferResult = "canceled"         // the caller left or another answered
	NotAcknowledged OfferResult = "not_acknowledged" // no device acknowledged: no miss (CF-3)
	Failed          OfferResult = "error"
)

// Result is how a call left a queue (QU-23).
type Result string

// The results of waiting.
const (
	LeftAnswered    Result = "answered"
	LeftAbandoned   Result = "abandoned"
	LeftTimeout     Result = "timeout"
	LeftVoicemail   Result = "voicemail"
	LeftCallback    Result = "callback"
	LeftTransferred Result = "transferred"
	LeftOverflow    Result = "overflow"
	LeftNoAgent     Result = "no_agent"
)

// Purpose is what a place is reserved for.
type Purpose string

// The purposes.
const (
	Direct   Purpose = "direct"   // a call to the agent
	Intercom Purpose = "intercom" // a call that the agent's device answers by itself (BX-28): never beside another one
	Outbound Purpose = "outbound" // a call by the agent
	Transfer Purpose = "transfer" // a call that another agent brings (TR-2, TR-3)
	Return   Purpose = "return"   // a call that the agent has transferred, and nobody took (TR-2)
	Watch    Purpose = "watch"    // another agent's call, which this one supervises (MN-4)
)

// Why says why a member was skipped in a round (BX-6), or a reservation refused.
type Why string

// The reasons.
const (
	WhyStatus          Why = "status"
	WhyOffline         Why = "device_offline"
	WhyAsleep          Why = "device_asleep"
	WhyOnCall          Why = "on_call"
	WhyWrapUp          Why = "wrap_up"
	WhyOffered         Why = "capacity" // another offer is open
	WhyQueueOff        Why = "queue_off"
	WhyRecentlyRefused Why = "recently_refused" // refused this call within 30 s (QU-12)
	WhySchedule        Why = "schedule"         // outside the agent's hours (QU-18)
	WhySkills          Why = "skills"           // the call's step asks for others (BX-1)
	WhyUnknown         Why = "not_permitted"    // no such agent, or one without queue work (QU-14)
)

// Skip is one member who was passed over in a round, and why.
type Skip struct {
	Agent id.Agent `json:"agent"`
	Why   Why      `json:"why"`
}
