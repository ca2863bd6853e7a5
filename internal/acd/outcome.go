package acd

import (
	"time"

	"parley/internal/id"
)

// Outcome is what one signal led to, in order.
type Outcome struct {
	Actions []Action
	Events  []Event
}

// Action is something the ACD wants done.
type Action interface{ acdAction() }

type (
	// Offer proposes a call to an agent, whose place is held until OfferEnded (and, once answered, Release).
	Offer struct {
		Call        id.Call   `json:"call"`
		Offer       id.Offer  `json:"offer"`
		Agent       id.Agent  `json:"agent"`
		Queue       id.Queue  `json:"queue"`
		RingSeconds int       `json:"ring_seconds"`
		Skipped     []Skip    `json:"skipped,omitempty"`      // members passed over in this round (BX-6)
		SkippedMore int       `json:"skipped_more,omitempty"` // passed over beyond the 200 that are listed
		EnteredAt   time.Time `json:"entered_at"`
	}
	// Dismiss tells a call that it waits no more, though it did not Leave: overflow when the queue was full, timeout at
	// max_hold_seconds, no_agent when the queue is closed, unstaffed or was removed (QU-7, BX-12). An offer that is
	// open at that moment goes on first. To the call that dials the customer of a callback it says, as abandoned, that this
	// callback was given up.
	Dismiss struct {
		Call        id.Call  `json:"call"`
		Queue       id.Queue `json:"queue"`
		Result      Result   `json:"result"`
		Skipped     []Skip   `json:"skipped,omitempty"` // why no member is offered it at this moment (BX-6)
		SkippedMore int      `json:"skipped_more,omitempty"`
	}
	// Explain answers a Leave that asks why no member was offered the call at that moment (BX-6). Who could have been is not
	// listed. Queue is empty when the call did not wait here any more.
	Explain struct {
		Call        id.Call  `json:"call"`
		Queue       id.Queue `json:"queue,omitempty"`
		Skipped     []Skip   `json:"skipped,omitempty"`
		SkippedMore int      `json:"skipped_more,omitempty"`
	}
	// Revoke takes an open offer back: it expired or the agent has gone. The call stops the ring; the offer's result is Result.
	Revoke struct {
		Call   id.Call     `json:"call"`
		Offer  id.Offer    `json:"offer"`
		Result OfferResult `json:"result"`
	}
	// Granted gives the place that Reserve asked for; it is held until Release. Was is the status of an agent who dials.
	Granted struct {
		Call  id.Call  `json:"call"`
		Agent id.Agent `json:"agent"`
		Was   Status   `json:"was,omitempty"`
		// Second says that it is the place on the other line of an agent who is in a call (SP-25).
		Second bool `json:"second,omitempty"`
	}
	// Refused says why Reserve is not possible.
	Refused struct {
		Call   id.Call  `json:"call"`
		Agent  id.Agent `json:"agent"`
		Why    Why      `json:"why"`
		Number int      `json:"number,omitempty"` // of the Reserve
	}
	// StopWork asks that an agent's devices end their work (SP-37), as after SignOut.
	StopWork struct {
		Agent id.Agent `json:"agent"`
		By    id.User  `json:"by,omitempty"`
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

func (Offer) acdAction()     {}
func (Dismiss) acdAction()   {}
func (Explain) acdAction()   {}
func (Revoke) acdAction()    {}
func (Granted) acdAction()   {}
func (Refused) acdAction()   {}
func (StopWork) acdAction()  {}
func (SetTimer) acdAction()  {}
func (StopTimer) acdAction() {}

// Event is something that has happened, for records and screens.
type Event interface{ acdEvent() }

type (
	// StatusChanged is a change of an agent's status (MN-9), of its reason, or of a wrap-up's end.
	StatusChanged struct {
		Agent    id.Agent      `json:"agent"`
		From     Status        `json:"from"`
		To       Status        `json:"to"`
		Reason   string        `json:"reason,omitempty"`
		Before   time.Duration `json:"before"` // time since the agent's last StatusChanged
		Trigger  Trigger       `json:"trigger"`
		By       id.User       `json:"by,omitempty"`    // the actor, when a person did it
		Call     id.Call       `json:"call,omitempty"`  // on_call and wrap_up: which call
		Queue    id.Queue      `json:"queue,omitempty"` // wrap_up: of which queue
		WrapEnds time.Time     `json:"wrap_ends,omitzero"`
		Left     int           `json:"extensions_left,omitempty"`
		Held     bool          `json:"held,omitempty"`     // wrap_up: over but for the outcome that must be chosen (CF-2)
		Required bool          `json:"required,omitempty"` // wrap_up: an outcome must be chosen

		// Custom is the custom status, by its id, that To stands for; its routing effect and its name at that time (MN-12).
		Custom     string `json:"custom,omitempty"`
		CustomName string `json:"custom_name,omitempty"`
		Effect     Effect `json:"effect,omitempty"`
		FromCustom string `json:"from_custom,omitempty"`
		FromEffect Effect `json:"from_effect,omitempty"` // of FromCustom
	}
	// Entered says that a call began to wait.
	Entered struct {
		Call     id.Call   `json:"call"`
		Queue    id.Queue  `json:"queue"`
		Priority int       `json:"priority"`
		At       time.Time `json:"at"`
		Callback bool      `json:"callback,omitempty"` // a place without a call
		Consult  bool      `json:"consult,omitempty"`  // an agent waits there, in place of the caller
	}
	// Left says that a call waits no more, and how it left (QU-23).
	Left struct {
		Call   id.Call       `json:"call"`
		Queue  id.Queue      `json:"queue"`
		Result Result        `json:"result"`
		Waited time.Duration `json:"waited"`
		Agent  id.Agent      `json:"agent,omitempty"` // answered: by whom
		// Callback: a place without a call has gone. Timeout means that its attempts were used up, transferred that the
		// customer is in a call that has taken the place over.
		Callback bool `json:"callback,omitempty"`
		Consult  bool `json:"consult,omitempty"` // an agent has waited there, in place of the caller
	}
	// OfferOpened says that an agent was offered a call.
	OfferOpened struct {
		Call  id.Call  `json:"call"`
		Offer id.Offer `json:"offer"`
		Agent id.Agent `json:"agent"`
		Queue id.Queue `json:"queue"`
	}
	// OfferClosed says how an offer ended.
	OfferClosed struct {
		Call   id.Call     `json:"call"`
		Offer  id.Offer    `json:"offer"`
		Agent  id.Agent    `json:"agent"`
		Queue  id.Queue    `json:"queue"`
		Result OfferResult `json:"result"`
	}
	// Released says that an agent's part in a call is over; Talked is the time since it was answered or, outbound, placed.
	Released struct {
		Call   id.Call       `json:"call"`
		Agent  id.Agent      `json:"agent"`
		Queue  id.Queue      `json:"queue,omitempty"`
		Talked time.Duration `json:"talked"`
		Missed bool          `json:"missed,omitempty"` // a direct call that rang out
	}
	// Toggled says that a queue delivers to an agent now, or not.
	Toggled struct {
		Agent id.Agent `json:"agent"`
		Queue id.Queue `json:"queue"`
		On    bool     `json:"on"`
		By    id.User  `json:"by,omitempty"`
	}
	// OutcomeChosen says what came of a call: by choice, or of itself when none was chosen (QU-9).
	OutcomeChosen struct {
		Agent   id.Agent `json:"agent"`
		Call    id.Call  `json:"call"`
		Queue   id.Queue `json:"queue"`
		Outcome string   `json:"outcome"`
		Auto    bool     `json:"auto,omitempty"`
		By      id.User  `json:"by,omitempty"`
	}
	// NextChosen says which status an agent will have after the call or wrap-up that holds the agent now (SP-36).
	NextChosen struct {
		Agent      id.Agent `json:"agent"`
		Status     Status   `json:"status"`
		Reason     string   `json:"reason,omitempty"`
		Custom     string   `json:"custom,omitempty"`
		CustomName string   `json:"custom_name,omitempty"`
		By         id.User  `json:"by,omitempty"`
	}
	// PriorityChanged says that the priority of a waiting call was changed.
	PriorityChanged struct {
		Call     id.Call  `json:"call"`
		Queue    id.Queue `json:"queue"`
		Priority int      `json:"priority"`
		By       id.User  `json:"by,omitempty"`
	}
	// Health says how an agent's devices are: "ok", "asleep" or "offline".
	Health struct {
		Agent id.Agent `json:"agent"`
		State string   `json:"state"`
	}
)

func (StatusChanged) acdEvent()   {}
func (Entered) acdEvent()         {}
func (Left) acdEvent()            {}
func (OfferOpened) acdEvent()     {}
func (OfferClosed) acdEvent()     {}
func (Released) acdEvent()        {}
func (Toggled) acdEvent()         {}
func (Health) acdEvent()          {}
func (OutcomeChosen) acdEvent()   {}
func (NextChosen) acdEvent()      {}
func (PriorityChanged) acdEvent() {}
