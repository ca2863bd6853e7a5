package settings

import (
	"regexp"
	"time"

	"parley/internal/dest"
)

// Number is a number (DID) of the organisation (PN-1).
type Number struct {
	PhoneNumber       string           `json:"phone_number" pattern:"^\\+[1-9][0-9]{1,14}$" doc:"with country code, such as +3225550100"`
	FriendlyName      string           `json:"friendly_name" required:"false" maxLength:"64" doc:"empty: the number"`
	Trunk             string           `json:"trunk" format:"trunk" minLength:"1"`
	Destination       dest.Destination `json:"destination" required:"false"`
	Priority          int              `json:"priority" required:"false" minimum:"0" maximum:"10" default:"0" doc:"1 is served first; 0: the queue's"`
	MenuData          string           `json:"menu_data" required:"false" maxLength:"100" doc:"a parameter for the agent's screen"`
	MenuText          string           `json:"menu_text" required:"false" maxLength:"50" doc:"a text for the agent's screen"`
	Language          string           `json:"language" required:"false" enum:",en,de,fr,es" doc:"of system prompts; empty: the organisation's"`
	Voice             bool             `json:"voice" required:"false" default:"true"`
	SMS               bool             `json:"sms" required:"false" default:"false"`
	MMS               bool             `json:"mms" required:"false" default:"false"`
	Default           bool             `json:"default_phone_number" required:"false" default:"false" doc:"one per organisation: the caller ID where no other is set"`
	DialIn            bool             `json:"dial_in" required:"false" default:"false" doc:"agents dial in here, whatever its destination"`
	DeletionProtected bool             `json:"deletion_protected" required:"false" default:"false"`
	Address           string           `json:"address" required:"false" format:"address"`
	EmergencyLocation string           `json:"emergency_location" required:"false" format:"location"`
}

// Trunk is a SIP connection to a carrier (BX-33).
type Trunk struct {
	Name           string   `json:"name" minLength:"1" maxLength:"50"`
	TrunkKind      string   `json:"kind" enum:"address,register" doc:"known by its addresses, or registered to"`
	Networks       []string `json:"networks" required:"false" maxItems:"50" doc:"from where its calls come: addresses or CIDR"`
	Proxy          string   `json:"proxy" minLength:"1" maxLength:"255" doc:"host or host:port that outbound calls go to"`
	Transport      string   `json:"transport" required:"false" enum:",udp,tcp,tls" default:"udp"`
	CA             string   `json:"ca" required:"false" maxLength:"20000" doc:"PEM of who may sign the certificate of a tls peer; empty: the system's"`
	Registrar      string   `json:"registrar" required:"false" maxLength:"255" doc:"host or host:port"`
	Username       string   `json:"username" required:"false" maxLength:"100"`
	AuthUser       string   `json:"auth_user" required:"false" maxLength:"100" doc:"empty: the user name"`
	Password       string   `json:"password,omitempty" maxLength:"200" doc:"is stored sealed and never shown; empty: as it is"`
	FromUser       string   `json:"from_user" required:"false" maxLength:"100" doc:"empty: the number that is shown"`
	FromDomain     string   `json:"from_domain" required:"false" maxLength:"255" doc:"empty: the proxy's host"`
	CallerID       string   `json:"caller_id" required:"false" maxLength:"50" doc:"its own number, shown where another may not be"`
	PresentsAny    bool     `json:"presents_any_caller_id" required:"false" default:"true"`
	SRTP           string   `json:"srtp" required:"false" enum:"off,optional,required,automatic" default:"automatic"`
	Codecs         []string `json:"codecs" required:"false" maxItems:"10" doc:"in order; empty: the usual ones"`
	DTMF           string   `json:"dtmf" required:"false" enum:"automatic,rfc4733,info,in_band" default:"automatic"`
	Outbound       bool     `json:"outbound" required:"false" default:"true"`
	Prefixes       []string `json:"prefixes" required:"false" maxItems:"100" doc:"beginnings of the numbers it carries, with plus; empty: all"`
	Position       int      `json:"position" required:"false" minimum:"0" maximum:"1000" default:"0" doc:"order among trunks that carry alike"`
	MaxChannels    int      `json:"max_channels" required:"false" minimum:"0" maximum:"10000" default:"0" doc:"0: no limit"`
	NumberFormat   string   `json:"number_format" required:"false" enum:"e164,digits,international,national" default:"e164" doc:"of the numbers that it is sent"`
	CallsPerSecond int      `json:"calls_per_second" required:"false" minimum:"0" maximum:"1000" default:"0" doc:"outbound; 0: no limit"`
	Active         bool     `json:"active" required:"false" default:"true"`
}

