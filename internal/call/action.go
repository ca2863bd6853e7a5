package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// Outcome is what one signal led to, in order.
type Outcome struct {
	Actions []Action
	Events  []Event
}

// Action is something a call wants done. Doing it never waits; whatever comes of it returns as a signal.
type Action interface{ callAction() }

// To the number plan.
type (
	// FindRoute asks where an inbound call goes: Routed or Unrouted.
	FindRoute struct {
		Trunk id.Trunk   `json:"trunk"`
		From  tel.Number `json:"from"`
		To    tel.Number `json:"to"`
	}
	// FindNext asks where the call goes on to: Routed or Unrouted. One of To, Extension and Leaving is set.
	FindNext struct {
		To        dest.Destination `json:"to,omitzero"`
		Extension string           `json:"extension,omitempty"` // keyed in a menu (IV-3); Unrouted says that nobody has it
		// Leaving is a queue, an agent or a menu that the call cannot stay at, and Why is the reason: acd.Result of a queue,
		// words in the other cases.
		Leaving dest.Destination `json:"leaving,omitzero"`
		Why     string           `json:"why,omitempty"`
		From    tel.Number       `json:"from,omitempty"` // the caller
		Travel  Travel           `json:"travel,omitzero"`
		// Forwarder is the agent whose call is forwarded to To, and whose class of service holds (CS-2).
		Forwarder id.Agent `json:"forwarder,omitempty"`
		// Move is the number of the move that asks, which the answer repeats; 0: the call itself. So is Follow, of one of the agent's
		// numbers that the call is to ring at (BX-29): To is what it names.
		Move   int `json:"move,omitempty"`
		Follow int `json:"follow,omitempty"`
	}
	// FindPlan asks how an outbound call is made: Planned or Unplanned.
	FindPlan struct {
		Agent id.Agent   `json:"agent"`
		To    string     `json:"to"`
		From  tel.Number `json:"from,omitempty"`
		Call  id.Call    `json:"call,omitempty"` // set on the way to the number plan
		// Hand says that the agent dials by hand, which a switch may forbid (PM-7).
		Hand bool `json:"hand,omitempty"`
		// Working says that the agent was there for the queues, in which the organisation may forbid it (CF-4).
		Working bool `json:"working,omitempty"`
		// Phone says that the agent speaks by the desk phone: of an emergency call, where that stands.
		Phone bool `json:"phone,omitempty"`
		// CallOut says that a mailbox is left for this call.
		CallOut bool `json:"call_out,omitempty"`
		Move    int  `json:"move,omitempty"`
	}
)

// To the wires.
type (
	// RingLeg tells the caller that it rings (180).
	RingLeg struct {
		Leg id.Leg `json:"leg"`
	}
	// EarlyLeg opens the sound to the caller before the answer (183 with SDP).
	EarlyLeg struct {
		Leg id.Leg `json:"leg"`
	}
	// AnswerLeg answers an inbound leg: LegAnswered or LegEnded follows.
	AnswerLeg struct {
		Leg id.Leg `json:"leg"`
	}
	// EndLeg rejects, cancels or hangs up, whatever the leg's state needs: LegEnded follows. A station's browser leg is
	// never ended by a call.
	EndLeg struct {
		Leg   id.Leg    `json:"leg"`
		Cause tel.Cause `json:"cause"`
	}
	// DialTrunk places a leg through a trunk: LegRinging, LegEarly, LegAnswered, LegEnded follow. To and From are in the
	// carrier's form. One that has no channel left ends at once (BX-33), unless it is urgent: then a channel is freed.
	DialTrunk struct {
		Leg       id.Leg     `json:"leg"`
		Trunk     id.Trunk   `json:"trunk"`
		Name      string     `json:"name,omitempty"` // of the trunk
		To        tel.Number `json:"to"`
		From      tel.Number `json:"from"`
		Channels  int        `json:"channels,omitempty"`   // the most at once; 0 is no bound
		PerSecond int        `json:"per_second,omitempty"` // the most begun in any second; 0 is no bound
		Urgent    bool       `json:"urgent,omitempty"`     // an emergency call (BX-13)
		Diverted  Diverted   `json:"diverted,omitzero"`
		// Location is where the caller is, for those who help (BX-14); nil: it is not told. It is never changed.
		Location *tel.Location `json:"location,omitempty"`
	}
	// RepairLeg tries to bring the sound of a leg back (BX-57): a re-INVITE with the session as it stands, or ICE begun anew
	// by the page. LegOneWay follows when it helps, LegRepairFailed when the far side refuses.
	RepairLeg struct {
		Leg id.Leg `json:"leg"`
	}
)

