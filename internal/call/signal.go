package call

import (
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// Signal is anything that reaches a call.
type Signal interface{ callSignal() }

// Caller is who the call is with, when the number matched a customer.
type Caller struct {
	ID   id.Customer `json:"id,omitempty"`
	Name string      `json:"name,omitempty"`
}

// Queue is what a call knows of its queue; a live call keeps what it began with.
type Queue struct {
	ID              id.Queue      `json:"id"`
	Name            string        `json:"name"`
	Priority        int           `json:"priority,omitempty"` // 1 to 10, 0 is the default 5
	Greeting        prompt.Prompt `json:"greeting,omitzero"`
	HoldAudio       string        `json:"hold_audio,omitempty"` // empty: the organisation's
	Record          bool          `json:"record,omitempty"`     // RC-1
	RecordingNotice prompt.Prompt `json:"recording_notice,omitzero"`
	// What the caller hears while waiting, see treatment.WaitPlan.
	Position bool                    `json:"announce_position,omitempty"`
	Wait     bool                    `json:"announce_wait,omitempty"`
	Style    treatment.WaitStyle     `json:"wait_style,omitempty"`
	Every    int                     `json:"announce_interval_seconds,omitempty"`
	Messages []prompt.Prompt         `json:"waiting_messages,omitempty"`
	OptOut   string                  `json:"opt_out_key,omitempty"` // ends the wait in the mailbox; empty where there is none
	Callback *treatment.CallbackPlan `json:"callback,omitempty"`
	Whisper  prompt.Prompt           `json:"agent_whisper,omitzero"`
	// Announcements are what agents may have both sides hear in the call (AS-2).
	Announcements []Sound               `json:"announcements,omitempty"`
	Survey        *treatment.SurveyPlan `json:"survey,omitempty"` // after the call, when the agent hangs up first (QU-20)
	Tags          []string              `json:"tags_on_entry,omitempty"`
	Ahead                               // how this caller waits there
}

// Ahead is what moves a caller in a queue besides the time of entry.
type Ahead struct {
	Steps      []treatment.Step `json:"steps,omitempty"`       // who may take the call, one after the other; empty: the queue's (BX-1)
	AgeSeconds int              `json:"age_seconds,omitempty"` // -86400 to 86400, added to the wait for the order only (BX-2)
	LastAgent  id.Agent         `json:"last_agent,omitempty"`  // whom this customer spoke to last (QU-5, sticky)
}

// enqueue puts a call into the queue with this entry time.
func (q *Queue) enqueue(at time.Time) Enqueue {
	return Enqueue{Queue: q.ID, Priority: q.Priority, EnteredAt: at, Ahead: q.Ahead}
}

// Skip is one member passed over in a round, and why (BX-6).
type Skip struct {
	Agent id.Agent `json:"agent"`
	Why   string   `json:"why"`
}

// From the wires.
type (
	// Arrived begins an inbound call: an INVITE from a trunk.
	Arrived struct {
		Leg   id.Leg     `json:"leg"`
		Trunk id.Trunk   `json:"trunk"`
		From  tel.Number `json:"from"`
		Name  string     `json:"name,omitempty"` // display name as the carrier sent it
		To    tel.Number `json:"to"`
		// Behind are the diversions that the call has behind it, the latest first.
		Behind []tel.Forwarding `json:"behind,omitempty"`
	}
	// Placed begins a call by an agent: from the page (Leg empty) or from the agent's desk phone (Leg is its INVITE).
	Placed struct {
		Agent     id.Agent   `json:"agent"`
		Extension string     `json:"extension,omitempty"`
		Name      string     `json:"name,omitempty"`
		Leg       id.Leg     `json:"leg,omitempty"`
		To        string     `json:"to"`                  // as typed
		From      tel.Number `json:"from,omitempty"`      // chosen in the From list; empty: by PN-11
		Record    bool       `json:"record,omitempty"`    // record_outgoing_automatically
		Detect    bool       `json:"detect,omitempty"`    // find out whether a person or a machine answers
		Emergency bool       `json:"emergency,omitempty"` // an emergency number: nothing holds the call up (BX-13)
	}
	// CallBack begins a call that makes one attempt at a callback (acd.PlaceCallback): Agent is rung for Offer, and when it
	// answers, To is dialled; without Agent To is dialled at once. From is the caller ID that is shown.
	CallBack struct {
		Callback    id.Callback     `json:"callback"`
		Number      int             `json:"number"` // of the attempt, 1 and up
		To          tel.Number      `json:"to"`
		From        tel.Number      `json:"from,omitempty"`
		Queue       *Queue          `json:"queue"`
		Caller      Caller          `json:"caller,omitzero"`
		Language    prompt.Language `json:"language,omitempty"`
		EnteredAt   time.Time       `json:"entered_at"`
		Agent       id.Agent        `json:"agent,omitempty"`
		Offer       id.Offer        `json:"offer,omitempty"`
		RingSeconds int             `json:"ring_seconds,omitempty"`
		Skipped     []Skip          `json:"skipped,omitempty"`
		SkippedMore int             `json:"skipped_more,omitempty"`
	}
	// LegRinging says that a dialled leg rings (180).
	LegRinging struct {
		Leg id.Leg `json:"leg"`
	}
	// LegEarly says that a dialled leg sends sound before it answers (183 with SDP).
	LegEarly struct {
		Leg id.Leg `json:"leg"`
	}
	// LegAnswered says that a leg is up, whoever answered it.
	LegAnswered struct {
		Leg id.Leg `json:"leg"`
	}
	// LegHeld says that the far side of a leg put us on hold, or took us off (RFC 3264 §8.4).
	LegHeld struct {
		Leg  id.Leg `json:"leg"`
		Held bool   `json:"held"`
	}
	// LegDigit is a key pressed by the far side of a leg.
	LegDigit struct {
		Leg   id.Leg    `json:"leg"`
		Digit tel.Digit `json:"digit"`
	}
	// LegSilent says that no sound packets have come from a leg for a second, or that they come again.
	LegSilent struct {
		Leg    id.Leg `json:"leg"`
		Silent bool   `json:"silent"`
	}
	// LegTalks says that the far side of a leg talks or has ended, while several are heard at once (TR-5).
	LegTalks struct {
		Leg id.Leg `json:"leg"`
		On  bool   `json:"on"`
	}
	// LegSampled says how a leg sounded in the last five seconds: here what came from it, there what reached it. Path is
	// the way of the sound that it hears.
	LegSampled struct {
		Leg   id.Leg `json:"leg"`
		Here  Sample `json:"here,omitzero"`
		There Sample `json:"there,omitzero"`
		Path  string `json:"path,omitempty"`
	}
	// LegOneWay says that the far side of a leg is not heard (Here), or that it does not hear (There), although it should.
	LegOneWay struct {
		Leg   id.Leg `json:"leg"`
		Here  bool   `json:"here,omitempty"`
		There bool   `json:"there,omitempty"`
	}
	// LegDetected says what an answered leg's sound tells of who answered, as Hearing.Detect asked: one of the words of
	// Detected. At counts from when it was asked.
	LegDetected struct {
		Leg    id.Leg        `json:"leg"`
		What   Detected      `json:"what"`
		Reason string        `json:"reason,omitempty"` // of a verdict, in words
		At     time.Duration `json:"at"`
	}
	// LegRepairFailed says that the far side of a leg refused what RepairLeg asked of it.
	LegRepairFailed struct {
		Leg  id.Leg `json:"leg"`
		Code int    `json:"code"` // SIP status
	}
	// LegEnded is the last word about a leg.
	LegEnded struct {
		Leg    id.Leg    `json:"leg"`
		Cause  tel.Cause `json:"cause"`
		Code   int       `json:"code,omitempty"` // SIP status, 0 when there was none
		Reason string    `json:"reason,omitempty"`
		ByPeer bool      `json:"by_peer,omitempty"`
	}
	// PlayEnded says that what a Play action of this tag asked for has been heard.
	PlayEnded struct {
		Leg id.Leg `json:"leg"`
		Tag string `json:"tag"`
	}
	// RecordingStopped is the one end of a recording.
	RecordingStopped struct {
		Recording id.Recording  `json:"recording"`
		Duration  time.Duration `json:"duration"`
		Bytes     int64         `json:"bytes"`
		Checksum  string        `json:"checksum,omitempty"` // SHA-256, hexadecimal
		Gaps      []Gap         `json:"gaps,omitempty"`
		Failure   string        `json:"failure,omitempty"` // why it stopped before it was asked to
	}
)

// Gap is a part of a recording that holds silence on purpose.
type Gap struct {
	From time.Duration `json:"from"`
	To   time.Duration `json:"to"`
	Why  string        `json:"why"` // "hold" or "pause"
}

// From the ACD.
type (
	// Offered proposes an agent to a waiting call. The call rings that agent or ends the offer at once; either way
	// every Offered gets exactly one EndOffer.
	Offered struct {
		Offer       id.Offer `json:"offer"`
		Agent       id.Agent `json:"agent"`
		RingSeconds int      `json:"ring_seconds"`
		Skipped     []Skip   `json:"skipped,omitempty"`
		SkippedMore int      `json:"skipped_more,omitempty"` // passed over beyond those listed
	}
	// Revoked says that the ACD has closed an offer itself; no EndOffer may follow.
	Revoked struct {
		Offer  id.Offer   `json:"offer"`
		Result RingResult `json:"result"`
	}
	// Dismissed says that the call waits no more though it did not leave: the queue was full, or removed, or cannot serve it
	// (QU-7, BX-12). The ACD has closed an open offer itself. To an attempt at a callback it says that it is wanted no more:
	// another agent has taken it or, as abandoned, it was given up.
	Dismissed struct {
		Queue       id.Queue `json:"queue"`
		Result      string   `json:"result"` // acd.Result
		Skipped     []Skip   `json:"skipped,omitempty"`
		SkippedMore int      `json:"skipped_more,omitempty"`
	}
	// Explained answers a LeaveQueue that asks why: whom of the queue's members the call could not be offered, and why (BX-6).
	// Without Queue nothing is known of it.
	Explained struct {
		Queue       id.Queue `json:"queue,omitempty"`
		Skipped     []Skip   `json:"skipped,omitempty"`
		SkippedMore int      `json:"skipped_more,omitempty"`
	}
	// PlaceIs is the call's place in its queue, of which 1 is the next. Wait is expected, where Known.
	PlaceIs struct {
		Queue    id.Queue      `json:"queue"`
		Position int           `json:"position"`
		Wait     time.Duration `json:"wait,omitempty"`
		Known    bool          `json:"known,omitempty"`
	}
	// CallbackBooked says that the caller's place is kept and the call waits no more.
	CallbackBooked struct {
		Callback id.Callback `json:"callback"`
	}
	// CallbackRefused says why not: "pending", "full", "closed" or "unknown".
	CallbackRefused struct {
		Callback id.Callback `json:"callback"`
		Why      string      `json:"why"`
	}
	// CallbackFound answers FindCallback: a callback pends for the caller, or none (Callback empty).
	CallbackFound struct {
		Callback  id.Callback `json:"callback,omitempty"`
		Queue     id.Queue    `json:"queue"`
		EnteredAt time.Time   `json:"entered_at,omitzero"`
	}
	// Granted gives the agent's place that Reserve asked for; every Granted gets exactly one Release. Working says that the
	// agent was there for the queues.
	Granted struct {
		Agent   id.Agent `json:"agent"`
		Working bool     `json:"working,omitempty"`
		Second  bool     `json:"second,omitempty"` // the agent is in another call: the other line is given (SP-25)
	}
	// Denied says why an agent's place cannot be had (acd.Why); Number is that of the Reserve.
	Denied struct {
		Agent  id.Agent `json:"agent"`
		Why    string   `json:"why"`
		Number int      `json:"number,omitempty"`
	}
)

// From stations.
type (
	// RingSeen says that a device acknowledged the ring (BX-54).
	RingSeen struct {
		Agent  id.Agent `json:"agent"`
		Offer  id.Offer `json:"offer"`
		Device string   `json:"device"` // "browser" or "desk_phone"
	}
	// RingEnded is the one result of a Ring. Leg is set when it was answered.
	RingEnded struct {
		Agent  id.Agent   `json:"agent"`
		Offer  id.Offer   `json:"offer"`
		Result RingResult `json:"result"`
		Leg    id.Leg     `json:"leg,omitempty"`
		Device string     `json:"device,omitempty"`
		// Turn is set when the agent answers on the other line, beside another call: StepIn follows (SP-25).
		Turn int `json:"turn,omitempty"`
	}
	// Taken says that the agent's line is this call's now, and through which leg it sounds.
	Taken struct {
		Agent  id.Agent `json:"agent"`
		Leg    id.Leg   `json:"leg"`
		Device string   `json:"device"`
	}
	// NotTaken says why the agent has no line for this call.
	NotTaken struct {
		Agent id.Agent `json:"agent"`
		Why   string   `json:"why"`
	}
	// Moved says that an agent's voice goes on through another leg: a reload (BX-51).
	Moved struct {
		Agent id.Agent `json:"agent"`
		Leg   id.Leg   `json:"leg"`
	}
	// AgentLost says that an agent's leg did not come back in time (BX-51: 45 s).
	AgentLost struct {
		Agent id.Agent `json:"agent"`
	}
)

// From people, always about the agent's own part in this call; an error says why not.
type (
	// Hold holds the other party (SP-14).
	Hold struct {
		Agent id.Agent `json:"agent"`
	}
	// Resume ends Hold.
	Resume struct {
		Agent id.Agent `json:"agent"`
	}
	// Mute makes the agent unheard, or heard again.
	Mute struct {
		Agent id.Agent `json:"agent"`
		On    bool     `json:"on"`
	}
	// HangUp ends the agent's part; the others go on if they are two or more. Sure: also where no agent is among them, which
	// the agent's class of service must allow (TR-6).
	HangUp struct {
		Agent        id.Agent `json:"agent"`
		Sure         bool     `json:"sure,omitempty"`
		LeaveOutside bool     `json:"leave_outside,omitempty"` // the class of service lets outside parties talk on
	}
	// StartRecording begins a recording by hand (RC-2).
	StartRecording struct {
		Agent id.Agent `json:"agent"`
	}
	// PauseRecording leaves a marked gap until ResumeRecording.
	PauseRecording struct {
		Agent id.Agent `json:"agent"`
	}
	// ResumeRecording ends PauseRecording.
	ResumeRecording struct {
		Agent id.Agent `json:"agent"`
	}
	// StopRecording ends the recording for good; another may be started.
	StopRecording struct {
		Agent id.Agent `json:"agent"`
	}
	// Close ends the call from outside: a graceful stop that ran out of time, or a supervisor (BX-8).
	Close struct {
		Cause tel.Cause `json:"cause"`
		Why   string    `json:"why"`
	}
	// TimeUp is heard when a timer set by SetTimer has run out.
	TimeUp struct {
		Timer string `json:"timer"`
	}
)

func (Arrived) callSignal()          {}
func (Placed) callSignal()           {}
func (CallBack) callSignal()         {}
func (CallbackFound) callSignal()    {}
func (LegRinging) callSignal()       {}
func (LegEarly) callSignal()         {}
func (LegAnswered) callSignal()      {}
func (LegHeld) callSignal()          {}
func (LegDigit) callSignal()         {}
func (LegSilent) callSignal()        {}
func (LegTalks) callSignal()         {}
func (LegSampled) callSignal()       {}
func (LegOneWay) callSignal()        {}
func (LegDetected) callSignal()      {}
func (LegRepairFailed) callSignal()  {}
func (LegEnded) callSignal()         {}
func (PlayEnded) callSignal()        {}
func (RecordingStopped) callSignal() {}
func (Offered) callSignal()          {}
func (Revoked) callSignal()          {}
func (Dismissed) callSignal()        {}
func (Explained) callSignal()        {}
func (PlaceIs) callSignal()          {}
func (CallbackBooked) callSignal()   {}
func (CallbackRefused) callSignal()  {}
func (Granted) callSignal()          {}
func (Denied) callSignal()           {}
func (RingSeen) callSignal()         {}
func (RingEnded) callSignal()        {}
func (Taken) callSignal()            {}
func (NotTaken) callSignal()         {}
func (Moved) callSignal()            {}
func (AgentLost) callSignal()        {}
func (Hold) callSignal()             {}
func (Resume) callSignal()           {}
func (Mute) callSignal()             {}
func (HangUp) callSignal()           {}
func (StartRecording) callSignal()   {}
func (PauseRecording) callSignal()   {}
func (ResumeRecording) callSignal()  {}
func (StopRecording) callSignal()    {}
func (Close) callSignal()            {}
func (TimeUp) callSignal()           {}
