package acd

import (
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// CallbackResult is how an attempt to reach the customer of a callback ended.
type CallbackResult string

// The results of attempts. All but Reached are tried again, after a while.
const (
	CallbackReached  CallbackResult = "answered"
	CallbackNoAnswer CallbackResult = "no_answer"
	CallbackBusy     CallbackResult = "busy"
	CallbackFailed   CallbackResult = "error"
	CallbackUntried  CallbackResult = "untried" // the agent went before the customer was dialled; none of those that are counted
)

type (
	// BookCallback keeps a customer's place without a call (QU-11, BX-3). The answer is CallbackBooked, by which the call
	// has left the queue with result callback, or CallbackRefused, by which it waits on. A call that waits hands down its
	// entry time, priority, age, steps and last agent; the fields of that name are for callbacks that no waiting call
	// books (API) and for those that a rebuilt ACD hears of (Resumed: no limit turns them away).
	BookCallback struct {
		Callback   id.Callback `json:"callback"`
		Call       id.Call     `json:"call,omitempty"` // the call that books
		Queue      id.Queue    `json:"queue"`
		Number     tel.Number  `json:"number"` // E.164; one callback pends per number and queue
		Priority   int         `json:"priority,omitempty"`
		EnteredAt  time.Time   `json:"entered_at,omitzero"`
		AgeSeconds int         `json:"age_seconds,omitempty"`
		Steps      []Step      `json:"steps,omitempty"`
		LastAgent  id.Agent    `json:"last_agent,omitempty"`
		Attempts   int         `json:"attempts,omitempty"` // made so far
		RetryAt    time.Time   `json:"retry_at,omitzero"`  // not tried again before
		Resumed    bool        `json:"resumed,omitempty"`
		// Attempt is the call that dials the customer now, of a callback that a rebuilt ACD hears of; Agent has taken it, if an
		// agent was rung first.
		Attempt id.Call  `json:"attempt,omitempty"`
		Agent   id.Agent `json:"agent,omitempty"`
	}
	// CallbackEnded is the one result of an attempt whose customer was dialled: said when the customer answers, or when
	// that has failed. (A customer_first attempt that is answered says so by Enqueue instead.)
	CallbackEnded struct {
		Call   id.Call        `json:"call"` // the attempt's
		Result CallbackResult `json:"result"`
	}
	// CancelCallback gives a place up, at the customer's or a supervisor's wish.
	CancelCallback struct {
		Callback id.Callback `json:"callback"`
		By       id.User     `json:"by,omitempty"`
	}
	// FindCallback asks whether a callback pends for a number; the answer is CallbackFound.
	FindCallback struct {
		Call   id.Call    `json:"call"` // who asks
		Queue  id.Queue   `json:"queue"`
		Number tel.Number `json:"number"`
	}
)

func (BookCallback) acdSignal()   {}
func (CallbackEnded) acdSignal()  {}
func (CancelCallback) acdSignal() {}
func (FindCallback) acdSignal()   {}

type (
	// CallbackBooked says that a place is kept.
	CallbackBooked struct {
		Call     id.Call     `json:"call"`
		Callback id.Callback `json:"callback"`
	}
	// CallbackRefused says why a place cannot be kept; a call that waits waits on.
	CallbackRefused struct {
		Call     id.Call     `json:"call"`
		Callback id.Callback `json:"callback"`
		Why      string      `json:"why"` // "pending" for this number already, "full", "closed" or "unknown" queue
	}
	// CallbackFound answers FindCallback; Callback is empty when none pends.
	CallbackFound struct {
		Call      id.Call     `json:"call"`
		Callback  id.Callback `json:"callback,omitempty"`
		Queue     id.Queue    `json:"queue"`
		EnteredAt time.Time   `json:"entered_at,omitzero"`
	}
	// PlaceCallback asks for a new call, of the id that it names, which makes one attempt. Agent first (Agent is set): the
	// call rings that agent for the offer as if it had been Offered, and dials the customer when the agent has answered;
	// the offer ends as every other does. Customer first (Agent is empty): the call dials the customer at once, and
	// enqueues itself with Callback when the customer answers.
	PlaceCallback struct {
		Callback    id.Callback `json:"callback"`
		Call        id.Call     `json:"call"`
		Queue       id.Queue    `json:"queue"`
		Number      tel.Number  `json:"number"`
		Attempt     int         `json:"attempt"` // 1 and up; an offer that nobody took does not count
		EnteredAt   time.Time   `json:"entered_at"`
		Agent       id.Agent    `json:"agent,omitempty"`
		Offer       id.Offer    `json:"offer,omitempty"`
		RingSeconds int         `json:"ring_seconds,omitempty"`
		Skipped     []Skip      `json:"skipped,omitempty"`
		SkippedMore int         `json:"skipped_more,omitempty"`
	}
)

func (CallbackBooked) acdAction()  {}
func (CallbackRefused) acdAction() {}
func (CallbackFound) acdAction()   {}
func (PlaceCallback) acdAction()   {}

// CallbackKept tells what a callback is now, to be stored: its BookCallback, with Resumed set, is what a rebuilt ACD is
// told again. It has gone when Left is told of it, whose Call is the callback's id.
type CallbackKept struct {
	BookCallback
}

func (CallbackKept) acdEvent() {}
