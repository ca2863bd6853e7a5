package dialing

import (
	"errors"
	"fmt"
	"time"

	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/tel"
)

// Guard is what an organisation's outbound calls share: overrides of the class of service (CS-5), what was spent and who is
// locked (BX-15). Emergency calls do not ask it. It is a machine: only its owner may touch it.
type Guard struct {
	tolls     Tolls
	overrides []Override // open, or approved and not used yet
	locks     map[id.Agent]Lock
	spent     ledger
	bursts    map[burst][]time.Time
}

// NewGuard gives a guard with the default caps; nothing has been spent.
func NewGuard() *Guard {
	return &Guard{tolls: StandardTolls(), locks: map[id.Agent]Lock{}, spent: newLedger(), bursts: map[burst][]time.Time{}}
}

// ErrNotNow is the refusal of a request that makes no sense now.
var ErrNotNow = errors.New("not possible now")

// notNow says to a person why not; it is ErrNotNow to errors.Is.
type notNow string

func (n notNow) Error() string { return string(n) }
func (n notNow) Unwrap() error { return ErrNotNow }

// GuardSignal is anything that reaches a guard.
type GuardSignal interface{ guardSignal() }

// The signals.
type (
	// Configure sets the caps.
	Configure struct {
		Tolls Tolls `json:"tolls"`
	}
	// Seed tells what was before the guard began: finished calls of the last day, and locks.
	Seed struct {
		Past  []Past `json:"past,omitempty"`
		Locks []Lock `json:"locks,omitempty"`
	}
	// Ask wants leave for a call; exactly one Reply with its ticket follows.
	Ask struct {
		Ticket        string     `json:"ticket"`
		Call          id.Call    `json:"call"`
		Agent         id.Agent   `json:"agent,omitempty"` // empty: the organisation itself
		Number        tel.Number `json:"number"`
		Trunks        []id.Trunk `json:"trunks"` // that may be tried, in order
		International bool       `json:"international,omitempty"`
		Premium       bool       `json:"premium,omitempty"`
		Blocked       Rule       `json:"blocked,omitempty"` // by the class; an override lets it pass
		Class         ClassName  `json:"class,omitzero"`
	}
	// Talking says that a call which was given leave was answered.
	Talking struct {
		Call id.Call `json:"call"`
	}
	// Through says which trunk carries a call, when it is another than the first.
	Through struct {
		Call  id.Call  `json:"call"`
		Trunk id.Trunk `json:"trunk"`
	}
	// Over says that a call has ended.
	Over struct {
		Call id.Call `json:"call"`
	}
	// RequestOverride is an agent's wish to call a number that the class does not allow.
	RequestOverride struct {
		ID     string     `json:"id"`
		Agent  id.Agent   `json:"agent"`
		Number tel.Number `json:"number"`
		Note   string     `json:"note,omitempty"`
		Rule   Rule       `json:"rule"`
		Class  ClassName  `json:"class"`
	}
	// AnswerOverride is a supervisor's word; the first one counts.
	AnswerOverride struct {
		ID      string  `json:"id"`
		By      id.User `json:"by"`
		Name    string  `json:"name,omitempty"`
		Approve bool    `json:"approve"`
	}
	// Unlock lets an agent place calls again.
	Unlock struct {
		Agent id.Agent `json:"agent"`
		By    id.User  `json:"by"`
	}
	// TimeUp is heard when a timer has run out.
	TimeUp struct {
		Timer string `json:"timer"`
	}
)

// GuardAction is something a guard wants done.
type GuardAction interface{ guardAction() }

// The actions.
type (
	// Reply answers an Ask: the trunks that may be tried, or why the call is refused.
	Reply struct {
		Ticket  string     `json:"ticket"`
		Trunks  []id.Trunk `json:"trunks,omitempty"`
		Refusal *Refusal   `json:"refusal,omitempty"`
	}
	// SetTimer asks for TimeUp after a while.
	SetTimer struct {
		Timer string        `json:"timer"`
		After time.Duration `json:"after"`
	}
	// StopTimer forgets a timer.
	StopTimer struct {
		Timer string `json:"timer"`
	}
)

// GuardEvent is something that has happened.
type GuardEvent interface{ guardEvent() }

// The events.
type (
	// Logged is an entry of the audit of classes (CS-6).
	Logged struct {
		Action     LogAction  `json:"action"`
		Agent      id.Agent   `json:"agent"`
		Supervisor id.User    `json:"supervisor,omitempty"`
		Number     tel.Number `json:"number"`
		Class      ClassName  `json:"class"`
		Rule       Rule       `json:"rule"`
	}
	// Overridden says how an override stands.
	Overridden struct {
		Override Override `json:"override"`
	}
	// Locked says that an agent may not dial out any more.
	Locked struct {
		Lock Lock `json:"lock"`
	}
	// Unlocked says that an administrator has opened a lock.
	Unlocked struct {
		Agent id.Agent `json:"agent"`
		By    id.User  `json:"by"`
	}
)

