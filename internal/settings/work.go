package settings

import (
	"fmt"
	"regexp"
	"strings"

	"parley/internal/prompt"
	"parley/internal/tel"
)

// Reason is why an agent is unavailable (QU-16).
type Reason struct {
	Name   string `json:"name" minLength:"1" maxLength:"50"`
	Order  int    `json:"order" required:"false" minimum:"0" maximum:"1000" default:"0"`
	Active bool   `json:"active" required:"false" default:"true"`
}

// Status is a custom status (MN-12). Its routing effect is the parent's, for its channels.
type Status struct {
	Name    string `json:"name" minLength:"1" maxLength:"50"`
	Colour  string `json:"colour" required:"false" pattern:"^#[0-9a-fA-F]{6}$" patternDescription:"a colour such as #868e96" default:"#868e96"`
	Icon    string `json:"icon" required:"false" maxLength:"50"`
	Channel string `json:"channel" required:"false" enum:"voice,chat,both" default:"both"`
	Parent  string `json:"parent_status" enum:"available,busy,unavailable"`
	Order   int    `json:"sort_order" required:"false" minimum:"0" maximum:"1000" default:"0"`
	Active  bool   `json:"active" required:"false" default:"true"`
}

// Outcome is a wrap code that agents choose.
type Outcome struct {
	Name   string `json:"name" minLength:"1" maxLength:"50"`
	Order  int    `json:"order" required:"false" minimum:"0" maximum:"1000" default:"0"`
	Active bool   `json:"active" required:"false" default:"true"`
}

// Class is a class of service (CS-1).
type Class struct {
	Name             string   `json:"name" minLength:"1" maxLength:"100"`
	Description      string   `json:"description" required:"false" maxLength:"500"`
	Default          bool     `json:"default_flag" required:"false" default:"false" doc:"one per organisation: for agents without a class, and for external destinations"`
	OutboundEnabled  bool     `json:"outbound_enabled" required:"false" default:"true"`
	AllowedCountries []string `json:"allowed_countries" required:"false" maxItems:"250" doc:"calling codes such as 32; empty: domestic only"`
	BlockPremium     bool     `json:"block_premium_numbers" required:"false" default:"true"`
	TimeRange        string   `json:"time_range" required:"false" format:"time_range" doc:"outbound calls only inside it"`
	LeaveOutside     bool     `json:"leave_outside_parties" required:"false" default:"false" doc:"agents may leave a conference in which only outside parties talk on"`
}

// Mailbox takes messages (VM-1).
type Mailbox struct {
	Type              string        `json:"voicemail_mailbox_type" required:"false" enum:"agent,shared" default:"agent" doc:"agent: the personal one of its user, for unanswered direct calls alone"`
	Name              string        `json:"name" minLength:"1" maxLength:"50"`
	Number            string        `json:"voicemail_mailbox_id" required:"false" maxLength:"50" pattern:"^[0-9]*$" patternDescription:"digits" doc:"digits for access by phone; empty: the extension of the user, or of a shared one the next from 800 that is free"`
	User              string        `json:"user" required:"false" format:"user" doc:"whose personal mailbox it is"`
	Prompt            prompt.Prompt `json:"prompt" required:"false" doc:"empty: the standard text"`
	Followup          prompt.Prompt `json:"followup" required:"false" doc:"after the message"`
	Channel           string        `json:"send_notices_to_channel" required:"false" enum:"none,email,ticket,task" default:"none"`
	Email             string        `json:"send_notices_to_email" required:"false" maxLength:"250" doc:"empty: the owner's"`
	IncludeTranscript bool          `json:"include_transcript" required:"false" default:"false"`
	AttachAudio       bool          `json:"attach_audio" required:"false" default:"false"`
	TicketDepartment  string        `json:"ticket_department" required:"false" maxLength:"100"`
	MaxSeconds        int           `json:"max_seconds" required:"false" minimum:"10" maximum:"600" default:"180" doc:"the longest message"`
	RetentionDays     *int          `json:"retention_days,omitempty" required:"false" minimum:"1" maximum:"3650" doc:"empty: the organisation's"`
}

