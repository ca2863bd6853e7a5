// Package settings is what an administrator sets: the records of the console, each with its ranges, defaults, references to
// others and the rules between its fields. The tags are those of JSON Schema; the API checks and describes by them, and the
// forms of the web app are made from that description.
//
// A reference is an identifier in a field whose format is the kind that it names, such as format:"queue".
package settings

import (
	"parley/internal/dest"
	"parley/internal/prompt"
)

// Kind is a kind of record.
type Kind string

// The kinds.
const (
	KindQueue        Kind = "queue"
	KindAgent        Kind = "agent"
	KindNumber       Kind = "number"
	KindTrunk        Kind = "trunk"
	KindUser         Kind = "user"
	KindMenu         Kind = "menu"
	KindTimeRange    Kind = "time_range"
	KindTimeRouter   Kind = "time_router"
	KindAudio        Kind = "audio"
	KindMailbox      Kind = "mailbox"
	KindClass        Kind = "class_of_service"
	KindGroup        Kind = "group"
	KindReason       Kind = "reason"
	KindStatus       Kind = "custom_status"
	KindOutcome      Kind = "outcome"
	KindLocation     Kind = "location"
	KindAddress      Kind = "address"
	KindOrganisation Kind = "organisation"
	KindRate         Kind = "rate"
	KindPresence     Kind = "presence"
	KindContact      Kind = "contact"
	KindTagKey       Kind = "tag_key"
	KindPaging       Kind = "paging_group"

	KindTransferNumber Kind = "transfer_number"
	KindCampaign       Kind = "campaign"
	KindLeadList       Kind = "lead_list"
)

// Record is the content of a record of the console.
type Record interface {
	Kind() Kind
	// Title is what people call it; unique among the records of its kind.
	Title() string
	// Refs lists what it refers to.
	Refs() []Ref
	// Check finds what is wrong with it by itself, beyond the ranges of its fields.
	Check() []Problem
}

// Ref is a reference to another record, and the field that holds it.
type Ref struct {
	Field string `json:"field"`
	Kind  Kind   `json:"kind"`
	ID    string `json:"id"`
}

// Problem is what is wrong with a field, in words that complete "The field x …".
type Problem struct {
	Field string `json:"field"`
	What  string `json:"what"`
}

// refs collects references; those that are empty are none.
type refs []Ref

func (r *refs) add(field string, kind Kind, ids ...string) {
	for _, one := range ids {
		if one != "" {
			*r = append(*r, Ref{Field: field, Kind: kind, ID: one})
		}
	}
}

// dest adds where a destination leads.
func (r *refs) dest(field string, d dest.Destination) {
	if kind, ok := kindOf[d.Kind]; ok {
		r.add(field, kind, d.Target)
	}
}

// prompt adds the library audio of a prompt.
func (r *refs) prompt(field string, p prompt.Prompt) { r.add(field, KindAudio, p.Audio) }

// kindOf is the kind of record that a destination names; an announcement is a file of the library.
var kindOf = map[dest.Kind]Kind{
	dest.Queue: KindQueue, dest.Menu: KindMenu, dest.TimeRouter: KindTimeRouter, dest.Agent: KindAgent,
	dest.Mailbox: KindMailbox, dest.Announcement: KindAudio,
}

// KindOf is the kind of record that a destination of this kind names; false when it names none.
func KindOf(d dest.Kind) (Kind, bool) {
	kind, ok := kindOf[d]
	return kind, ok
}

// Known tells whether there are records of the kind.
func Known(kind Kind) bool {
	switch kind {
	case KindQueue, KindAgent, KindNumber, KindTrunk, KindUser, KindMenu, KindTimeRange, KindTimeRouter, KindAudio, KindMailbox, KindClass,
		KindGroup, KindReason, KindStatus, KindOutcome, KindLocation, KindAddress, KindOrganisation, KindRate, KindPresence, KindContact,
		KindTagKey, KindPaging, KindTransferNumber, KindCampaign, KindLeadList:
		return true
	}
	return false
}
