package settings

import (
	"fmt"
	"slices"
	"strings"

	"parley/internal/prompt"
)

// Agent is the phone-facing profile of a user (AG-1, AG-7).
type Agent struct {
	User                  string         `json:"user" format:"user" minLength:"1"`
	Extension             string         `json:"extension" required:"false" pattern:"^([0-9]{2,6})?$" patternDescription:"2 to 6 digits" doc:"2 to 6 digits; empty: the next that is free"`
	DisplayName           string         `json:"display_name" required:"false" maxLength:"50" doc:"empty: the user's name"`
	DefaultNumber         string         `json:"default_number" required:"false" format:"number" doc:"empty: the organisation's"`
	PreferredDevice       string         `json:"preferred_device" required:"false" enum:"softphone,desk_phone,receiving_number" default:"softphone"`
	RingStrategy          string         `json:"ring_strategy" required:"false" enum:"preferred_only,sequential,simultaneous" default:"sequential"`
	ReceivingNumber       string         `json:"receiving_number" required:"false" maxLength:"50" doc:"a mobile or office number; press 1 accepts"`
	Forwarding            string         `json:"forwarding" required:"false" enum:"off,failover,always" default:"off" doc:"of direct calls"`
	ForwardTo             string         `json:"forward_to" required:"false" maxLength:"50" doc:"a number or an extension"`
	FollowMe              string         `json:"follow_me" required:"false" enum:"off,at_once,in_order" default:"off" doc:"direct calls ring at further numbers besides the devices, all at once or one after the other"`
	FollowNumbers         []FollowNumber `json:"follow_numbers" required:"false" maxItems:"10"`
	SpeedDials            []SpeedDial    `json:"speed_dials" required:"false" maxItems:"100"`
	RecordOutgoing        bool           `json:"record_outgoing_automatically" required:"false" default:"false"`
	Voicemail             bool           `json:"voicemail" required:"false" default:"true" doc:"the personal mailbox is on; else direct calls use the shared one"`
	PersonalMailbox       string         `json:"personal_mailbox" required:"false" format:"mailbox" doc:"empty: the one that is the user's"`
	SharedMailbox         string         `json:"shared_mailbox" required:"false" format:"mailbox"`
	UnavailableGreeting   prompt.Prompt  `json:"unavailable_greeting" required:"false" doc:"empty: the standard text"`
	DirectWhenUnavailable bool           `json:"direct_when_unavailable" required:"false" default:"true" doc:"direct calls ring though unavailable"`
	CallWaiting           bool           `json:"call_waiting" required:"false" default:"true"`
	Schedule              string         `json:"schedule" required:"false" format:"time_range" doc:"empty: always"`
	ClassOfService        string         `json:"class_of_service" required:"false" format:"class_of_service" doc:"empty: the default class"`
	Skills                []Skill        `json:"skills" required:"false" maxItems:"50"`
	DefaultStatus         string         `json:"default_status" required:"false" enum:"available,busy,unavailable" default:"unavailable"`
	DefaultLanguage       string         `json:"default_language" required:"false" maxLength:"10" doc:"in which the system speaks with the agent at the telephone (*97, *98); empty: the organisation's"`
	ChatLimit             int            `json:"chat_limit" required:"false" minimum:"0" maximum:"20" default:"5"`
	EmailLimit            int            `json:"email_limit" required:"false" minimum:"0" maximum:"20" default:"1"`
	SRTP                  string         `json:"srtp" required:"false" enum:"off,optional,required,automatic" default:"automatic" doc:"encryption of the desk phone's sound"`
	Codecs                []string       `json:"codecs" required:"false" maxItems:"10" doc:"of the desk phone, in order; empty: the usual ones"`
	EmergencyLocation     string         `json:"emergency_location" required:"false" format:"location" doc:"where the desk phone stands; empty: that of the number that is shown"`
	DTMF                  string         `json:"dtmf" required:"false" enum:"automatic,rfc4733,info,in_band" default:"automatic" doc:"how the desk phone sends keys"`
	AI                    bool           `json:"ai" required:"false" default:"false" doc:"kept for AI agents, which come with a later version"`
	Active                bool           `json:"active" required:"false" default:"true"`
}

// FollowNumber is where an agent's direct calls ring besides the own devices (BX-29).
type FollowNumber struct {
	To           string `json:"follow_to" minLength:"1" maxLength:"50" doc:"a number or an extension; who answers at a number outside presses 1 to take the call"`
	DelaySeconds int    `json:"follow_delay_seconds" required:"false" minimum:"0" maximum:"120" default:"0" doc:"before this one rings; in order: after the one before"`
	RingSeconds  int    `json:"follow_ring_seconds" required:"false" minimum:"5" maximum:"120" default:"20"`
}

// Skill is what an agent can do, from 1.0 to 5.0.
type Skill struct {
	Name  string  `json:"name" minLength:"1" maxLength:"50" pattern:"^[\\p{L}][\\p{L}\\p{N}_-]*$" patternDescription:"a word of letters, digits, _ and -, which begins with a letter"`
	Level float64 `json:"level" minimum:"1" maximum:"5"`
}

// Kind is KindAgent.
func (Agent) Kind() Kind { return KindAgent }

// Title is the extension; people see the user's name.
func (a Agent) Title() string { return a.Extension }

