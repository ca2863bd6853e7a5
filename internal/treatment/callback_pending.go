package treatment

import (
	"time"

	"parley/internal/prompt"
)

// A caller who calls again while a callback pends may take its place on the line, or give it up (BX-3).
const (
	callbackPends Callback = "pends" // press 1 for the place, 2 for no callback

	playPending = "pending"
	playDropped = "dropped"
)

// pends notes that a callback pends for the caller: it is said once, and no other is offered.
func (w *Wait) pends(t *turn) {
	w.Pends, w.OfferAt = true, time.Time{}
	if t.Tag == "" && w.Callback == "" && !w.Asking {
		w.next(t)
	}
}

func (w *Wait) sayPending(t *turn) {
	w.Pends, w.Callback = false, callbackPends
	t.sleep()
	t.play(playPending, prompt.OfStandard(prompt.CallbackPending))
}

func (w *Wait) keyedPending(t *turn, key string) {
	switch key {
	case "1":
		t.do(Keyed{Keys: key, Result: ResultReclaimed}, WantPlaceBack{})
		w.next(t)
	case "2":
		t.do(Keyed{Keys: key, Result: ResultDropped}, DropCallback{})
		w.Callback = ""
		t.play(playDropped, prompt.OfStandard(prompt.CallbackDropped))
	case w.Plan.OptOut:
		w.optOut(t)
	}
}
