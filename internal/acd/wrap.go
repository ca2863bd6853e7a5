package acd

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
)

// wrap is a wrap-up that counts down (QU-9), or that holds the agent until an outcome is chosen (CF-2).
type wrap struct {
	Call     id.Call       `json:"call"`
	Queue    id.Queue      `json:"queue"`
	Ends     time.Time     `json:"ends"`
	Left     int           `json:"left,omitempty"` // extensions that are left
	Extend   time.Duration `json:"extend"`
	Began    time.Time     `json:"began"`
	Talked   time.Duration `json:"talked,omitempty"`
	Outcome  string        `json:"outcome,omitempty"`  // chosen
	Required bool          `json:"required,omitempty"` // one must be
	Auto     string        `json:"auto,omitempty"`     // applied when none is
	Held     bool          `json:"held,omitempty"`     // over but for the outcome

	Outcomes []string `json:"outcomes,omitempty"` // that may be chosen; none: any
}

// beginWrap starts the countdown that the call's queue asked for when the call was answered.
func (t *turn) beginWrap(a *agent, p *place, talked time.Duration) {
	lasts := time.Duration(p.Terms.WrapUpSeconds) * time.Second
	a.Wrap = &wrap{
		Call: p.Call, Queue: p.Queue, Ends: t.now.Add(lasts), Left: p.Terms.MaxExtensions,
		Extend: time.Duration(p.Terms.ExtendSeconds) * time.Second,
		Began:  t.now, Talked: talked, Outcome: p.Outcome, Required: p.Terms.OutcomeRequired, Auto: p.Terms.AutoOutcome,
		Outcomes: p.Terms.Outcomes,
	}
	if lasts == 0 || !a.Up {
		a.Wrap.Ends = time.Time{}
		t.closeWrap(a)
		t.settle(a, System)
		return
	}
	t.do(SetTimer{Timer: wrapTimer(a), After: lasts})
	t.tellWrap(a, System, "")
}

func (t *turn) tellWrap(a *agent, by Trigger, who id.User) {
	w := a.Wrap
	t.become(a, StatusChanged{
		To: WrapUp, Trigger: by, By: who, Call: w.Call, Queue: w.Queue, WrapEnds: w.Ends, Left: w.Left, Held: w.Held,
		Required: w.Required && w.Auto == "",
	})
}

// lacks tells whether an outcome must still be chosen.
func (w *wrap) lacks() bool { return w.Required && w.Outcome == "" && w.Auto == "" }

// stopWrap ends a wrap-up's countdown without settling the agent. One that lacks its outcome stays, held.
func (t *turn) stopWrap(a *agent) {
	w := a.Wrap
	if w == nil {
		return
	}
	if !w.Ends.IsZero() {
		t.do(StopTimer{Timer: wrapTimer(a)})
	}
	t.closeWrap(a)
}

// closeWrap does what the end of a wrap-up brings.
func (t *turn) closeWrap(a *agent) {
	w := a.Wrap
	if w.lacks() {
		w.Held, w.Ends = true, time.Time{}
		return
	}
	a.Wrap = nil
	if w.Outcome == "" && w.Auto != "" {
		t.tell(OutcomeChosen{Agent: a.ID, Call: w.Call, Queue: w.Queue, Outcome: w.Auto, Auto: true})
	}
	t.handled(w.Queue, w.Talked+max(0, t.now.Sub(w.Began)))
}

// wrapOver hears that the time of a wrap-up is over.
func (t *turn) wrapOver(a *agent, timer string) {
	if a.Wrap == nil || a.Wrap.Ends.IsZero() || a.Status != WrapUp || !t.due(timer, a.Wrap.Ends, time.Hour) {
		return
	}
	t.closeWrap(a)
	if a.Wrap != nil {
		t.tellWrap(a, System, "")
		return
	}
	t.settle(a, System)
}

func (t *turn) endWrap(a *agent, s EndWrap) error {
	switch {
	case a.Wrap == nil || a.Status != WrapUp:
		return fmt.Errorf("end wrap-up of agent %s: not in wrap-up: %w", a.ID, ErrNotNow)
	case a.Wrap.lacks():
		return fmt.Errorf("end wrap-up of agent %s: %w", a.ID, ErrOutcome)
	}
	t.stopWrap(a)
	t.settleBy(a, Manual, s.By)
	return nil
}

func (t *turn) extendWrap(a *agent, s ExtendWrap) error {
	switch {
	case a.Wrap == nil || a.Status != WrapUp:
		return fmt.Errorf("extend wrap-up of agent %s: not in wrap-up: %w", a.ID, ErrNotNow)
	case a.Wrap.Held:
		return fmt.Errorf("extend wrap-up of agent %s: its time is over: %w", a.ID, ErrNotNow)
	case a.Wrap.Left <= 0:
		return fmt.Errorf("extend wrap-up of agent %s: no extension is left: %w", a.ID, ErrNotNow)
	}
	a.Wrap.Left--
	a.Wrap.Ends = t.now.Add(a.Wrap.Extend)
	t.do(SetTimer{Timer: wrapTimer(a), After: a.Wrap.Extend})
	t.tellWrap(a, Manual, s.By)
	return nil
}

// chooseOutcome notes the outcome of the call that the agent is in or wraps up; the last choice counts. It lets an
// agent go who was held for it (CF-2, SP-36).
func (t *turn) chooseOutcome(a *agent, s ChooseOutcome) error {
	p, w := a.Place, a.Wrap
	switch {
	case s.Outcome == "" || s.Call == "":
		return fmt.Errorf("outcome %q of call %q: %w", s.Outcome, s.Call, ErrInvalid)
	case p != nil && p.Call == s.Call && p.Talking && p.Queue != "":
		if !offers(p.Terms.Outcomes, s.Outcome) {
			return fmt.Errorf("outcome %q of call %q: %w", s.Outcome, s.Call, ErrInvalid)
		}
		p.Outcome = s.Outcome
		t.tell(OutcomeChosen{Agent: a.ID, Call: s.Call, Queue: p.Queue, Outcome: s.Outcome, By: s.By})
		return nil
	case a.Owed != nil && a.Owed.Place.Call == s.Call:
		if !offers(a.Owed.Place.Terms.Outcomes, s.Outcome) {
			return fmt.Errorf("outcome %q of call %q: %w", s.Outcome, s.Call, ErrInvalid)
		}
		a.Owed.Place.Outcome = s.Outcome
		t.tell(OutcomeChosen{Agent: a.ID, Call: s.Call, Queue: a.Owed.Place.Queue, Outcome: s.Outcome, By: s.By})
		return nil
	case w == nil || w.Call != s.Call:
		return fmt.Errorf("outcome of call %s by agent %s: neither in it nor in its wrap-up: %w", s.Call, a.ID, ErrNotNow)
	case !offers(w.Outcomes, s.Outcome):
		return fmt.Errorf("outcome %q of call %q: %w", s.Outcome, s.Call, ErrInvalid)
	}
	w.Outcome = s.Outcome
	t.tell(OutcomeChosen{Agent: a.ID, Call: w.Call, Queue: w.Queue, Outcome: w.Outcome, By: s.By})
	if !w.Held {
		return nil
	}
	t.closeWrap(a)
	if a.Status == WrapUp {
		t.settleBy(a, Manual, s.By)
	}
	return nil
}

// offers tells whether an outcome is one of those that may be chosen.
func offers(all []string, outcome string) bool { return len(all) == 0 || slices.Contains(all, outcome) }
