package tel

// Forwarding is one diversion that a call has behind it, as an entry of the header Diversion tells of it (RFC 5806 §4).
type Forwarding struct {
	// From is the number that was called, for people to read: in its full form where it has one. Empty: it is not to be shown.
	From Number `json:"from,omitempty"`
	// URI and Name are the address that was called, as the next one who is called is to be told of it.
	URI  string `json:"uri"`
	Name string `json:"name,omitempty"`
	// Why the call was sent on from there.
	Why Diversion `json:"why"`
	// Times is how many diversions the entry stands for, 1 to 99; Limit is how many the call may have in all, 1 to 99, or 0 if
	// that is not said.
	Times int `json:"times"`
	Limit int `json:"limit,omitempty"`
	// Privacy ("full", "name", "uri", "off") says what of it is not to be shown, Screen ("yes", "no") whether a network has checked it;
	// empty if it is not said.
	Privacy string `json:"privacy,omitempty"`
	Screen  string `json:"screen,omitempty"`
}

// MaxForwardings is how many diversions a call may have when nobody has set a lower limit. Calls that are sent on in a circle end by it.
const MaxForwardings = 10

// Spent tells whether a call with these diversions behind it must not be sent on once more.
func Spent(behind []Forwarding) bool {
	times, limit := 0, MaxForwardings
	for _, f := range behind {
		times += max(f.Times, 1)
		if f.Limit > 0 {
			limit = min(limit, f.Limit)
		}
	}
	return times >= limit
}
