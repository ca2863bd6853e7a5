package presence

import "time"

// Colour is how a presence looks (PR-4); a word always stands beside it.
type Colour string

// The colours.
const (
	Green Colour = "green" // available
	Amber Colour = "amber" // away
	Red   Colour = "red"   // busy
)

// Busy is the presence that shows by itself while a device of the person is in a call (PR-4).
const Busy = "busy_on_a_call"

// Look is what others see of a person.
type Look struct {
	ID           string    `json:"id" doc:"one of the presences, or busy_on_a_call"`
	Name         string    `json:"name"`
	Colour       Colour    `json:"colour" enum:"green,amber,red"`
	Text         string    `json:"text,omitempty"`
	Since        time.Time `json:"since,omitzero"`
	DoNotDisturb bool      `json:"do_not_disturb,omitempty" doc:"direct calls go to voicemail"`
}

// Look gives what others see of a person who has picked own. What is only shown disturbs nobody's calls.
func (r Rules) Look(own Own, inCall bool) Look {
	which, p := r.Of(own)
	l := Look{ID: which, Name: p.Name, Colour: Green, Text: own.Text, Since: own.Since}
	l.DoNotDisturb = r.Active && p.DoNotDisturb
	if r.Overrides && own.DoNotDisturb != AsPresence {
		l.DoNotDisturb = own.DoNotDisturb == On
	}
	switch {
	case inCall:
		l.ID, l.Name, l.Colour = Busy, "Busy on a call", Red
	case p.Effect == "unavailable":
		l.Colour = Amber
	}
	return l
}
