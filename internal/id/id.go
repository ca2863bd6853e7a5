// Package id names things by type, so that an agent can never be passed for a queue.
package id

import "github.com/google/uuid"

// Each type names one kind of thing. The value is a UUIDv7 in text form unless the comment says otherwise.
type (
	Org       string // organisation
	User      string // a login
	Agent     string // the phone-facing profile of a user
	Queue     string
	Call      string // one customer's whole journey
	Callback  string // a customer's kept place in a queue, without a call
	Party     string // a place in a call: "<call>.p<n>", given by the call
	Leg       string // one connection on the wire: "<call>.l<n>" when a call dials it, else a UUID
	Offer     string // one interaction proposed to one agent: "<call>.o<n>", given by the ACD
	Trunk     string // SIP connection to a carrier
	Number    string // a number (DID) of the organisation
	Menu      string
	TimeRange string
	Router    string // time router
	Mailbox   string
	Audio     string // a file of the library
	Customer  string
	Recording string // "<call>.r<n>", given by the call
	Tab       string // one browser tab, chosen by the page
	Session   string // a signed-in session
	Device    string // a SIP device (desk phone) of an agent
	Message   string // as its recording, or a UUID when it was forwarded
	Campaign  string
	LeadList  string
	Lead      string // somebody of a campaign who is called
	Greeting  string // what a user leaves on answering machines
)

// New makes a fresh identifier, ordered by time (UUIDv7, RFC 9562 §5.7).
func New[T ~string]() T { return T(uuid.Must(uuid.NewV7()).String()) }
