package dialing

import (
	"slices"
	"strings"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// How long an override waits for an answer, and an approval for its call (CS-5).
const (
	OverrideWaits = 60 * time.Second
	OverrideHolds = 5 * time.Minute
)

// OverrideState is how an override stands.
type OverrideState string

// The states.
const (
	OverrideRequested OverrideState = "requested"
	OverrideApproved  OverrideState = "approved"
	OverrideDenied    OverrideState = "denied"
	OverrideTimeout   OverrideState = "timeout" // nobody answered
	OverrideUsed      OverrideState = "used"    // its one call has begun
	OverrideLapsed    OverrideState = "lapsed"  // approved, but not used in time
)

// Override is the exception from a class of service that an agent asks for (CS-5).
type Override struct {
	ID     string        `json:"id"`
	Agent  id.Agent      `json:"agent"`
	Number tel.Number    `json:"number"`
	Note   string        `json:"note,omitempty"`
	Rule   Rule          `json:"rule"`
	Class  ClassName     `json:"class"`
	State  OverrideState `json:"state"`
	Until  time.Time     `json:"until"` // when an answer must be there, or when the approval lapses
	By     id.User       `json:"by,omitempty"`
	ByName string        `json:"by_name,omitempty"`
}

const overrideTimer = "override/"

func (t *guardTurn) requestOverride(s RequestOverride) error {
	switch {
	case s.Rule == "":
		return notNow("this call needs no permission")
	case t.locks[s.Agent] != Lock{}:
		return notNow(t.locks[s.Agent].words())
	}
	for _, o := range t.overrides {
		switch {
		case o.Agent == s.Agent && o.State == OverrideRequested:
			return notNow("you have asked already: wait for the answer")
		case o.Agent == s.Agent && o.Number == s.Number:
			return notNow("this call has been approved already")
		}
	}
	o := Override{
		ID: s.ID, Agent: s.Agent, Number: s.Number, Note: s.Note, Rule: s.Rule, Class: s.Class,
		State: OverrideRequested, Until: t.now.Add(OverrideWaits),
	}
	t.overrides = append(t.overrides, o)
	t.log(LogRequested, o)
	t.tell(Overridden{Override: o})
	t.do(SetTimer{Timer: overrideTimer + o.ID, After: OverrideWaits})
	return nil
}

func (t *guardTurn) answerOverride(s AnswerOverride) error {
	at := t.overrideNamed(s.ID)
	if at < 0 || t.overrides[at].State != OverrideRequested {
		return notNow("this request is over: somebody has answered it, or nobody did in time")
	}
	o := t.overrides[at]
	o.By, o.ByName = s.By, s.Name
	if !s.Approve {
		t.endOverride(at, OverrideDenied, o)
		t.log(LogDenied, o)
		return nil
	}
	o.State, o.Until = OverrideApproved, t.now.Add(OverrideHolds)
	t.overrides[at] = o
	t.log(LogApproved, o)
	t.tell(Overridden{Override: o})
	t.do(SetTimer{Timer: overrideTimer + o.ID, After: OverrideHolds})
	return nil
}

// override finds the approval that serves a call of an agent to a number, -1 when there is none.
func (t *guardTurn) override(agent id.Agent, number tel.Number) int {
	return slices.IndexFunc(t.overrides, func(o Override) bool {
		return o.Agent == agent && o.Number == number && o.State == OverrideApproved && t.now.Before(o.Until)
	})
}

func (t *guardTurn) overrideNamed(which string) int {
	return slices.IndexFunc(t.overrides, func(o Override) bool { return o.ID == which })
}

// useOverride spends an approval: it serves one call.
func (t *guardTurn) useOverride(at int) { t.endOverride(at, OverrideUsed, t.overrides[at]) }

func (t *guardTurn) endOverride(at int, state OverrideState, o Override) {
	o.State = state
	t.overrides = slices.Delete(t.overrides, at, at+1)
	t.do(StopTimer{Timer: overrideTimer + o.ID})
	t.tell(Overridden{Override: o})
}

// timeUp ends a request that nobody answered, or an approval that was not used.
func (t *guardTurn) timeUp(s TimeUp) {
	which, is := strings.CutPrefix(s.Timer, overrideTimer)
	at := t.overrideNamed(which)
	if !is || at < 0 {
		return
	}
	o := t.overrides[at]
	if o.State == OverrideApproved {
		t.endOverride(at, OverrideLapsed, o)
		return
	}
	t.endOverride(at, OverrideTimeout, o)
	t.log(LogTimeout, o)
}

func (t *guardTurn) log(action LogAction, o Override) {
	t.tell(Logged{Action: action, Agent: o.Agent, Supervisor: o.By, Number: o.Number, Class: o.Class, Rule: o.Rule})
}
