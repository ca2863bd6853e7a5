package routing

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// Step is what to do next with a caller: first let them hear Say, then what Kind says. A time router is never a step, as
// the clock has decided already.
type Step struct {
	Kind    dest.Kind       `json:"kind"`
	Queue   id.Queue        `json:"queue,omitempty"`
	Menu    id.Menu         `json:"menu,omitempty"`
	Agent   id.Agent        `json:"agent,omitempty"`
	Mailbox id.Mailbox      `json:"mailbox,omitempty"`
	Number  tel.Number      `json:"number,omitempty"` // of an external destination
	Name    string          `json:"name,omitempty"`   // what people call the queue, menu, agent, mailbox or file
	Say     []prompt.Prompt `json:"say,omitempty"`    // after the Say of an announcement the call ends
	Hops    []Hop           `json:"hops"`             // how it came here, for the timeline; never empty
	Travel  Travel          `json:"travel"`           // to be handed to the next call of Next
}

// Travel is how far a caller has come. The zero value is the beginning.
type Travel struct {
	Hops       int       `json:"hops,omitempty"`
	MenusUntil time.Time `json:"menus_until,omitzero"` // when the time in menus is over; zero outside menus
	Fallen     bool      `json:"fallen,omitempty"`     // the fallback was used
}

// Hop is one destination on the way, as the timeline tells it (IV-8).
type Hop struct {
	To    dest.Destination `json:"to"`
	Name  string           `json:"name,omitempty"`
	Entry string           `json:"entry,omitempty"` // of a time router: the name of the entry that matched; empty: its default
	Range string           `json:"range,omitempty"` // the time range of that entry
	Row   int              `json:"row,omitempty"`   // the row of the range that matched, counted from 1; 0: a day of its calendar
	Day   string           `json:"day,omitempty"`   // the day of the calendar that matched
	Why   string           `json:"why,omitempty"`   // why the caller could not stay here and went on to the next hop
}

// The limits of IV-5.
const (
	MaxHops     = 20
	MaxMenuTime = 10 * time.Minute
)