// LogAction is what the audit of classes tells of (CS-6).
type LogAction string

// The actions.
const (
	LogBlocked   LogAction = "blocked"
	LogRequested LogAction = "override_requested"
	LogApproved  LogAction = "override_approved"
	LogDenied    LogAction = "override_denied"
	LogTimeout   LogAction = "override_timeout"
)

// GuardOutcome is what one signal led to, in order.
type GuardOutcome struct {
	Actions []GuardAction
	Events  []GuardEvent
}

// guardTurn is the handling of one signal.
type guardTurn struct {
	*Guard
	now time.Time
	out GuardOutcome
}

func (t *guardTurn) do(a GuardAction)  { t.out.Actions = append(t.out.Actions, a) }
func (t *guardTurn) tell(e GuardEvent) { t.out.Events = append(t.out.Events, e) }

// Handle moves the guard on. An error means that nothing has changed.
func (g *Guard) Handle(now time.Time, signal GuardSignal) (GuardOutcome, error) {
	t := &guardTurn{Guard: g, now: now}
	if err := t.take(signal); err != nil {
		return GuardOutcome{}, fmt.Errorf("%s: %w", owner.Word(signal), err)
	}
	return t.out, nil
}

// Ended is never.
func (g *Guard) Ended() bool { return false }

func (t *guardTurn) take(signal GuardSignal) error {
	switch s := signal.(type) {
	case Configure:
		t.tolls, t.spent.rates = s.Tolls, newRates(s.Tolls.Rates)
	case Seed:
		t.seed(s)
	case Ask:
		t.ask(s)
	case Talking:
		t.spent.answered(s.Call, t.now)
	case Through:
		t.spent.through(s, t.now)
	case Over:
		t.spent.over(s.Call, t.now)
	case RequestOverride:
		return t.requestOverride(s)
	case AnswerOverride:
		return t.answerOverride(s)
	case Unlock:
		return t.unlock(s)
	case TimeUp:
		t.timeUp(s)
	}
	return nil
}

// ask gives leave or not: a lock first, then the class with its overrides, then the caps, then bursts.
func (t *guardTurn) ask(s Ask) {
	if lock, locked := t.locks[s.Agent]; locked {
		t.refuse(s, Refusal{Cause: tel.CauseNotAllowed, Why: lock.words()})
		return
	}
	at := t.override(s.Agent, s.Number)
	if s.Blocked != "" && at < 0 {
		t.tell(Logged{Action: LogBlocked, Agent: s.Agent, Number: s.Number, Class: s.Class, Rule: s.Blocked})
		t.refuse(s, Refusal{Cause: tel.CauseNotAllowed, Rule: s.Blocked, Why: s.Blocked.Words(s.Class.Name)})
		return
	}
	trunks, why := t.allowed(s)
	if why != "" {
		t.refuse(s, Refusal{Cause: tel.CauseNotAllowed, Why: why})
		return
	}
	if lock, is := t.bursting(s); is {
		t.locks[s.Agent] = lock
		t.tell(Locked{Lock: lock})
		t.refuse(s, Refusal{Cause: tel.CauseNotAllowed, Why: lock.words()})
		return
	}
	if s.Blocked != "" {
		t.useOverride(at)
	}
	t.spent.begin(s, trunks[0], t.now)
	t.do(Reply{Ticket: s.Ticket, Trunks: trunks})
}

func (t *guardTurn) refuse(s Ask, r Refusal) { t.do(Reply{Ticket: s.Ticket, Refusal: &r}) }

func (Configure) guardSignal()       {}
func (Seed) guardSignal()            {}
func (Ask) guardSignal()             {}
func (Talking) guardSignal()         {}
func (Through) guardSignal()         {}
func (Over) guardSignal()            {}
func (RequestOverride) guardSignal() {}
func (AnswerOverride) guardSignal()  {}
func (Unlock) guardSignal()          {}
func (TimeUp) guardSignal()          {}

func (Reply) guardAction()     {}
func (SetTimer) guardAction()  {}
func (StopTimer) guardAction() {}

func (Logged) guardEvent()     {}
func (Overridden) guardEvent() {}
func (Locked) guardEvent()     {}
func (Unlocked) guardEvent()   {}

// GuardSignals knows the words for stories.
var GuardSignals = owner.NewDictionary[GuardSignal](
	Configure{}, Seed{}, Ask{}, Talking{}, Through{}, Over{}, RequestOverride{}, AnswerOverride{}, Unlock{}, TimeUp{},
)
