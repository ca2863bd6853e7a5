package routing

import (
	"cmp"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/schedule"
	"parley/internal/settings"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// Plan is all by which an organisation routes calls. Nothing in it changes once it is made: a call that began with a plan
// may keep it.
type Plan struct {
	Country   string            // ISO 3166 alpha-2, for carriers that send national numbers
	Emergency []string          // numbers besides those of the country (BX-13)
	Home      *time.Location    // of ranges without a timezone; nil is UTC
	Language  prompt.Language   // of standard texts; empty is English
	Fallback  *dest.Destination // where a caller goes who cannot be sent on; nil: apology and hang-up

	Numbers   map[tel.Number]Number
	Menus     map[id.Menu]settings.Menu
	Routers   map[id.Router]settings.TimeRouter
	Ranges    map[id.TimeRange]Range
	Queues    map[id.Queue]Queue
	Agents    map[id.Agent]Agent
	Mailboxes map[id.Mailbox]settings.Mailbox
	Audio     map[id.Audio]string // what each file is called

	Extensions map[string]id.Agent // of active agents; a menu may let callers key them (IV-3)
}

// Number is a number (DID) and where it leads (table Number).
type Number struct {
	ID          id.Number
	Number      tel.Number
	Label       string // friendly name
	Trunk       id.Trunk
	Destination dest.Destination
	Precedence  treatment.Precedence // of its calls in queues, as far as it says (BX-1, BX-2)
	MenuData    string               // a parameter and a text for the agent's screen (IV-7)
	MenuText    string               //
	Language    prompt.Language      // of system prompts; empty: the organisation's
}

// Range is a time range with its calendar, ready to be asked.
type Range struct {
	Name  string
	Hours *schedule.Hours // nil when it cannot be read; Trouble says why
	// Trouble is why the range never matches.
	Trouble string
}

// Queue is a queue and who is in it.
type Queue struct {
	settings.Queue
	Agents []id.Agent // members, those of groups included
}

// Agent is an agent and what people call them.
type Agent struct {
	settings.Agent
	Name string
}

// box is the mailbox that takes the agent's messages: the personal one while voicemail is on, else the shared one (VM-12); empty: none.
func (a Agent) box() string {
	if !a.Voicemail {
		return a.SharedMailbox
	}
	return cmp.Or(a.PersonalMailbox, a.SharedMailbox)
}
