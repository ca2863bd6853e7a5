// Package treatment decides what a caller hears with nobody on the line.
package treatment

import "parley/internal/prompt"

// Signal is anything that reaches a treatment.
type Signal interface{ treatmentSignal() }

type (
	// Begin starts the wait: the greeting once, the recording notice once, then hold audio until Stop (QU-3, RC-9).
	Begin struct {
		Greeting  prompt.Prompt `json:"greeting,omitzero"`
		Notice    prompt.Prompt `json:"notice,omitzero"`
		HoldAudio string        `json:"hold_audio,omitempty"` // empty: the organisation's
	}
	// PlayEnded says that what a Play of this tag asked for has been heard.
	PlayEnded struct {
		Tag string `json:"tag"`
	}
	// Stop ends the treatment: somebody is there, or the caller has gone.
	Stop struct{}
)

func (Begin) treatmentSignal()     {}
func (PlayEnded) treatmentSignal() {}
func (Stop) treatmentSignal()      {}
