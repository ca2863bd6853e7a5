package call

import "parley/internal/tel"

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
	case Moved:
		return []Action{Leave{Agent: s.Agent, Cause: endCause}}
	case LegAnswered:
		return []Action{EndLeg{Leg: s.Leg, Cause: endCause}}
	case CallBack:
		if s.Agent == "" {
			return []Action{EndCallback{Result: hasFailed}}
		}
		return []Action{EndOffer{Offer: s.Offer, Result: RingFailed}}
	case LegDials:
		return []Action{EndLeg{Leg: s.Leg, Cause: tel.CauseTemporaryFailure}}
	case LegReplaced:
		return []Action{EndLeg{Leg: s.Leg, Cause: endCause}}
	case LegRefers:
		return []Action{ReferDone{Leg: s.Leg, Cause: tel.CauseNotAllowed, Why: "the call has ended"}}
	case Arrived:
		return []Action{EndLeg{Leg: s.Leg, Cause: tel.CauseTemporaryFailure}}
	case Planned:
		if s.Park != nil {
			return []Action{FreeSlot{Slot: s.Park.Slot}}
		}
	case Retrieve:
		if s.Leg != "" {
			return []Action{EndLeg{Leg: s.Leg, Cause: tel.CauseTemporaryFailure}}
		}
	case PickUp:
		if s.Leg != "" {
			return []Action{EndLeg{Leg: s.Leg, Cause: tel.CauseTemporaryFailure}}
		}
	case Placed:
		if s.Leg != "" {
			return []Action{EndLeg{Leg: s.Leg, Cause: tel.CauseTemporaryFailure}}
		}
	}
	return nil
}
