package treatment

import (
	"parley/internal/dest"
	"parley/internal/tel"
)

// Action is something that a treatment wants done, or that has happened in it.
type Action interface{ treatmentAction() }

// What is wanted.
type (
	// Over says that the treatment has ended, and how.
	Over struct {
		How How              `json:"how"`
		To  dest.Destination `json:"to,omitzero"` // where the call goes now, if the treatment says
		// Precedence is how the caller waits in queues from now on.
		Precedence Precedence `json:"precedence,omitzero"`
		// Number is who is to be called, of CallsBack.
		Number tel.Number `json:"number,omitempty"`
	}
	// WantExtension asks who has an extension: the call goes there, or Unknown follows.
	WantExtension struct {
		Keys string `json:"keys"`
	}
	// WantPlace asks for the caller's place in the queue: Placed follows, unless nobody knows.
	WantPlace struct{}
	// WantCallback asks for a call back at a number, empty for the caller's own: CallbackTaken follows.
	WantCallback struct {
		Number tel.Number `json:"number,omitempty"`
	}
	// WantPlaceBack asks for the place that a callback of the caller's keeps, in exchange for it.
	WantPlaceBack struct{}
	// DropCallback gives that callback up.
	DropCallback struct{}
	// StartRecord begins the recording of a message, EndRecord ends it.
	StartRecord struct{}
	// EndRecord ends the recording of a message.
	EndRecord struct{}
)

// What has happened, for the call's timeline (IV-8).
type (
	// Asked says that a menu's prompt is played, for which time.
	Asked struct {
		Try int `json:"try"`
	}
	// Keyed says what a caller entered and what came of it. Result is one of the words below.
	Keyed struct {
		Keys   string `json:"keys,omitempty"`
		Result string `json:"result"`
	}
	// NoticeHeard says that the recording notice was heard to its end (RC-9).
	NoticeHeard struct{}
	// Said says what the caller was told of the wait.
	Said struct {
		Position int `json:"position,omitempty"`
		Minutes  int `json:"minutes,omitempty"` // 0: nothing was said of it
	}
	// Scored is the answer to a question of the survey, from 1 to 5 (QU-20).
	Scored struct {
		Question string `json:"question"`
		Score    int    `json:"score"`
	}
)

// How a treatment ended.
type How string

// The ways.
const (
	Chosen   How = "chosen"   // an option of a menu
	Default  How = "default"  // of a menu: nothing was chosen
	OptedOut How = "opt_out"  // of a wait: the caller leaves a message (QU-8)
	Called   How = "callback" // of a wait: the caller is called back (QU-11)
	Done     How = "done"     // all was heard, said or answered
	// CallsBack is how a caller leaves a mailbox for a call to who has left a message.
	CallsBack How = "calls_back"
)

// The results of what a caller entered.
const (
	ResultChosen    = "chosen"
	ResultExtension = "extension"
	ResultInvalid   = "invalid"
	ResultNothing   = "nothing" // no key in time
	ResultReclaimed = "reclaimed"
	ResultDropped   = "callback_dropped"
)

func (Over) treatmentAction()          {}
func (WantExtension) treatmentAction() {}
func (WantPlace) treatmentAction()     {}
func (WantCallback) treatmentAction()  {}
func (WantPlaceBack) treatmentAction() {}
func (DropCallback) treatmentAction()  {}
func (StartRecord) treatmentAction()   {}
func (EndRecord) treatmentAction()     {}
func (Asked) treatmentAction()         {}
func (Keyed) treatmentAction()         {}
func (NoticeHeard) treatmentAction()   {}
func (Said) treatmentAction()          {}
func (Scored) treatmentAction()        {}
