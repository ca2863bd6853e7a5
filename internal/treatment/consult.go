package treatment

import (
	"time"

	"parley/internal/id"
)

// Deed is what a caller in a mailbox wants of the house.
type Deed string

// The deeds. The first five are answered with Told, the others have no answer.
const (
	OpenBox       Deed = "open"           // with what was keyed as PIN, and as mailbox where none is named
	FetchMessage  Deed = "fetch_message"  // make its sound ready
	FetchGreeting Deed = "fetch_greeting" // make the sound of a recording ready
	KeepGreeting  Deed = "keep_greeting"  // a recording becomes the mailbox's greeting
	ChangePIN     Deed = "change_pin"     // to what was keyed twice

	MarkHeard     Deed = "mark_heard"
	MarkNew       Deed = "mark_new"
	DeleteMessage Deed = "delete"
	DropGreeting  Deed = "drop_greeting" // nobody wants the recording
)

// Verdict is what came of it.
type Verdict string

// The verdicts. A mailbox that does not exist is Unfit like a wrong PIN, so that nobody learns which there are.
const (
	Fits    Verdict = "fits"
	Unfit   Verdict = "unfit"
	Unequal Verdict = "unequal" // the new PIN was keyed in two ways
	Locked  Verdict = "locked"  // too many wrong PINs
	Failed  Verdict = "failed"
)

// What is wanted of the house.
type (
	// Collect has the keys that follow taken as a field, by which the treatment does not learn them: KeyPressed and FieldDone
	// follow. The hash key ends the field, or so many keys.
	Collect struct {
		Field AccessStage `json:"field"`
		Most  int         `json:"most"`
	}
	// Consult wants something done about a mailbox. Serial is that of the answer, where there is one.
	Consult struct {
		Serial    int          `json:"serial,omitempty"`
		Do        Deed         `json:"do"`
		Mailbox   id.Mailbox   `json:"mailbox,omitempty"`
		Message   id.Message   `json:"message,omitempty"`
		Recording id.Recording `json:"recording,omitempty"`
		Outside   bool         `json:"outside,omitempty"` // OpenBox: for whoever calls from outside
	}
	// StartGreeting begins the recording of a greeting: Taped follows, once, also when it ends by itself.
	StartGreeting struct {
		Mailbox id.Mailbox `json:"mailbox"`
	}
	// EndGreeting ends it.
	EndGreeting struct{}
)

// What is heard of it.
type (
	// KeyPressed says that a key of a field was pressed, and not which.
	KeyPressed struct{}
	// FieldDone says that the field is complete.
	FieldDone struct{}
	// Told answers a Consult.
	Told struct {
		Serial   int        `json:"serial"`
		Verdict  Verdict    `json:"verdict"`
		Mailbox  id.Mailbox `json:"mailbox,omitempty"`  // OpenBox: the one that is open
		Messages []Kept     `json:"messages,omitempty"` // OpenBox: new ones first
		Audio    string     `json:"audio,omitempty"`    // FetchMessage, FetchGreeting: the name of the sound; empty: there is none
	}
	// Taped says that a greeting was recorded. Below ShortestGreeting it is none.
	Taped struct {
		Recording id.Recording  `json:"recording,omitempty"`
		Duration  time.Duration `json:"duration"`
	}
)

func (Collect) treatmentAction()       {}
func (Consult) treatmentAction()       {}
func (StartGreeting) treatmentAction() {}
func (EndGreeting) treatmentAction()   {}
func (KeyPressed) treatmentSignal()    {}
func (FieldDone) treatmentSignal()     {}
func (Told) treatmentSignal()          {}
func (Taped) treatmentSignal()         {}
