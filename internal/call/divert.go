package call

import "parley/internal/tel"

// Diverted is what the one who is called outside may be told of a call that was sent on there.
type Diverted struct {
	// Withheld says that the caller has withheld the number.
	Withheld bool `json:"withheld,omitempty"`
	// Number is the number that was called; empty for a call from inside.
	Number tel.Number `json:"number,omitempty"`
	// Why is how the call came there.
	Why tel.Diversion `json:"why,omitempty"`
	// Behind are the diversions that the call came with, the latest first.
	Behind []tel.Forwarding `json:"behind,omitempty"`
}

// diverted tells of an inbound call that is sent on outside. One that began inside was called by no number that means anything
// there.
func (t *turn) diverted() Diverted {
	if t.Direction != Inbound {
		return Diverted{}
	}
	d := Diverted{Withheld: t.From == "", Number: t.To, Why: t.SentOn, Behind: t.Behind}
	if d.Why == "" {
		d.Why = tel.DiversionUnconditional
	}
	return d
}

// sentOnBy is the reason of a call whose agent was not reached, or that a number outside did not take.
func sentOnBy(how Disposition, why string) tel.Diversion {
	switch {
	case why == Undisturbed:
		return tel.DiversionDoNotDisturb
	case how == Busy:
		return tel.DiversionBusy
	case how == NoAnswer:
		return tel.DiversionNoAnswer
	}
	return tel.DiversionUnavailable
}

// sentOnFrom is the reason of a call that a queue did not keep (acd.Result).
func sentOnFrom(result string) tel.Diversion {
	switch result {
	case "timeout":
		return tel.DiversionNoAnswer
	case "overflow":
		return tel.DiversionBusy
	case "no_agent":
		return tel.DiversionUnavailable
	}
	return tel.DiversionUnconditional // the caller has chosen so
}
