// Package report makes records and figures from events.
package report

import (
	"time"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// Record is the complete account of one call (table Call, spec 10): a fold over the call's events.
type Record struct {
	ID          id.Call          `json:"id"`
	Direction   call.Direction   `json:"direction"`
	Type        call.Type        `json:"call_type"`
	Status      call.Stage       `json:"status"`
	Disposition call.Disposition `json:"disposition,omitempty"`
	Reason      string           `json:"reason,omitempty"`
	Code        int              `json:"sip_code,omitempty"`

	Emergency   bool             `json:"emergency,omitempty"` // an emergency number was dialled (BX-13)
	Notice      string           `json:"notice,omitempty"`    // what the agent who placed it was told
	From        tel.Number       `json:"from"`
	Name        string           `json:"name,omitempty"`
	To          tel.Number       `json:"to"`
	Number      id.Number        `json:"number,omitempty"`
	Label       string           `json:"number_label,omitempty"`
	Trunk       id.Trunk         `json:"trunk,omitempty"`
	Destination dest.Destination `json:"destination,omitzero"`
	Target      string           `json:"target,omitempty"`
	Customer    call.Caller      `json:"customer,omitzero"`
	Forwarded   []call.Forwarded `json:"forwarded,omitempty"` // the diversions that it came by, the first one first
	Screen      call.Screen      `json:"screen,omitzero"`     // what the number passed to the agent's screen (IV-7)

	Callback   *CallbackAttempt `json:"callback,omitempty"`
	Queues     []QueueVisit     `json:"queues"`
	Offers     []Offer          `json:"offers"`
	Agents     []AgentPart      `json:"agents"`
	Legs       []Leg            `json:"legs"`
	Holds      []Hold           `json:"holds"`
	Transfers  []Transfer       `json:"transfers,omitempty"`
	Lead       call.Lead        `json:"lead,omitzero"` // for whom the call counts (OB-14)
	Merges     []Merge          `json:"merges,omitempty"`
	Listens    []Listen         `json:"listens,omitempty"` // of supervisors (MN-4)
	Recordings []Recording      `json:"recordings"`
	// Consent is what came of asking the customer whether the call may be recorded; empty: nothing was asked (BX-18).
	Consent  call.ConsentOutcome `json:"recording_consent,omitempty"`
	Scores   []Score             `json:"scores,omitempty"`
	Tags     []string            `json:"tags,omitempty"`
	Timeline []Entry             `json:"timeline"`

	CreatedAt  time.Time `json:"created_at"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	EndedAt    time.Time `json:"ended_at,omitzero"`
	// Seconds, rounded down (CH-7): talk without hold and wait.
	QueueWaitSeconds     int `json:"queue_wait_seconds"`
	TalkTimeSeconds      int `json:"talk_time_seconds"`
	TotalDurationSeconds int `json:"total_duration_seconds"`

	talk talk // what the fold needs to go on; a record that was read from the store is not folded any further
}

// CallbackAttempt says that the call is an attempt to call a customer back, and where the customer had waited (QU-11).
type CallbackAttempt struct {
	ID      id.Callback `json:"id"`
	Queue   id.Queue    `json:"queue"`
	Name    string      `json:"queue_name"`
	Attempt int         `json:"attempt"` // 1 and up
	Since   time.Time   `json:"since"`   // when the customer began to wait
}

// QueueVisit is one stay in a queue (QU-23).
type QueueVisit struct {
	Queue       id.Queue  `json:"queue"`
	Name        string    `json:"name"`
	EnteredAt   time.Time `json:"entered_at"`
	AnsweredAt  time.Time `json:"answered_at,omitzero"`
	LeftAt      time.Time `json:"left_at,omitzero"`
	WaitSeconds int       `json:"wait_seconds"`
	Result      string    `json:"result,omitempty"`

	// Why no member was offered the call when it left; none where somebody was (BX-6).
	Skipped     []call.Skip `json:"skipped,omitempty"`
	SkippedMore int         `json:"skipped_more,omitempty"` // beyond those listed
}

// Offer is one ring of one agent, and who was passed over in its round (BX-6).
type Offer struct {
	Offer          id.Offer        `json:"offer"`
	Agent          id.Agent        `json:"agent"`
	Direct         bool            `json:"direct,omitempty"`
	Queue          id.Queue        `json:"queue,omitempty"` // in which an agent waited for the call; empty: where the call was
	Device         string          `json:"device,omitempty"`
	SentAt         time.Time       `json:"sent_at"`
	AcknowledgedAt time.Time       `json:"acknowledged_at,omitzero"`
	EndedAt        time.Time       `json:"ended_at,omitzero"`
	Result         call.RingResult `json:"result,omitempty"`
	Reason         string          `json:"reason,omitempty"` // why it was canceled
	Skipped        []call.Skip     `json:"skipped,omitempty"`
	SkippedMore    int             `json:"skipped_more,omitempty"` // passed over beyond those listed
}

// AgentPart is one agent's time in the call. Who placed a call has one from the start, and keeps it without Joined when
// nobody answered.
type AgentPart struct {
	Agent  id.Agent  `json:"agent"`
	Party  id.Party  `json:"party,omitempty"`
	Leg    id.Leg    `json:"leg,omitempty"`
	Device string    `json:"device,omitempty"`
	Placed bool      `json:"placed,omitempty"`
	Joined time.Time `json:"joined,omitzero"`
	Left   time.Time `json:"left,omitzero"`
}

// Leg is one connection that belonged to the call.
type Leg struct {
	Leg    id.Leg    `json:"leg"`
	Party  id.Party  `json:"party"`
	Device string    `json:"device,omitempty"`
	Joined time.Time `json:"joined"`
	Left   time.Time `json:"left,omitzero"`
	Cause  tel.Cause `json:"cause,omitempty"`
	Code   int       `json:"code,omitempty"`
	Reason string    `json:"reason,omitempty"`
	ByPeer bool      `json:"by_peer,omitempty"` // the far side hung up
	From   *Heard    `json:"from,omitempty"`    // how what came from there sounded, measured here
	To     *Heard    `json:"to,omitempty"`      // how what we sent sounded there, by its reports
	Path   string    `json:"path,omitempty"`    // of the sound that it heard last
}

// Hold is one hold by an agent (SP-14).
type Hold struct {
	Agent   id.Agent  `json:"agent"`
	Party   id.Party  `json:"party,omitempty"` // who was held
	Slot    string    `json:"slot,omitempty"`  // in which they were parked meanwhile
	Start   time.Time `json:"start"`
	End     time.Time `json:"end,omitzero"`
	Seconds int       `json:"seconds"`
}

// Score is the caller's answer to a question after the call, from 1 to 5 (QU-20).
type Score struct {
	Question string `json:"question"`
	Score    int    `json:"score"`
}

// Recording is one recording of the call (RC-5).
type Recording struct {
	ID              id.Recording `json:"id"`
	Status          string       `json:"status"` // recording, available or failed
	By              id.Agent     `json:"by,omitempty"`
	Mailbox         id.Mailbox   `json:"mailbox,omitempty"` // set for a message that was left there
	StartedAt       time.Time    `json:"started_at"`
	DurationSeconds float64      `json:"duration_seconds"`
	Bytes           int64        `json:"size"`
	Checksum        string       `json:"checksum,omitempty"`
	Gaps            []call.Gap   `json:"gaps,omitempty"`
	Failure         string       `json:"failure,omitempty"`
}

// Entry is one line of the timeline (CH-14): what happened and to whom.
type Entry struct {
	At   time.Time `json:"at"`
	Kind string    `json:"kind"` // the event's word, see owner.Word
	// What the line needs to be read; the rest stands in the record.
	Agent  id.Agent `json:"agent,omitempty"`
	On     id.Agent `json:"on,omitempty"` // who was watched by that one
	Queue  string   `json:"queue,omitempty"`
	Text   string   `json:"text,omitempty"`
	Result string   `json:"result,omitempty"`
}