// Audio is a file of the library (AU-1), without its sound.
type Audio struct {
	Description string  `json:"description" required:"false" maxLength:"100"`
	Filename    string  `json:"filename" minLength:"1" maxLength:"100"`
	MIMEType    string  `json:"mime_type" required:"false" maxLength:"100" readOnly:"true"`
	Number      int     `json:"file_version" required:"false" readOnly:"true" doc:"counts the files that this one replaced"`
	Seconds     float64 `json:"duration" required:"false" readOnly:"true"`
	DefaultHold bool    `json:"default_hold_music" required:"false" default:"false" doc:"one per organisation"`
	Owner       string  `json:"owner" required:"false" format:"user" doc:"whose private library it is in; empty: everyone's"`
}

// Location is a dispatchable address with floor and room (BX-14).
type Location struct {
	Name       string `json:"name" minLength:"1" maxLength:"100"`
	Street     string `json:"street" minLength:"1" maxLength:"200"`
	City       string `json:"city" minLength:"1" maxLength:"100"`
	Region     string `json:"region" required:"false" maxLength:"50"`
	PostalCode string `json:"postal_code" required:"false" maxLength:"20"`
	Country    string `json:"country_code" pattern:"^[A-Z]{2}$" patternDescription:"two capital letters (ISO 3166), such as BE" doc:"ISO 3166, such as BE"`
	Floor      string `json:"floor" required:"false" maxLength:"50"`
	Room       string `json:"room" required:"false" maxLength:"50"`
}

// Address is an entry of the regulatory address book (PN-8).
type Address struct {
	FriendlyName string `json:"friendly_name" minLength:"1" maxLength:"100"`
	CustomerName string `json:"customer_name" minLength:"1" maxLength:"100"`
	Street       string `json:"street" minLength:"1" maxLength:"200"`
	City         string `json:"city" minLength:"1" maxLength:"100"`
	Region       string `json:"region" required:"false" maxLength:"50"`
	PostalCode   string `json:"postal_code" required:"false" maxLength:"20"`
	Country      string `json:"country_code" pattern:"^[A-Z]{2}$" patternDescription:"two capital letters (ISO 3166), such as BE"`
	Validated    bool   `json:"validated" required:"false" default:"false" readOnly:"true" doc:"the carrier found that there is such an address"`
	Verified     bool   `json:"verified" required:"false" default:"false" readOnly:"true" doc:"the carrier has seen proof that it is the customer's"`
}

// Valid tells whether numbers that require an address may use this one: it is validated, or verified.
func (a Address) Valid() bool { return a.Validated || a.Verified }

// Kind is KindReason.
func (Reason) Kind() Kind { return KindReason }

// Title is its name.
func (r Reason) Title() string { return r.Name }

// Refs is empty.
func (Reason) Refs() []Ref { return nil }

// Check keeps the system's own word from people.
func (r Reason) Check() []Problem {
	if strings.EqualFold(strings.TrimSpace(r.Name), "Auto pause") {
		return []Problem{{"name", "is the system's own reason"}}
	}
	return nil
}

// Retired is the status when it is deleted: nobody can choose it any more, and what was keeps its name (MN-12).
func (s Status) Retired() Status {
	s.Active = false
	return s
}

// Kind is KindStatus.
func (Status) Kind() Kind { return KindStatus }

// Title is its name.
func (s Status) Title() string { return s.Name }

// Refs is empty.
func (Status) Refs() []Ref { return nil }

// Check finds nothing beyond the ranges.
func (Status) Check() []Problem { return nil }

// Kind is KindOutcome.
func (Outcome) Kind() Kind { return KindOutcome }

// Title is its name.
func (o Outcome) Title() string { return o.Name }

// Refs is empty.
func (Outcome) Refs() []Ref { return nil }

// Check finds nothing beyond the ranges.
func (Outcome) Check() []Problem { return nil }