// Organisation is what holds for all of it.
type Organisation struct {
	Name        string            `json:"name" minLength:"1" maxLength:"100"`
	Country     string            `json:"country" pattern:"^[A-Z]{2}$" doc:"ISO 3166, such as BE"`
	Timezone    string            `json:"timezone" minLength:"1" maxLength:"100" doc:"IANA name"`
	Language    string            `json:"language" required:"false" enum:",en,de,fr,es" doc:"of system prompts; empty: the country's"`
	RingSeconds int               `json:"ring_seconds" required:"false" minimum:"5" maximum:"120" default:"20" doc:"of direct calls"`
	HoldAudio   string            `json:"hold_audio" required:"false" format:"audio" doc:"empty: the default hold music"`
	Fallback    *dest.Destination `json:"fallback,omitempty" required:"false" doc:"where callers go who cannot be sent on; empty: apology and hang-up"`
	Emergency   []string          `json:"emergency_numbers" required:"false" maxItems:"50" doc:"besides those of the country"`
	Dialing     Dialing           `json:"dialing" required:"false"`
	Retention   Retention         `json:"retention" required:"false"`
	SMTP        SMTP              `json:"smtp" required:"false"`
	Presence    PresenceRules     `json:"presence" required:"false"`
}

// Retention is how many days data is kept (BX-19).
type Retention struct {
	Recordings     int `json:"recordings" required:"false" minimum:"1" maximum:"3650" default:"365"`
	Transcripts    int `json:"transcripts" required:"false" minimum:"1" maximum:"3650" default:"365"`
	Voicemail      int `json:"voicemail" required:"false" minimum:"1" maximum:"3650" default:"365"`
	Conversations  int `json:"conversations" required:"false" minimum:"1" maximum:"3650" default:"730"`
	CallRecords    int `json:"call_records" required:"false" minimum:"1" maximum:"3650" default:"1095"`
	Audit          int `json:"audit" required:"false" minimum:"365" maximum:"3650" default:"2555"`
	QualitySamples int `json:"quality_samples" required:"false" minimum:"1" maximum:"3650" default:"90"`
}

// SMTP is the mail server that notices go out by.
type SMTP struct {
	Host     string `json:"host" required:"false" maxLength:"255" doc:"host:port; empty: no mail is sent"`
	Security string `json:"security" required:"false" enum:"starttls,tls,none" default:"starttls"`
	Username string `json:"username" required:"false" maxLength:"250"`
	Password string `json:"password,omitempty" maxLength:"250" doc:"is stored sealed and never shown; empty: as it is"`
	From     string `json:"from" required:"false" maxLength:"250"`
}

// Kind is KindNumber.
func (Number) Kind() Kind { return KindNumber }

// Title is the number itself.
func (n Number) Title() string { return n.PhoneNumber }

// Refs lists trunk, address, location and where the number leads.
func (n Number) Refs() []Ref {
	var all refs
	all.add("trunk", KindTrunk, n.Trunk)
	all.dest("destination", n.Destination)
	all.add("address", KindAddress, n.Address)
	all.add("emergency_location", KindLocation, n.EmergencyLocation)
	return all
}

// Check looks at the destination.
func (n Number) Check() []Problem { return checkOptionalDest("destination", &n.Destination) }

// Kind is KindTrunk.
func (Trunk) Kind() Kind { return KindTrunk }

// Title is its name.
func (t Trunk) Title() string { return t.Name }

// Refs is empty.
func (Trunk) Refs() []Ref { return nil }

// Check refuses a trunk that nobody could call through: by address without addresses, by registration without a registrar.
func (t Trunk) Check() []Problem {
	var all []Problem
	switch {
	case t.TrunkKind == "address" && len(t.Networks) == 0:
		all = append(all, Problem{"networks", "must hold the addresses that the carrier calls from"})
	case t.TrunkKind == "register" && t.Registrar == "":
		all = append(all, Problem{"registrar", "must say where to register"})
	case t.TrunkKind == "register" && t.Username == "":
		all = append(all, Problem{"username", "must say as whom to register"})
	}
	return append(all, checkPrefixes(t.Prefixes)...)
}

var prefix = regexp.MustCompile(`^\+[1-9]\d{0,14}$`)

// Kind is KindOrganisation.
func (Organisation) Kind() Kind { return KindOrganisation }

// Title is its name.
func (o Organisation) Title() string { return o.Name }

// Refs lists music and the fallback.
func (o Organisation) Refs() []Ref {
	var all refs
	all.add("hold_audio", KindAudio, o.HoldAudio)
	if o.Fallback != nil {
		all.dest("fallback", *o.Fallback)
	}
	return all
}

// Check looks at the timezone and the fallback.
func (o Organisation) Check() []Problem {
	all := checkOptionalDest("fallback", o.Fallback)
	if _, err := time.LoadLocation(o.Timezone); err != nil {
		all = append(all, Problem{"timezone", "must be the name of a timezone, such as Europe/Brussels"})
	}
	return all
}
