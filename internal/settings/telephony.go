package settings

import (
	"fmt"
	"regexp"

	"parley/internal/dest"
)

// Number is a number (DID) of the organisation (PN-1).
type Number struct {
	PhoneNumber       string           `json:"phone_number" pattern:"^\\+[1-9][0-9]{1,14}$" patternDescription:"a telephone number with country code, such as +3225550100" doc:"with country code, such as +3225550100"`
	FriendlyName      string           `json:"friendly_name" required:"false" maxLength:"64" doc:"empty: the number"`
	Trunk             string           `json:"trunk" format:"trunk" minLength:"1"`
	Destination       dest.Destination `json:"destination" required:"false"`
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
	Precedence
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
	Realm          string   `json:"realm" required:"false" maxLength:"255" doc:"that the password is for; another one is given no answer; empty: whichever the carrier names"`
	FromUser       string   `json:"from_user" required:"false" maxLength:"100" doc:"empty: the number that is shown"`
	FromDomain     string   `json:"from_domain" required:"false" maxLength:"255" doc:"empty: the proxy's host"`
	CallerID       string   `json:"caller_id" required:"false" maxLength:"50" doc:"its own number, shown where another may not be"`
	PresentsAny    bool     `json:"presents_any_caller_id" required:"false" default:"true"`
	Identity       string   `json:"identity" required:"false" enum:"from,pai" default:"from" doc:"how the number that is shown is asserted: by From alone, or by P-Asserted-Identity too"`
	Privacy        bool     `json:"privacy" required:"false" default:"true" doc:"with pai: a caller who withheld the number and is sent on outside stays anonymous, by Privacy: id"`
	Diversion      bool     `json:"diversion" required:"false" default:"false" doc:"calls that are sent on outside name the number that was called, in Diversion"`
	SRTP           string   `json:"srtp" required:"false" enum:"off,optional,required,automatic" default:"automatic"`
	Codecs         []string `json:"codecs" required:"false" maxItems:"10" doc:"in order; empty: the usual ones"`
	DTMF           string   `json:"dtmf" required:"false" enum:"automatic,rfc4733,info,in_band" default:"automatic"`
	Outbound       bool     `json:"outbound" required:"false" default:"true"`
	Prefixes       []string `json:"prefixes" required:"false" maxItems:"100" doc:"beginnings of the numbers it carries, with plus; empty: all"`
	Position       int      `json:"position" required:"false" minimum:"0" maximum:"1000" default:"0" doc:"order among trunks that carry alike"`
	MaxChannels    int      `json:"max_channels" required:"false" minimum:"0" maximum:"10000" default:"0" doc:"0: no limit"`
	NumberFormat   string   `json:"number_format" required:"false" enum:"e164,digits,international,national" default:"e164" doc:"of the numbers that it is sent"`
	CallsPerSecond int      `json:"calls_per_second" required:"false" minimum:"0" maximum:"1000" default:"0" doc:"outbound; 0: no limit"`
	Geolocation    bool     `json:"geolocation" required:"false" default:"false" doc:"emergency calls say where the caller is, by PIDF-LO (RFC 6442)"`
	TextMessages   bool     `json:"text_messages" required:"false" default:"false" doc:"the carrier takes text messages, by SIP MESSAGE (RFC 3428)"`
	Active         bool     `json:"active" required:"false" default:"true"`
}

// IdentityPAI is the identity of a trunk that asserts numbers by P-Asserted-Identity (RFC 3325).
const IdentityPAI = "pai"

// Organisation is what holds for all of it.
type Organisation struct {
	Name        string            `json:"name" minLength:"1" maxLength:"100"`
	Country     string            `json:"country" pattern:"^[A-Z]{2}$" patternDescription:"two capital letters (ISO 3166), such as BE" doc:"ISO 3166, such as BE"`
	Timezone    string            `json:"timezone" minLength:"1" maxLength:"100" doc:"IANA name"`
	Language    string            `json:"language" required:"false" enum:",en,de,fr,es" doc:"of system prompts; empty: the country's"`
	RingSeconds int               `json:"ring_seconds" required:"false" minimum:"5" maximum:"120" default:"20" doc:"of direct calls"`
	HoldAudio   string            `json:"hold_audio" required:"false" format:"audio" doc:"empty: the default hold music"`
	Fallback    *dest.Destination `json:"fallback,omitempty" required:"false" doc:"where callers go who cannot be sent on; empty: apology and hang-up"`
	Emergency   []string          `json:"emergency_numbers" required:"false" maxItems:"50" doc:"besides those of the country"`
	// Who is told of an emergency call, besides those who help (BX-14).
	EmergencyUsers   []string `json:"emergency_users" required:"false" format:"user" maxItems:"50" doc:"who are told of an emergency call at once, by the bell and by mail; empty: the administrators"`
	EmergencyMail    string   `json:"emergency_mail" required:"false" maxLength:"250" doc:"who else gets a mail: one address, or several parted by commas"`
	EmergencyTexts   []string `json:"emergency_texts" required:"false" maxItems:"20" doc:"telephone numbers, with country code, that get a text message; a trunk in use must take some"`
	EmergencyWebhook string   `json:"emergency_webhook" required:"false" maxLength:"500" doc:"an address that begins with https://"`

	Dialing     Dialing       `json:"dialing" required:"false"`
	Codes       Codes         `json:"feature_codes" required:"false"`
	Consent     []Consent     `json:"recording_consent" required:"false" maxItems:"300" doc:"what is asked before recordings, by the customer's number; no entry: nothing"`
	Retention   Retention     `json:"retention" required:"false"`
	SMTP        SMTP          `json:"smtp" required:"false"`
	Presence    PresenceRules `json:"presence" required:"false"`
	ListedTags  bool          `json:"listed_tags_only" required:"false" default:"false" doc:"people put only tags of the list of tag keys on calls and recordings"`
	Campaigns   string        `json:"campaigns_shown" required:"false" enum:"own,all" default:"all" doc:"own: agents convert calls to the campaigns of their own groups only"`
	AskWhere    bool          `json:"confirm_location" required:"false" default:"true" doc:"who starts in a new network is asked where help would have to come"`
	AgentAssist bool          `json:"agent_assist" required:"false" default:"true" doc:"agents may ask their supervisors for help in a call"`
	HideWatch   bool          `json:"hide_supervision" required:"false" default:"false" doc:"agents see no mark while a supervisor listens or coaches"`
	// WebhookSecret is what webhooks are signed with; as Standard Webhooks has it, "whsec_" and base64, or any other text.
	WebhookSecret string `json:"webhook_secret,omitempty" maxLength:"250" doc:"is stored sealed and never shown; empty: as it is"`
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
	all.steps("skill_steps", n.Steps)
	return all
}

