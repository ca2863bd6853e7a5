package call

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// Late keeps the promises about a signal that arrives when its call has no owner any more.
func Late(signal Signal) []Action {
	switch s := signal.(type) {
	case Offered:
		return []Action{EndOffer{Offer: s.Offer, Result: RingCanceled}}
	case Granted:
		return []Action{Release{Agent: s.Agent}}
	case RingEnded:
		if s.Result == RingAnswered {
			return []Action{Leave{Agent: s.Agent, Cause: endCause}}
		}
	case Taken:
		return []Action{Leave{Agent: s.Agent, Cause: endCause}}
	case StepAside:
		return []Action{SteppedAside(s)}
	case Adopt:
		return []Action{NotAdopted{Call: s.Call, Number: s.Number, Why: "your other call has ended"}}
	case Adopted:
		return []Action{GiveBack(s)}
	case Handed:
		return lateGuests(s)
	case Moved:
		return []Action{Leave{Agent: s.Agent, Cause: endCause}}
	case CallBack:
		if s.Agent == "" {
			return []Action{EndCallback{Result: hasFailed}}
		}
		return []Action{EndOffer{Offer: s.Offer, Result: RingFailed}}
	case LegRefers:
		return []Action{ReferDone{Leg: s.Leg, Cause: tel.CauseNotAllowed, Why: "the call has ended"}}
	case Planned:
		if s.Park != nil {
			return []Action{FreeSlot{Slot: s.Park.Slot}}
		}
	}
	return lateLeg(signal)
}

// lateGuests lets go of parties that were handed to a call which has ended.
func lateGuests(s Handed) (all []Action) {
	for _, g := range s.Guests {
		all = append(all, letGo(g)...)
	}
	return all
}

// lateLeg ends a leg that has come, or been answered, when its call has no owner any more.
func lateLeg(signal Signal) []Action {
	switch s := signal.(type) {
	case Arrived:
		return endLate(s.Leg, tel.CauseTemporaryFailure)
	case LegDials:
		return endLate(s.Leg, tel.CauseTemporaryFailure)
	case Retrieve:
		return endLate(s.Leg, tel.CauseTemporaryFailure)
	case PickUp:
		return endLate(s.Leg, tel.CauseTemporaryFailure)
	case Placed:
		return endLate(s.Leg, tel.CauseTemporaryFailure)
	case LegAnswered:
		return endLate(s.Leg, endCause)
	case LegReplaced:
		return endLate(s.Leg, endCause)
	}
	return nil
}

// endLate ends a leg; a page that dials has none.
func endLate(leg id.Leg, cause tel.Cause) []Action {
	if leg == "" {
		return nil
	}
	return []Action{EndLeg{Leg: leg, Cause: cause}}
}
