// Package dest is the typed destination: where a number, a menu key or a time router leads (glossary, PN-2).
package dest

// Kind is one of the nine kinds of destination.
type Kind string

// The kinds, as the glossary names them.
const (
	Queue        Kind = "queue"
	Menu         Kind = "menu"
	TimeRouter   Kind = "time_router"
	Agent        Kind = "agent"
	Mailbox      Kind = "mailbox"
	AIAgent      Kind = "ai_agent"
	External     Kind = "external"
	Announcement Kind = "announcement"
	Hangup       Kind = "hangup"
)

// AnyMailbox is the target of External by which a caller gets at the messages in any mailbox, by its number and PIN: the code that
// agents dial for that (VM-5).
const AnyMailbox = "*98"

// Destination is where a call goes. Target is an identifier of the kind's thing, or an E.164 number for External;
// it is empty for Hangup.
type Destination struct {
	Kind   Kind   `json:"kind"`
	Target string `json:"target,omitempty"`
}
