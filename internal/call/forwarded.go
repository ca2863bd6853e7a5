package call

import "parley/internal/tel"

// Forwarded says that the call came by way of another number, which had sent it on, and why. Each diversion has one, in the order in
// which they happened.
type Forwarded struct {
	From tel.Number    `json:"from,omitempty"` // empty: it is not to be shown
	Why  tel.Diversion `json:"why"`
}

func (Forwarded) callEvent() {}

// ForwardedBy tells of the diversions that a call came with; the latest of them is the first one given (RFC 5806 §4).
func ForwardedBy(behind []tel.Forwarding) []Event {
	var all []Event
	for i := len(behind) - 1; i >= 0; i-- {
		all = append(all, Forwarded{From: behind[i].From, Why: behind[i].Why})
	}
	return all
}
