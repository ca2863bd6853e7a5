package acd

import (
	"fmt"
	"time"

	"parley/internal/id"
)

// wrap is a wrap-up that counts down (QU-9).
type wrap struct {
	Call   id.Call       `json:"call"`
	Queue  id.Queue      `json:"queue"`
	Ends   time.Time     `json:"ends"`
	Left   int           `json:"left,omitempty"` // extensions that are left
	Extend time.Duration `json:"extend"`
}

// beginWrap starts the countdown that the call's queue asked for when the call was answered.
func (t *turn) beginWrap(a *agent, p *place) {
	lasts := time.Duration(p.Terms.WrapUpSeconds) * time.Second
	a.Wrap = &wrap{
		Call: p.Call, Queue: p.Queue, Ends: t.now.Add(lasts),
		Left: p.Terms.MaxExtensions, Extend: time.Duration(p.Terms.ExtendSeconds) * time.Second,
	}
	t.do(SetTimer{Timer: wrapTimer(a), After: lasts})
	t.tellWrap(a, System)
}

func (t *turn) tellWrap(a *agent, by Trigger) {
	w := a.Wrap
	t.become(a, StatusChanged{To: WrapUp, Trigger: by, Call: w.Call, Queue: w.Queue, WrapEnds: w.Ends, Left: w.Left})
}

// forgetWrap ends a wrap-up without settling the agent.
func (t *turn) forgetWrap(a *agent) {
	if a.Wrap != nil {
		a.Wrap = nil
		t.do(StopTimer{Timer: wrapTimer(a)})
	}
}

func (t *turn) endWrap(a *agent) error {
	if a.Wrap == nil {
		return fmt.Errorf("end wrap-up of agent %s: not in wrap-up: %w", a.ID, ErrNotNow)
	}
	t.forgetWrap(a)
	t.settle(a, Manual)
	return nil
}

func (t *turn) extendWrap(a *agent) error {
	switch {
	case a.Wrap == nil:
		return fmt.Errorf("extend wrap-up of agent %s: not in wrap-up: %w", a.ID, ErrNotNow)
	case a.Wrap.Left <= 0:
		return fmt.Errorf("extend wrap-up of agent %s: no extension is left: %w", a.ID, ErrNotNow)
	}
	a.Wrap.Left--
	a.Wrap.Ends = t.now.Add(a.Wrap.Extend)
	t.do(SetTimer{Timer: wrapTimer(a), After: a.Wrap.Extend})
	t.tellWrap(a, Manual)
	return nil
}
