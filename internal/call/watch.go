package call

import (
	"fmt"
	"time"

	"parley/internal/id"
)

// WatchMode is what a supervisor does in a call (MN-4).
type WatchMode string

// The modes. In each of them the supervisor hears what the watched agent's line sounds of.
const (
	Listen WatchMode = "listen" // is heard by nobody
	Coach  WatchMode = "coach"  // is heard by the watched agent alone
	Barge  WatchMode = "barge"  // is heard by all who talk with that agent
)

// Known tells whether there is such a mode.
func (m WatchMode) Known() bool { return m == Listen || m == Coach || m == Barge }

// From supervisors; an error says why not.
type (
	// Watch brings a supervisor to an agent who talks in this call, by a ring of the supervisor's devices.
	Watch struct {
		Agent id.Agent  `json:"agent"` // the supervisor's own
		Name  string    `json:"name,omitempty"`
		On    id.Agent  `json:"on"` // who is watched
		Mode  WatchMode `json:"mode"`
	}
	// SetWatch goes on in another mode, by the same leg.
	SetWatch struct {
		Agent id.Agent  `json:"agent"`
		Mode  WatchMode `json:"mode"`
	}
	// StopWatch ends it, from a ring on.
	StopWatch struct {
		Agent id.Agent `json:"agent"`
	}
)

// WatchState is how far a supervisor is.
type WatchState string

// The states of watching.
const (
	WatchAsking  WatchState = "asking"  // the ACD for the supervisor's place
	WatchRinging WatchState = "ringing" // the supervisor's devices
	WatchOn      WatchState = "on"
)

// Watching is the supervisor of a call. There is one at a time: two who coach would talk across each other, and neither would know.
// The supervisor is beside the conversation: it has no say in whether it goes on, and ends with the part of the agent who is watched.
type Watching struct {
	Number int        `json:"number"`
	Agent  id.Agent   `json:"agent"` // the supervisor's own
	Name   string     `json:"name,omitempty"`
	On     id.Agent   `json:"on"`
	Mode   WatchMode  `json:"mode"`
	State  WatchState `json:"state"`
	Since  time.Time  `json:"since"`           // when the state began
	Helps  bool       `json:"helps,omitempty"` // the agent has asked for it (AS-1)
}

// The events of watching. Every WatchAsked is followed by exactly one WatchOver.
type (
	// WatchAsked says that a supervisor asks to be brought to an agent's call.
	WatchAsked struct {
		Number int       `json:"number"`
		Agent  id.Agent  `json:"agent"`
		On     id.Agent  `json:"on"`
		Mode   WatchMode `json:"mode"`
	}
	// WatchBegan says that the supervisor hears the call now.
	WatchBegan struct {
		Number int       `json:"number"`
		Agent  id.Agent  `json:"agent"`
		On     id.Agent  `json:"on"`
		Mode   WatchMode `json:"mode"`
	}
	// WatchChanged says that the supervisor goes on in another mode.
	WatchChanged struct {
		Number int       `json:"number"`
		Agent  id.Agent  `json:"agent"`
		On     id.Agent  `json:"on"`
		Mode   WatchMode `json:"mode"`
	}
	// WatchOver is its one end. Lasted is 0 where it never began: then Why says in words why not, if not by the supervisor's wish.
	WatchOver struct {
		Number int           `json:"number"`
		Agent  id.Agent      `json:"agent"`
		On     id.Agent      `json:"on"`
		Mode   WatchMode     `json:"mode"` // the latest
		Lasted time.Duration `json:"lasted,omitempty"`
		Why    string        `json:"why,omitempty"`
	}
)

func (Watch) callSignal()       {}
func (SetWatch) callSignal()    {}
func (StopWatch) callSignal()   {}
func (WatchAsked) callEvent()   {}
func (WatchBegan) callEvent()   {}
func (WatchChanged) callEvent() {}
func (WatchOver) callEvent()    {}

// WatchedError says that another supervisor is there already; it is an ErrNotNow.
type WatchedError struct{ By id.Agent }

func (e *WatchedError) Error() string {
	return fmt.Sprintf("agent %s supervises this call already", e.By)
}
func (e *WatchedError) Is(target error) bool { return target == ErrNotNow }

// askedToWatch is what a supervisor asks, and an agent of the supervisors.
func (t *turn) askedToWatch(signal Signal) error {
	if t.Stage == Ended {
		return refusal("the call has ended")
	}
	if t.Page != nil {
		return onlyHeard
	}
	switch s := signal.(type) {
	case Watch:
		return t.watch(s)
	case SetWatch:
		return t.setWatch(s)
	case StopWatch:
		return t.stopWatch(s)
	case AskHelp:
		return t.askHelp(s)
	case EndHelp:
		return t.endHelp(s)
	}
	return nil
}

// watch asks for the supervisor's place.
func (t *turn) watch(s Watch) error {
	if err := t.mayWatch(s); err != nil {
		return err
	}
	t.Moves++
	t.Watching = &Watching{Number: t.Moves, Agent: s.Agent, Name: s.Name, On: s.On, Mode: s.Mode, State: WatchAsking, Since: t.now}
	seat := t.seat(s.Agent)
	seat.Purpose, seat.Asked, seat.Freed, seat.Number = forWatch, true, false, t.Moves
	t.do(Reserve{Agent: s.Agent, Purpose: forWatch, Number: t.Moves})
	t.tell(WatchAsked{Number: t.Moves, Agent: s.Agent, On: s.On, Mode: s.Mode})
	return nil
}

func (t *turn) mayWatch(s Watch) error {
	w, on := t.Watching, t.party(s.On)
	switch {
	case s.Agent == "" || !s.Mode.Known():
		return refusal("choose to listen, to coach or to barge in")
	case w != nil && w.Agent == s.Agent:
		return refusal("you supervise this call already")
	case w != nil:
		return &WatchedError{By: w.Agent}
	case s.Agent == s.On || t.here(s.Agent):
		return refusal("you are in this call yourself")
	case t.Stage != Active || on == nil || on.State != Joined:
		return refusal("this agent talks to nobody in this call now")
	}
	return nil
}

// here tells whether an agent is in the call, beside it, or being called to it.
func (c *Call) here(agent id.Agent) bool {
	s := c.findSeat(agent)
	return c.party(agent) != nil || s != nil && (s.Asked || s.Taking || s.Place || s.Station)
}

// watchOf is the watching of this supervisor, or the refusal to anybody else.
func (t *turn) watchOf(agent id.Agent) (*Watching, error) {
	if w := t.Watching; w != nil && w.Agent == agent {
		return w, nil
	}
	return nil, refusal("you do not supervise this call")
}

func (t *turn) setWatch(s SetWatch) error {
	w, err := t.watchOf(s.Agent)
	switch {
	case err != nil:
		return err
	case !s.Mode.Known():
		return refusal("choose to listen, to coach or to barge in")
	case w.Mode == s.Mode:
		return nil
	}
	next := *w
	next.Mode = s.Mode
	t.Watching = &next
	if next.State == WatchOn {
		t.tell(WatchChanged{Number: w.Number, Agent: w.Agent, On: w.On, Mode: s.Mode})
		t.helped()
	}
	return nil
}

func (t *turn) stopWatch(s StopWatch) error {
	if _, err := t.watchOf(s.Agent); err != nil {
		return err
	}
	t.overWatch("")
	return nil
}