// Kind is KindClass.
func (Class) Kind() Kind { return KindClass }

// Title is its name.
func (c Class) Title() string { return c.Name }

// Refs lists its time range.
func (c Class) Refs() []Ref {
	var all refs
	all.add("time_range", KindTimeRange, c.TimeRange)
	return all
}

// Check looks at the calling codes.
func (c Class) Check() []Problem {
	var all []Problem
	for i, code := range c.AllowedCountries {
		if !callingCode.MatchString(code) {
			all = append(all, Problem{fmt.Sprintf("allowed_countries[%d]", i), "must be a calling code such as 32"})
		}
	}
	return all
}

var callingCode = regexp.MustCompile(`^[1-9]\d{0,3}$`) // ITU-T E.164 annex A

// Kind is KindMailbox.
func (Mailbox) Kind() Kind { return KindMailbox }

// Title is its name.
func (m Mailbox) Title() string { return m.Name }

// Personal tells whether it is an agent's own, which takes only unanswered direct calls to that agent (VM-9).
func (m Mailbox) Personal() bool { return m.Type == "agent" }

// Refs lists owner and audio.
func (m Mailbox) Refs() []Ref {
	var all refs
	all.add("user", KindUser, m.User)
	all.prompt("prompt", m.Prompt)
	all.prompt("followup", m.Followup)
	return all
}

// Check refuses a personal mailbox of nobody, and notices of a shared one to nobody.
func (m Mailbox) Check() []Problem {
	all := append(checkPrompt("prompt", m.Prompt), checkPrompt("followup", m.Followup)...)
	all = append(all, checkEmail("send_notices_to_email", m.Email)...)
	if m.Personal() && m.User == "" {
		all = append(all, Problem{"user", "must say whose personal mailbox it is"})
	}
	if m.Channel == "email" && m.Email == "" && m.User == "" {
		all = append(all, Problem{"send_notices_to_email", "must hold an address, as this mailbox has no owner"})
	}
	return all
}

// Kind is KindAudio.
func (Audio) Kind() Kind { return KindAudio }

// Title is the file's name.
func (a Audio) Title() string { return a.Filename }

// Refs lists the owner.
func (a Audio) Refs() []Ref {
	var all refs
	all.add("owner", KindUser, a.Owner)
	return all
}

// Check finds nothing beyond the ranges.
func (Audio) Check() []Problem { return nil }

// Kind is KindLocation.
func (Location) Kind() Kind { return KindLocation }

// Title is its name.
func (l Location) Title() string { return l.Name }

// Refs is empty.
func (Location) Refs() []Ref { return nil }

// Place is the location as calls carry it.
func (l Location) Place() tel.Location {
	return tel.Location{
		Name: l.Name, Street: l.Street, City: l.City, Region: l.Region, PostalCode: l.PostalCode, Country: l.Country, Floor: l.Floor, Room: l.Room,
	}
}

// Check looks at the country.
func (l Location) Check() []Problem { return checkCountry("country_code", l.Country) }

// Kind is KindAddress.
func (Address) Kind() Kind { return KindAddress }

// Title is its name.
func (a Address) Title() string { return a.FriendlyName }

// Refs is empty.
func (Address) Refs() []Ref { return nil }

// Check looks at the country.
func (a Address) Check() []Problem { return checkCountry("country_code", a.Country) }

// IsSole tells whether it is the default class, of which there is one.
func (c Class) IsSole() bool { return c.Default }

// Unmarked is the class when another one has become the default.
func (c Class) Unmarked() Class {
	c.Default = false
	return c
}

// IsSole tells whether it is the default hold music, of which there is one.
func (a Audio) IsSole() bool { return a.DefaultHold }

// Unmarked is the file when another one has become the default hold music.
func (a Audio) Unmarked() Audio {
	a.DefaultHold = false
	return a
}

// Nameless tells that two files may have one name: users have libraries of their own.
func (Audio) Nameless() bool { return true }