// Refs lists the user, number, mailboxes, schedule, class, location and audio.
func (a Agent) Refs() []Ref {
	var all refs
	all.add("user", KindUser, a.User)
	all.add("default_number", KindNumber, a.DefaultNumber)
	all.add("personal_mailbox", KindMailbox, a.PersonalMailbox)
	all.add("shared_mailbox", KindMailbox, a.SharedMailbox)
	all.add("schedule", KindTimeRange, a.Schedule)
	all.add("class_of_service", KindClass, a.ClassOfService)
	all.add("emergency_location", KindLocation, a.EmergencyLocation)
	all.prompt("unavailable_greeting", a.UnavailableGreeting)
	return all
}

// Check refuses forwarding to nowhere, a receiving number that is none, and a skill named twice.
func (a Agent) Check() []Problem {
	var all []Problem
	if a.Forwarding != "" && a.Forwarding != "off" && a.ForwardTo == "" {
		all = append(all, Problem{"forward_to", "must hold a number or an extension, as forwarding is on"})
	}
	all = append(all, checkReach("forward_to", a.ForwardTo)...)
	if a.ReceivingNumber != "" && !isE164(a.ReceivingNumber) {
		all = append(all, Problem{"receiving_number", "must hold a telephone number with country code, such as +32470111222"})
	}
	if a.PreferredDevice == "receiving_number" && a.ReceivingNumber == "" {
		all = append(all, Problem{"preferred_device", "names the receiving number, which is empty"})
	}
	all = append(append(all, a.checkFollow()...), a.checkSpeedDials()...)
	seen := map[string]bool{}
	for i, s := range a.Skills {
		name := strings.ToLower(s.Name) // as skills are compared
		if seen[name] {
			all = append(all, Problem{fmt.Sprintf("skills[%d].name", i), "is there already"})
		}
		seen[name] = true
	}
	return append(all, checkPrompt("unavailable_greeting", a.UnavailableGreeting)...)
}

// checkFollow refuses follow-me without a number, and numbers that are none, the agent's own extension, or there twice.
func (a Agent) checkFollow() (all []Problem) {
	if a.FollowMe != "" && a.FollowMe != "off" && len(a.FollowNumbers) == 0 {
		all = append(all, Problem{"follow_numbers", "must hold a number or an extension, as follow-me is on"})
	}
	for i, one := range a.FollowNumbers {
		field := fmt.Sprintf("follow_numbers[%d].follow_to", i)
		all = append(all, checkReach(field, one.To)...)
		if a.Extension != "" && one.To == a.Extension {
			all = append(all, Problem{field, "must be another extension than the agent's own, which rings already"})
		}
		if slices.ContainsFunc(a.FollowNumbers[:i], func(other FollowNumber) bool { return other.To == one.To }) {
			all = append(all, Problem{field, "is there already"})
		}
	}
	return all
}

// User is a login (US-1) with what PM-7 allows.
type User struct {
	Email     string   `json:"email" format:"email" maxLength:"250"`
	FirstName string   `json:"first_name" minLength:"1" maxLength:"50"`
	LastName  string   `json:"last_name" required:"false" maxLength:"50"`
	Role      string   `json:"role" enum:"admin,supervisor,agent,none"`
	Language  string   `json:"language" required:"false" maxLength:"10"`
	Timezone  string   `json:"timezone" required:"false" maxLength:"100"`
	Switches  Switches `json:"switches" required:"false"`
	Scope     string   `json:"scope" required:"false" enum:",own,team,all" doc:"which calls are seen; empty: by role"`
	Active    bool     `json:"active" required:"false" default:"true"`
}

// Switches are PM-7's, one by one.
type Switches struct {
	CallbackList              bool `json:"callback_list" required:"false" default:"true"`
	TransfersWhileUnavailable bool `json:"transfers_while_unavailable" required:"false" default:"false"`
	EditLeadNumbers           bool `json:"edit_lead_numbers" required:"false" default:"false"`
	ManualCallOnPreview       bool `json:"manual_call_on_preview" required:"false" default:"false"`
	ManualDial                bool `json:"manual_dial" required:"false" default:"true"`
	SendEmail                 bool `json:"send_email" required:"false" default:"true"`
	RecordingControl          bool `json:"recording_control" required:"false" default:"true"`
	PlayRecordings            bool `json:"play_recordings" required:"false" default:"true"`
	RemoteKeypress            bool `json:"remote_keypress" required:"false" default:"false"`
	Export                    bool `json:"export" required:"false" default:"false"`
	ExternalForwarding        bool `json:"external_forwarding" required:"false" default:"false"`
	ReachedByIntercom         bool `json:"reached_by_intercom" required:"false" default:"true"`
}

// Kind is KindUser.
func (User) Kind() Kind { return KindUser }

// Title is the e-mail, which is the login.
func (u User) Title() string { return u.Email }

// Refs is empty.
func (User) Refs() []Ref { return nil }

// Check looks at the address, which is the login, and the timezone.
func (u User) Check() []Problem {
	return append(checkEmail("email", u.Email), checkTimezone("timezone", u.Timezone)...)
}

// Group is a named set of users (US-12).
type Group struct {
	Name  string   `json:"name" minLength:"1" maxLength:"50"`
	Users []string `json:"users" required:"false" format:"user" maxItems:"5000"`
}

// Kind is KindGroup.
func (Group) Kind() Kind { return KindGroup }

// Title is its name.
func (g Group) Title() string { return g.Name }

// Refs lists its users.
func (g Group) Refs() []Ref {
	var all refs
	all.add("users", KindUser, g.Users...)
	return all
}

// Check finds nothing beyond the ranges.
func (Group) Check() []Problem { return nil }