// To the ACD.
type (
	// Reserve asks for an agent's place: Granted or Denied. Purpose is "direct", "intercom", "outbound", "transfer", "return" or "watch"
	// (acd.Purpose); Queue is that of a call which is transferred.
	Reserve struct {
		Agent   id.Agent `json:"agent"`
		Purpose string   `json:"purpose"`
		Queue   id.Queue `json:"queue,omitempty"`
		// Number is that of the move, which Denied repeats: the agent may be asked for again before an earlier answer is here.
		Number int `json:"number,omitempty"`
	}
	// Connected says that a reserved agent answered a direct call.
	Connected struct {
		Agent id.Agent `json:"agent"`
	}
	// Release gives a place back. Missed: a direct call rang out.
	Release struct {
		Agent  id.Agent `json:"agent"`
		Missed bool     `json:"missed,omitempty"`
	}
	// Enqueue puts the call in its queue.
	Enqueue struct {
		Queue     id.Queue  `json:"queue"`
		Priority  int       `json:"priority,omitempty"`
		EnteredAt time.Time `json:"entered_at"`
		Ahead
		// Callback is the one whose place the call takes over (acd.Enqueue).
		Callback id.Callback `json:"callback,omitempty"`
		// Consult says that line 2 of an agent waits, who speaks to the queue's agent first. Enqueue without it leaves the caller there,
		// in that place.
		Consult bool `json:"consult,omitempty"`
	}
	// AskPlace asks for the call's place in its queue: PlaceIs follows while it waits.
	AskPlace struct{}
	// BookCallback asks to keep the caller's place without the call: CallbackBooked or CallbackRefused.
	BookCallback struct {
		Callback id.Callback `json:"callback"`
		Queue    id.Queue    `json:"queue"`
		Number   tel.Number  `json:"number"`
	}
	// FindCallback asks whether a callback pends for a number: CallbackFound.
	FindCallback struct {
		Queue  id.Queue   `json:"queue"`
		Number tel.Number `json:"number"`
	}
	// CancelCallback gives a callback up.
	CancelCallback struct {
		Callback id.Callback `json:"callback"`
	}
	// EndCallback is the one result of an attempt at a callback in which the customer was to be dialled, but that of a customer
	// who was dialled first and has answered: then Enqueue says so.
	EndCallback struct {
		Result string `json:"result"` // acd.CallbackResult
	}
	// LeaveQueue takes the call out of its queue. It closes an open offer as canceled too, so no EndOffer follows it.
	// Why asks why nobody was offered the call; the answer is Explained.
	LeaveQueue struct {
		Result string   `json:"result"`          // acd.Result
		Agent  id.Agent `json:"agent,omitempty"` // answered: who picked it up (BX-26)
		Why    bool     `json:"why,omitempty"`
	}
	// EndOffer is the one result of an offer.
	EndOffer struct {
		Offer  id.Offer   `json:"offer"`
		Result RingResult `json:"result"`
	}
)

// To stations.
type (
	// Ring rings an agent's devices: RingSeen perhaps, then exactly one RingEnded.
	Ring struct {
		Agent   id.Agent `json:"agent"`
		Offer   id.Offer `json:"offer"` // of the ACD, or "<call>.d<n>" for a direct call
		Direct  bool     `json:"direct,omitempty"`
		Auto    bool     `json:"auto,omitempty"` // the device answers by itself (BX-28)
		Seconds int      `json:"seconds"`
	}
	// Take asks the agent's station for a line for a call that the agent places: Taken or NotTaken. Leg is set when the
	// agent dialled on a desk phone.
	Take struct {
		Agent  id.Agent `json:"agent"`
		Leg    id.Leg   `json:"leg,omitempty"`
		Urgent bool     `json:"urgent,omitempty"` // for an emergency call: a ring gives way
	}
	// Leave tells an agent's station that it has no part in this call any more: a ring stops, the line is free, a desk
	// phone's leg that the station dialled is hung up; one that dialled us is the call's own. It follows every Ring and
	// Take exactly once.
	Leave struct {
		Agent id.Agent  `json:"agent"`
		Cause tel.Cause `json:"cause"`
	}
)