// Check looks at the destination and the steps.
func (n Number) Check() []Problem {
	return append(checkOptionalDest("destination", &n.Destination), checkSteps("skill_steps", n.Steps)...)
}

// IsSole tells whether it is the default number, of which there is one.
func (n Number) IsSole() bool { return n.Default }

// Unmarked is the number when another one has become the default.
func (n Number) Unmarked() Number {
	n.Default = false
	return n
}

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
	all = append(all, checkPrefixes(t.Prefixes)...)
	if t.CallerID != "" && !dialable.MatchString(t.CallerID) {
		all = append(all, Problem{"caller_id", "must be a telephone number, such as +3225550100"})
	}
	return append(all, t.checkNames()...)
}

// checkNames looks at what is looked up by DNS and at what stands in messages to the carrier.
func (t Trunk) checkNames() []Problem {
	all := append(checkHost("proxy", t.Proxy), checkHost("registrar", t.Registrar)...)
	all = append(all, checkHost("from_domain", t.FromDomain)...)
	all = append(all, checkWord("from_user", t.FromUser, userPart)...)
	all = append(all, checkWord("realm", t.Realm, oneLine)...)
	return append(append(all, checkWord("username", t.Username, oneLine)...), checkWord("auth_user", t.AuthUser, oneLine)...)
}

var prefix = regexp.MustCompile(`^\+[1-9]\d{0,14}$`)

// Kind is KindOrganisation.
func (Organisation) Kind() Kind { return KindOrganisation }

// Title is its name.
func (o Organisation) Title() string { return o.Name }

// Refs lists music, the fallback, the queues that have a number and who is told of emergency calls.
func (o Organisation) Refs() []Ref {
	var all refs
	all.add("hold_audio", KindAudio, o.HoldAudio)
	all.add("emergency_users", KindUser, o.EmergencyUsers...)
	for i, one := range o.Consent {
		all.prompt(fmt.Sprintf("recording_consent[%d].prompt", i), one.Prompt)
	}
	if o.Fallback != nil {
		all.dest("fallback", *o.Fallback)
	}
	for i, q := range o.Codes.Queues {
		all.add(fmt.Sprintf("feature_codes.queue_numbers[%d].queue", i), KindQueue, q.Queue)
	}
	return all
}

// Check looks at the country, the timezone, the fallback, the feature codes, the emergency numbers, the mail server and the secret.
func (o Organisation) Check() []Problem {
	all := append(checkOptionalDest("fallback", o.Fallback), checkTimezone("timezone", o.Timezone)...)
	all = append(all, checkCountry("country", o.Country)...)
	for i, number := range o.Emergency {
		if !digits.MatchString(number) {
			all = append(all, Problem{fmt.Sprintf("emergency_numbers[%d]", i), "must be 2 to 15 digits, as they are dialled"})
		}
	}
	all = append(append(all, checkEmails("emergency_mail", o.EmergencyMail)...), checkWebhook("emergency_webhook", o.EmergencyWebhook)...)
	all = append(all, checkTexts("emergency_texts", o.EmergencyTexts)...)
	all = append(append(all, checkHost("smtp.host", o.SMTP.Host)...), checkEmail("smtp.from", o.SMTP.From)...)
	all = append(all, checkConsent(o.Consent)...)
	if o.SMTP.Host != "" && o.SMTP.From == "" {
		all = append(all, Problem{"smtp.from", "must hold the address that mail comes from"})
	}
	if n := len(o.WebhookSecret); n > 0 && n < leastSecret {
		all = append(all, Problem{"webhook_secret", "must have 20 to 250 characters"})
	}
	return append(all, o.Codes.check("feature_codes")...)
}

// leastSecret is how long a secret is at least (BX-16).
const leastSecret = 20
