package treatment

import (
	"time"

	"parley/internal/prompt"
	"parley/internal/tel"
)

// Signal is anything that reaches a treatment.
type Signal interface{ treatmentSignal() }

type (
	// Begin begins one treatment in place of any other; exactly one of its plans is set.
	Begin struct {
		Menu         *MenuPlan         `json:"menu,omitempty"`
		Wait         *WaitPlan         `json:"wait,omitempty"`
		Again        bool              `json:"again,omitempty"` // back in the queue: no greeting, no notice
		Mailbox      *MailboxPlan      `json:"mailbox,omitempty"`
		Announcement *AnnouncementPlan `json:"announcement,omitempty"`
		Survey       *SurveyPlan       `json:"survey,omitempty"`
		Access       *AccessPlan       `json:"access,omitempty"`
		Language     prompt.Language   `json:"language,omitempty"` // of prompts that have none
	}
	// PlayEnded says that what was played under this tag has been heard.
	PlayEnded struct {
		Tag string `json:"tag"`
	}
	// Digit is a key that the caller pressed.
	Digit struct {
		Digit tel.Digit `json:"digit"`
	}
	// Wake says that the moment Due has come.
	Wake struct{}
	// Unknown says that nobody has the extension that was asked for.
	Unknown struct{}
	// Placed is the caller's place in the queue. Position 0 says that the caller has none; Wait is negative where nothing is
	// known of it.
	Placed struct {
		Position int           `json:"position"`
		Wait     time.Duration `json:"wait"`
	}
	// CallbackTaken answers WantCallback.
	CallbackTaken struct {
		Taken bool `json:"taken"`
	}
	// CallbackPends says that a callback of the caller's pends, who calls again.
	CallbackPends struct{}
	// Quiet says that the caller has not spoken for SilenceEnds.
	Quiet struct{}
	// Stopped says that the recording has ended by itself.
	Stopped struct{}
	// Stop ends the treatment: somebody is there, or the caller has gone.
	Stop struct{}
)

func (Begin) treatmentSignal()         {}
func (PlayEnded) treatmentSignal()     {}
func (Digit) treatmentSignal()         {}
func (Wake) treatmentSignal()          {}
func (Unknown) treatmentSignal()       {}
func (Placed) treatmentSignal()        {}
func (CallbackTaken) treatmentSignal() {}
func (CallbackPends) treatmentSignal() {}
func (Quiet) treatmentSignal()         {}
func (Stopped) treatmentSignal()       {}
func (Stop) treatmentSignal()          {}