// To the sound.
type (
	// Arrange says who hears what, for every leg of the call that hears anything now; a leg that is not named hears
	// nothing.
	Arrange struct {
		Hearings []Hearing `json:"hearings"`
	}
	// Record begins a recording; exactly one RecordingStopped follows.
	Record struct {
		Recording id.Recording `json:"recording"`
		Customer  []id.Leg     `json:"customer"` // channel 0
		Others    []id.Leg     `json:"others"`   // channel 1
	}
	// ChangeRecording tells a running recording of other legs, or of a gap: Gap is "", "hold" or "pause".
	ChangeRecording struct {
		Recording id.Recording `json:"recording"`
		Customer  []id.Leg     `json:"customer"`
		Others    []id.Leg     `json:"others"`
		Gap       string       `json:"gap,omitempty"`
	}
	// EndRecording ends a recording.
	EndRecording struct {
		Recording id.Recording `json:"recording"`
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

// Hearing is what one leg hears: another leg, several, hold audio, a tone, or prompts played once with a tag.
type Hearing struct {
	Leg  id.Leg `json:"leg"`
	From id.Leg `json:"from,omitempty"`
	// Mix are the legs that it hears all at once, two or more; From is empty then.
	Mix []id.Leg `json:"mix,omitempty"`
	// Hold is set when the leg hears hold audio; its value names the audio, "default" is the organisation's.
	Hold string `json:"hold,omitempty"`
	// Tone is "ringback", "busy", "congestion" or another kind's name in package tone (ITU-T E.180). It sounds over From or Mix where
	// they are set: the leg's own, and nobody else's.
	Tone string `json:"tone,omitempty"`
	// Prompts are played once; PlayEnded with Tag follows.
	Prompts []prompt.Prompt `json:"prompts,omitempty"`
	Tag     string          `json:"tag,omitempty"`
	// Detect has the sound of the leg itself looked at for who answered, a person or a machine: LegDetected follows.
	Detect bool `json:"detect,omitempty"`
	// Quiet has the sound of the leg looked at for treatment.SilenceEnds without speech: LegDetected with DetectedQuiet.
	Quiet bool `json:"quiet,omitempty"`
	// Pause has the sound of the leg looked at for a moment to leave a message, from the start: LegDetected with DetectedBeep or
	// DetectedQuiet.
	Pause bool `json:"pause,omitempty"`
}

func (FindRoute) callAction()       {}
func (FindNext) callAction()        {}
func (FindPlan) callAction()        {}
func (RingLeg) callAction()         {}
func (EarlyLeg) callAction()        {}
func (AnswerLeg) callAction()       {}
func (EndLeg) callAction()          {}
func (DialTrunk) callAction()       {}
func (RepairLeg) callAction()       {}
func (Reserve) callAction()         {}
func (Connected) callAction()       {}
func (Release) callAction()         {}
func (Enqueue) callAction()         {}
func (AskPlace) callAction()        {}
func (BookCallback) callAction()    {}
func (FindCallback) callAction()    {}
func (CancelCallback) callAction()  {}
func (EndCallback) callAction()     {}
func (LeaveQueue) callAction()      {}
func (EndOffer) callAction()        {}
func (Ring) callAction()            {}
func (Take) callAction()            {}
func (Leave) callAction()           {}
func (Arrange) callAction()         {}
func (Record) callAction()          {}
func (ChangeRecording) callAction() {}
func (EndRecording) callAction()    {}
func (SetTimer) callAction()        {}
func (StopTimer) callAction()       {}
