// Package campaign decides about leads: which calls count for them, what their calls make of them, and what a file of leads holds.
package campaign

import (
	"time"

	"parley/internal/tel"
)

// Status is where the work on a lead stands.
type Status string

// The statuses. Open is a lead that has been spoken with or tried; DNC must not be called.
const (
	New       Status = "new"
	Open      Status = "open"
	Callback  Status = "callback"
	Completed Status = "completed"
	DNC       Status = "dnc"
)

// Valid tells whether s is one of the five.
func (s Status) Valid() bool {
	return s == New || s == Open || s == Callback || s == Completed || s == DNC
}

// MaxPhones is how many numbers a lead may have.
const MaxPhones = 10

// Phone is one number of a lead, in E.164 form. Completed: it is not called any more.
type Phone struct {
	Number    tel.Number `json:"number"`
	Label     string     `json:"label,omitempty"`
	Completed bool       `json:"completed,omitempty"`
}

// Attempt is a call that counts for a lead, with the outcome that its agent chose by name; empty: none.
type Attempt struct {
	At      time.Time
	Outcome string
}

// Standing is what the calls of a lead have made of it.
type Standing struct {
	Status      Status
	Attempts    int
	LastAttempt time.Time // zero: there was none
	LastOutcome string    // of the latest call that has one
}

// Count says where a lead stands with these calls, in any order. A lead that was new is open by its first call and new again when that
// comes to count for another one; what people or outcomes have decided of it stays.
func Count(before Status, attempts []Attempt) Standing {
	s := Standing{Status: before, Attempts: len(attempts)}
	said := time.Time{}
	for _, a := range attempts {
		if a.At.After(s.LastAttempt) {
			s.LastAttempt = a.At
		}
		if a.Outcome != "" && !a.At.Before(said) {
			s.LastOutcome, said = a.Outcome, a.At
		}
	}
	switch {
	case s.Attempts > 0 && before == New:
		s.Status = Open
	case s.Attempts == 0 && before == Open:
		s.Status = New
	}
	return s
}
