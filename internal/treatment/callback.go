package treatment

import (
	"strings"
	"time"

	"parley/internal/prompt"
	"parley/internal/tel"
)

// CallbackPlan is how a caller is offered to be called back (QU-11, BX-3).
type CallbackPlan struct {
	After    int           `json:"after"`    // seconds of waiting, 0 to 3600
	Interval int           `json:"interval"` // seconds between offers, 30 to 3600
	Most     int           `json:"most"`     // offers in a call, 1 to 10
	Announce prompt.Prompt `json:"announce,omitzero"`
	Confirm  prompt.Prompt `json:"confirm,omitzero"`
	CallerID tel.Number    `json:"caller_id,omitempty"` // empty: the caller has to key a number
}

// Callback is where the talk about a call back is.
type Callback string

// The steps; empty: there is none.
const (
	callbackOffered Callback = "offered" // press 1
	callbackNumber  Callback = "number"  // press 1 for the caller's own, or key another
	callbackSure    Callback = "sure"    // it was read back: press 1
	callbackAsked   Callback = "asked"   // it was asked for
)

// What is played of it.
const (
	playOffer     = "offer"
	playNumber    = "number"
	playSure      = "sure"
	playConfirmed = "confirmed"
	playRefused   = "refused"
)

const (
	shortestNumber = 3
	longestNumber  = 15 // ITU-T E.164 §6
	usualOffers    = 3
	usualRepeat    = 120 // seconds between offers
)

// offer says that the caller can be called back; the offers of a call are counted.
func (w *Wait) offer(t *turn) {
	c := w.Plan.Callback
	w.Offers++
	w.OfferAt = t.now.Add(seconds(c.Interval, usualRepeat))
	if w.Offers >= orUsual(c.Most, usualOffers) {
		w.OfferAt = time.Time{}
	}
	w.Callback = callbackOffered
	t.sleep()
	t.play(playOffer, c.Announce.Or(prompt.OfStandard(prompt.CallbackOffer)))
}

func seconds(n, usual int) time.Duration { return time.Duration(orUsual(n, usual)) * time.Second }

func orUsual(n, usual int) int {
	if n > 0 {
		return n
	}
	return usual
}

func (w *Wait) keyedCallback(t *turn, key string) {
	switch w.Callback {
	case callbackPends:
		w.keyedPending(t, key)
	case callbackOffered:
		switch key {
		case "1":
			w.askNumber(t)
		case w.Plan.OptOut:
			w.optOut(t)
		default:
			w.next(t)
		}
	case callbackNumber:
		w.keyedNumber(t, key)
	case callbackAsked: // the answer is on its way
	case callbackSure:
		switch key {
		case "1":
			w.Callback = callbackAsked
			t.quiet()
			t.wake(forPlace)
			t.do(WantCallback{Number: w.number()})
		case "2":
			w.askNumber(t)
		}
	}
}

func (w *Wait) askNumber(t *turn) {
	w.Callback, w.Number = callbackNumber, ""
	t.sleep()
	t.play(playNumber, prompt.OfStandard(prompt.CallbackAsk))
}

// keyedNumber collects a number, which # or a pause ends.
func (w *Wait) keyedNumber(t *turn, key string) {
	t.quiet()
	switch {
	case key == "*":
		w.askNumber(t)
	case key == "#":
		w.numberDone(t)
	case len(w.Number) < longestNumber:
		w.Number += key
		t.wake(forAnswer)
		if w.own() {
			t.wake(betweenDigits)
		}
	}
}

// own tells whether the caller wants to be called at the number that the call came from: a 1, and nothing after it.
func (w *Wait) own() bool { return w.Number == "1" && w.Plan.Callback.CallerID != "" }

func (w *Wait) number() tel.Number {
	if w.own() {
		return w.Plan.Callback.CallerID
	}
	return tel.Number(w.Number)
}

// numberDone reads the number back, or asks again for one that can be none.
func (w *Wait) numberDone(t *turn) {
	if !w.own() && len(w.Number) < shortestNumber {
		w.askNumber(t)
		return
	}
	w.Callback = callbackSure
	t.sleep()
	t.play(playSure, prompt.OfStandard(prompt.CallbackRead), prompt.OfDigits(strings.TrimPrefix(string(w.number()), "+")),
		prompt.OfStandard(prompt.CallbackSure))
}

// unanswered ends a talk about a call back in which no key came; a number has been keyed to its end.
func (w *Wait) unanswered(t *turn) {
	if w.Callback == callbackNumber && w.Number != "" {
		w.numberDone(t)
		return
	}
	w.next(t)
}

// taken confirms the call back, or says that none can be taken.
func (w *Wait) taken(t *turn, s CallbackTaken) {
	if w.Callback != callbackAsked {
		return
	}
	t.sleep()
	if !s.Taken {
		w.Callback, w.OfferAt = "", time.Time{}
		t.play(playRefused, prompt.OfStandard(prompt.CallbackNot))
		return
	}
	t.do(Keyed{Keys: string(w.number()), Result: string(Called)})
	t.play(playConfirmed, w.Plan.Callback.Confirm.Or(prompt.OfStandard(prompt.CallbackDone)))
}
