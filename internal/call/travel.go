package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// Travel is how far a call has come; the plan counts it, so that no caller stays in a loop (IV-5).
type Travel struct {
	Hops       int       `json:"hops,omitempty"`
	MenusUntil time.Time `json:"menus_until,omitzero"` // when the time in menus is over; zero outside of menus
	Fallen     bool      `json:"fallen,omitempty"`     // the organisation's fallback was used
}

// Hop is one destination on the way, as the timeline tells it (IV-8).
type Hop struct {
	To    dest.Destination `json:"to"`
	Name  string           `json:"name,omitempty"`
	Entry string           `json:"entry,omitempty"` // of a time router, that matched
	Why   string           `json:"why,omitempty"`   // why the call could not stay here and went on
}

// Mailbox is what a call knows of a mailbox.
type Mailbox struct {
	ID   id.Mailbox             `json:"id"`
	Name string                 `json:"name"`
	Plan *treatment.MailboxPlan `json:"plan"`
}

// Outside is a number that a caller is sent on to, and the ways there: each is tried in turn.
type Outside struct {
	To   tel.Number `json:"to"`
	Ways []Route    `json:"ways"`
}
