package acd

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/skill"
)

// StepState is where a call stands with one of its steps (BX-1).
type StepState string

// The states of steps.
const (
	StepInactive StepState = "inactive" // its turn has not come
	StepActive   StepState = "active"
	StepJoined   StepState = "joined"  // an agent answered whom this step let in
	StepExpired  StepState = "expired" // nobody answered in its time
)

// stage is a step of a waiting call.
type stage struct {
	Step
	State StepState `json:"state"`
	Ends  time.Time `json:"ends,omitzero"`

	asked skill.Expression
}

// parse checks a list of steps and reads their expressions.
func parse(steps []Step) ([]stage, error) {
	all := make([]stage, len(steps))
	for i, s := range steps {
		asked, err := skill.Parse(s.Skills)
		switch {
		case err != nil:
			return nil, fmt.Errorf("step %d: %w: %w", i+1, err, ErrInvalid)
		case s.ExpirySeconds < 0 || s.ExpirySeconds > 3600:
			return nil, fmt.Errorf("step %d: expiry of %d s, not 1 to 3600: %w", i+1, s.ExpirySeconds, ErrInvalid)
		case (s.Skills == "") == (len(s.Agents) == 0):
			return nil, fmt.Errorf("step %d: neither skills nor agents, or both: %w", i+1, ErrInvalid)
		}
		// Calls whose expressions are written the same stand in one list.
		s.Skills, s.Agents = asked.String(), slices.Clone(s.Agents)
		all[i] = stage{Step: s, State: StepInactive, asked: asked}
	}
	return all, nil
}

// step is the step in force, nil when any member may take the call.
func (c *waiting) step() *stage {
	if i := c.stage(); i < len(c.Steps) {
		return &c.Steps[i]
	}
	return nil
}

func (c *waiting) stage() int {
	for i := range c.Steps {
		if c.Steps[i].State == StepActive {
			return i
		}
	}
	return len(c.Steps)
}

// wants tells whether the step in force lets an agent take the call.
func (c *waiting) wants(a *agent) bool {
	switch s := c.step(); {
	case s == nil:
		return true
	case s.Skills != "":
		return s.asked.Fits(a.skills)
	default:
		return slices.Contains(s.Agents, a.ID)
	}
}

// beginSteps starts the steps' clock, which counts from the entry. A step whose time is over already has expired.
func (t *turn) beginSteps(c *waiting) {
	ends := c.EnteredAt
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.ExpirySeconds == 0 {
			break // those behind it never begin
		}
		ends = ends.Add(time.Duration(s.ExpirySeconds) * time.Second)
		s.Ends = ends
	}
	t.advance(c)
}

// advance puts the first step in force whose time is not over, and expires those before.
func (t *turn) advance(c *waiting) {
	for i := range c.Steps {
		s := &c.Steps[i]
		switch {
		case s.State == StepExpired:
			continue
		case !s.Ends.IsZero() && !s.Ends.After(t.now):
			t.stepTo(c, i, StepExpired)
			continue
		case s.State == StepInactive:
			t.stepTo(c, i, StepActive)
			if !s.Ends.IsZero() {
				t.do(SetTimer{Timer: stepTimer(c), After: s.Ends.Sub(t.now)})
			}
		}
		return
	}
}

func (t *turn) stepTo(c *waiting, i int, state StepState) {
	c.Steps[i].State = state
	t.tell(StepChanged{Call: c.Call, Queue: c.Queue, Step: i + 1, State: state})
}

// stepOver hears that the time of the step in force is over; offers that are open go on.
func (t *turn) stepOver(c *waiting, timer string) {
	s := c.step()
	if s == nil || s.Ends.IsZero() || !t.due(timer, s.Ends, time.Hour) {
		return
	}
	if q := t.queues[c.Queue]; q != nil {
		q.unlane(c)
	}
	t.advance(c)
	if c.inLine {
		t.wait(c)
	}
}

// joined tells through which step the agent who answered came. A callback goes on in its step when the customer is not
// reached.
func (t *turn) joined(c *waiting, stage int) {
	if stage < len(c.Steps) {
		t.tell(StepChanged{Call: c.Call, Queue: c.Queue, Step: stage + 1, State: StepJoined})
	}
}

// StepChanged tells how a call stands with its steps; it is kept with the call's record (BX-1).
type StepChanged struct {
	Call  id.Call   `json:"call"`
	Queue id.Queue  `json:"queue"`
	Step  int       `json:"step"` // 1 is the first
	State StepState `json:"state"`
}

func (StepChanged) acdEvent() {}
