package dialin

import (
	"time"

	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/tel"
)

// How many keys a field takes at most; the hash key, or a pause, ends it sooner.
const (
	MostID    = 6 // an extension (AG-6)
	PINLength = 6 // VC-2
)

// Signal is anything that reaches the call.
type Signal interface{ dialInSignal() }

type (
	// Begin comes first.
	Begin struct{}
	// LegUp says that our answer has arrived.
	LegUp struct{}
	// LegEnded is the last word about the leg.
	LegEnded struct{}
	// KeyPressed says that a key was pressed, and not which.
	KeyPressed struct{}
	// FieldDone says that the field is complete.
	FieldDone struct{}
	// Checked is the vault's answer to Check.
	Checked struct {
		Verdict Verdict  `json:"verdict"`
		Agent   id.Agent `json:"agent,omitempty"` // when it fits
	}
	// Said says that what Say began has been heard to its end.
	Said struct{}
	// TimeUp is heard when a timer has run out.
	TimeUp struct {
		Timer string `json:"timer"`
	}
)

func (Begin) dialInSignal()      {}
func (LegUp) dialInSignal()      {}
func (LegEnded) dialInSignal()   {}
func (KeyPressed) dialInSignal() {}
func (FieldDone) dialInSignal()  {}
func (Checked) dialInSignal()    {}
func (Said) dialInSignal()       {}
func (TimeUp) dialInSignal()     {}

// Verdict is what the vault thinks of id and PIN.
type Verdict string

// The verdicts. An id that nobody has is Unfit like a wrong PIN, so that nobody learns which ids there are.
const (
	Fits   Verdict = "fits"
	Unfit  Verdict = "unfit"
	Locked Verdict = "locked" // 5 wrong tries lock for 15 minutes
)

// Outcome is what one signal led to, in order.
type Outcome struct{ Actions []Action }

// Action is something that the call wants done.
type Action interface{ dialInAction() }

// Words is what the caller is told.
type Words string

// The words.
const (
	AskID  Words = "ask_id"
	AskPIN Words = "ask_pin"
	Wrong  Words = "wrong"
	Later  Words = "later"
)

type (
	// Answer answers the leg: LegUp follows, or LegEnded.
	Answer struct {
		Leg id.Leg `json:"leg"`
	}
	// Say tells the caller something: Said follows, unless Hush or another Say comes first.
	Say struct {
		Leg   id.Leg  `json:"leg"`
		Words []Words `json:"words"`
	}
	// Hush ends it.
	Hush struct {
		Leg id.Leg `json:"leg"`
	}
	// Collect has the vault take the keys that come from now on as a field: KeyPressed and FieldDone follow.
	Collect struct {
		Leg   id.Leg `json:"leg"`
		Field Stage  `json:"field"`
		Most  int    `json:"most"`
	}
	// Check has the vault compare, and forget the keys: Checked follows.
	Check struct {
		Leg id.Leg `json:"leg"`
	}
	// Pass gives the leg to the agent's station.
	Pass struct {
		Leg   id.Leg   `json:"leg"`
		Agent id.Agent `json:"agent"`
	}
	// End hangs up.
	End struct {
		Leg   id.Leg    `json:"leg"`
		Cause tel.Cause `json:"cause"`
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

func (Answer) dialInAction()    {}
func (Say) dialInAction()       {}
func (Hush) dialInAction()      {}
func (Collect) dialInAction()   {}
func (Check) dialInAction()     {}
func (Pass) dialInAction()      {}
func (End) dialInAction()       {}
func (SetTimer) dialInAction()  {}
func (StopTimer) dialInAction() {}

// Signals and Actions know the words for stories and replay.
var (
	Signals = owner.NewDictionary[Signal](
		Begin{}, LegUp{}, LegEnded{}, KeyPressed{}, FieldDone{}, Checked{}, Said{}, TimeUp{},
	)
	Actions = owner.NewDictionary[Action](
		Answer{}, Say{}, Hush{}, Collect{}, Check{}, Pass{}, End{}, SetTimer{}, StopTimer{},
	)
)
