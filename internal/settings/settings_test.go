package settings

import (
	"strings"
	"testing"

	"parley/internal/dest"
	"parley/internal/prompt"
	"parley/internal/schedule"
)

var (
	said    = prompt.Prompt{Text: "Welcome"}
	hangup  = dest.Destination{Kind: dest.Hangup}
	toSales = dest.Destination{Kind: dest.Queue, Target: "sales"}
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name   string
		record Record
		field  string // "" when nothing is wrong
	}{
		{"menu", Menu{Prompt: said, Options: []MenuOption{{Digits: "1", Destination: toSales}}}, ""},
		{"menu that says nothing", Menu{}, "prompt"},
		{"option without keys", Menu{Prompt: said, Options: []MenuOption{{Destination: toSales}}}, "options[0]"},
		{"keys twice", Menu{Prompt: said, Options: []MenuOption{{Digits: "1", Destination: toSales}, {Digits: "1", Destination: hangup}}}, "options[1].digits"},
		{"keys and their end", Menu{Prompt: said, Options: []MenuOption{{Digits: "1#", Destination: hangup}, {Digits: "1", Destination: toSales}}}, "options[0].digits"},
		{"keys beyond an end", Menu{Prompt: said, Options: []MenuOption{{Digits: "1", Destination: toSales}, {Digits: "1#2", Destination: hangup}}}, "options[1].digits"},
		{"keys told apart by time", Menu{Prompt: said, Options: []MenuOption{
			{Digits: "1", Destination: toSales}, {Digits: "12", Destination: hangup}, {Digits: "#", Destination: hangup}, {Digits: "#*", Destination: hangup},
		}}, ""},
		{"range twice", TimeRouter{Default: hangup, Entries: []TimeEntry{
			{Range: "a", Destination: toSales}, {Range: "b", Destination: toSales}, {Range: "a", Destination: hangup},
		}}, "entries[2].time_range"},
		{"option to nowhere", Menu{Prompt: said, Options: []MenuOption{{Digits: "1"}}}, "options[0].destination"},
		{"external without a number", Number{Destination: dest.Destination{Kind: dest.External, Target: "12"}}, "destination"},
		{"external", Number{Destination: dest.Destination{Kind: dest.External, Target: "+3225550100"}}, ""},
		{"messages in mailboxes", Number{Destination: dest.Destination{Kind: dest.External, Target: "*98"}}, ""},
		{"one's own mailbox", Number{Destination: dest.Destination{Kind: dest.External, Target: "*97"}}, "destination"},
		{"AI agent", Number{Destination: dest.Destination{Kind: dest.AIAgent, Target: "x"}}, "destination"},
		{"router without default", TimeRouter{}, "default"},
		{"voicemail without a mailbox", Queue{Voicemail: true}, "mailbox"},
		{"outcome required", Queue{OutcomeRequired: true}, "outcomes"},
		{"alert", Queue{ServiceAlert: ServiceAlert{Email: "ann@example.com, bob@example.com", Webhook: "https://example.org/hook"}}, ""},
		{"alert of this machine", Queue{ServiceAlert: ServiceAlert{Webhook: "http://127.0.0.1:9/hook"}}, ""},
		{"alert in the open", Queue{ServiceAlert: ServiceAlert{Webhook: "http://example.org/hook"}}, "service_alert.webhook"},
		{"alert nowhere", Queue{ServiceAlert: ServiceAlert{Webhook: "hook"}}, "service_alert.webhook"},
		{"alert with a password", Queue{ServiceAlert: ServiceAlert{Webhook: "https://me:secret@example.org/"}}, "service_alert.webhook"},
		{"emergency", Organisation{Timezone: "Europe/Brussels", Country: "BE", EmergencyMail: "ann@example.com", EmergencyWebhook: "https://example.org/"}, ""},
		{"consent", Organisation{Timezone: "Europe/Brussels", Consent: []Consent{
			{Prefixes: []string{"+49"}, Rule: "opt_in", Prompt: prompt.Prompt{Text: "press 9"}}, {Rule: "none"},
		}}, ""},
		{"consent unasked", Organisation{Timezone: "Europe/Brussels", Consent: []Consent{{Rule: "notice"}}}, "recording_consent[0].prompt"},
		{"consent nowhere", Organisation{Timezone: "Europe/Brussels", Consent: []Consent{{Prefixes: []string{"49"}, Rule: "none"}}}, "recording_consent[0].prefixes[0]"},
		{"consent twice", Organisation{Timezone: "Europe/Brussels", Consent: []Consent{{Rule: "none"}, {Rule: "none"}}}, "recording_consent[1].prefixes"},
		{"emergency texts", Organisation{Timezone: "Europe/Brussels", Country: "BE", EmergencyTexts: []string{"+32470123456"}}, ""},
		{"emergency texts to half a number", Organisation{Timezone: "Europe/Brussels", Country: "BE", EmergencyTexts: []string{"+32470123456", "0470123456"}}, "emergency_texts[1]"},
		{"emergency by no mail", Organisation{Timezone: "Europe/Brussels", Country: "BE", EmergencyMail: "ann"}, "emergency_mail"},
		{"emergency in the open", Organisation{Timezone: "Europe/Brussels", EmergencyWebhook: "http://example.org/"}, "emergency_webhook"},
		{"alert by no mail", Queue{ServiceAlert: ServiceAlert{Email: "ann@example.com, bob"}}, "service_alert.email"},
		{"short secret", Organisation{Timezone: "UTC", WebhookSecret: "too short"}, "webhook_secret"},
		{"critical before warning", Queue{WaitWarning: 60, WaitCritical: 30}, "wait_critical_seconds"},
		{"weight of nobody", Queue{MemberWeights: []MemberWeight{{Weight: 3}}}, "member_weights[0]"},
		{"empty step", Queue{Steps: []SkillStep{{}}}, "skill_steps[0]"},
		{"empty step of a number", Number{Destination: hangup, Precedence: Precedence{Steps: []SkillStep{{Agents: []string{"ann"}}, {}}}}, "skill_steps[1]"},
		{"step of a menu", Menu{Prompt: said, Precedence: Precedence{Steps: []SkillStep{{Expression: "french >="}}}}, "skill_steps[0].expression"},
		{"step of an option", Menu{Prompt: said, Options: []MenuOption{
			{Digits: "1", Destination: toSales, Precedence: Precedence{Steps: []SkillStep{{}}}},
		}}, "options[0].skill_steps[0]"},
		{"long tag", Queue{TagsOnEntry: []string{strings.Repeat("x", 51)}}, "tags_on_entry[0]"},
		{"forwarding to nowhere", Agent{Forwarding: "always"}, "forward_to"},
		{"receiving number", Agent{ReceivingNumber: "0470111222"}, "receiving_number"},
		{"skill twice", Agent{Skills: []Skill{{"french", 1}, {"french", 2}}}, "skills[1].name"},
		{"system reason", Reason{Name: "Auto pause"}, "name"},
		{"calling code", Class{AllowedCountries: []string{"+32"}}, "allowed_countries[0]"},
		{"personal mailbox of nobody", Mailbox{Type: "agent"}, "user"},
		{"trunk without addresses", Trunk{TrunkKind: "address"}, "networks"},
		{"trunk without registrar", Trunk{TrunkKind: "register", Username: "x"}, "registrar"},
		{"prefix", Trunk{TrunkKind: "register", Registrar: "r", Username: "x", Prefixes: []string{"32"}}, "prefixes[0]"},
		{"time range", TimeRange{Range: schedule.Range{Timezone: "Europe/Brussels"}, Calendar: "https://example.org/be.ics"}, ""},
		{"row that never matches", TimeRange{Range: schedule.Range{Rows: []schedule.Row{{StartDate: "2026-12-02", EndDate: "2026-12-01"}}}}, "rows[0].end_date"},
		{"calendar in the open", TimeRange{Calendar: "http://example.org/be.ics"}, "calendar"},
		{"calendar of this machine", TimeRange{Calendar: "http://127.0.0.1:8080/be.ics"}, ""},
		{"calendar nowhere", TimeRange{Calendar: "holidays"}, "calendar"},
		{"calendar with a password", TimeRange{Calendar: "https://me:secret@example.org/be.ics"}, "calendar"},
		{"timezone", Organisation{Timezone: "Europe/Nowhere"}, "timezone"},
		{"timezone of the machine", Organisation{Timezone: "Local"}, "timezone"},
		{"timezone of a user", User{Email: "ann@example.org", Timezone: "Europe/Nowhere"}, "timezone"},
		{"login with a name", User{Email: "Ann <ann@example.org>"}, "email"},
		{"country", Organisation{Timezone: "UTC", Country: "XX"}, "country"},
		{"country of a location", Location{Country: "XX"}, "country_code"},
		{"country of an address", Address{Country: "XX"}, "country_code"},
		{"emergency number", Organisation{Timezone: "UTC", Emergency: []string{"100", "17"}}, ""},
		{"emergency word", Organisation{Timezone: "UTC", Emergency: []string{"100", "help"}}, "emergency_numbers[1]"},
		{"emergency number of one digit", Organisation{Timezone: "UTC", Emergency: []string{"9"}}, "emergency_numbers[0]"},
		{"mail server", Organisation{Timezone: "UTC", SMTP: SMTP{Host: "mail.example.org:587", From: "calls@example.org"}}, ""},
		{"mail server that is none", Organisation{Timezone: "UTC", SMTP: SMTP{Host: "mail server", From: "calls@example.org"}}, "smtp.host"},
		{"sender that is none", Organisation{Timezone: "UTC", SMTP: SMTP{Host: "[2001:db8::1]:25", From: "Calls"}}, "smtp.from"},
		{"mail from nobody", Organisation{Timezone: "UTC", SMTP: SMTP{Host: "mail.example.org"}}, "smtp.from"},
		{"forwarding to a word", Agent{ForwardTo: "banana"}, "forward_to"},
		{"forwarding inside", Agent{Forwarding: "always", ForwardTo: "102"}, ""},
		{"forwarding as people write", Agent{Forwarding: "always", ForwardTo: "0470 11 12 22"}, ""},
		{"forwarding of a presence", Presence{ForwardTo: "x"}, "forward_to"},
		{"skill twice in other letters", Agent{Skills: []Skill{{"french", 1}, {"French", 2}}}, "skills[1].name"},
		{"system reason in other letters", Reason{Name: "auto Pause "}, "name"},
		{"notices to nobody", Mailbox{Type: "shared", Channel: "email"}, "send_notices_to_email"},
		{"notices to the owner", Mailbox{Type: "agent", User: "ann", Channel: "email"}, ""},
		{"notices to no address", Mailbox{Type: "shared", Channel: "email", Email: "ann"}, "send_notices_to_email"},
		{"blank greeting", Mailbox{Type: "shared", Prompt: prompt.Prompt{Text: "  "}}, "prompt.text"},
		{"prompt of the program's own", Menu{Prompt: prompt.OfNumber(7)}, "prompt"},
		{"prompt in no language", Menu{Prompt: prompt.Prompt{Text: "Hi", Language: "xx"}}, "prompt.language"},
		{"silent question", Queue{Survey: []SurveyQuestion{{Name: "Happy?"}}}, "survey[0].prompt"},
		{"trunk", Trunk{TrunkKind: "register", Registrar: "sip.example.org", Username: "x", Proxy: "[2001:db8::1]:5061", FromDomain: "10.0.0.1"}, ""},
		{"proxy with a scheme", Trunk{TrunkKind: "address", Networks: []string{"10.0.0.1"}, Proxy: "http://x"}, "proxy"},
		{"proxy with a port that is none", Trunk{TrunkKind: "address", Networks: []string{"10.0.0.1"}, Proxy: "host:99999"}, "proxy"},
		{"registrar of two words", Trunk{TrunkKind: "register", Registrar: "r x", Username: "x"}, "registrar"},
		{"From domain over two lines", Trunk{TrunkKind: "address", Networks: []string{"10.0.0.1"}, FromDomain: "a\r\nX: y"}, "from_domain"},
		{"From user over two lines", Trunk{TrunkKind: "address", Networks: []string{"10.0.0.1"}, FromUser: "a\r\nX: y"}, "from_user"},
		{"user name over two lines", Trunk{TrunkKind: "register", Registrar: "r", Username: "a\r\nX: y"}, "username"},
		{"realm over two lines", Trunk{TrunkKind: "address", Networks: []string{"10.0.0.1"}, Realm: "a\r\nX: y"}, "realm"},
		{"own number of a trunk", Trunk{TrunkKind: "address", Networks: []string{"10.0.0.1"}, CallerID: "banana"}, "caller_id"},
		{"contact", Contact{Name: "Eve", Numbers: []string{"+32470111222"}, Email: "eve@example.org"}, ""},
		{"contact with a number of one country", Contact{Name: "Eve", Numbers: []string{"+32470111222", "0470111222"}}, "numbers[1]"},
		{"contact without an address", Contact{Name: "Eve", Email: "eve"}, "email"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := c.record.Check()
			if c.field == "" && len(found) > 0 || c.field != "" && (len(found) != 1 || found[0].Field != c.field) {
				t.Errorf("found %v, not %q", found, c.field)
			}
		})
	}
}

func TestRefs(t *testing.T) {
	q := Queue{
		Members: Members{Agents: []string{"ann"}, Groups: []string{"team"}}, Mailbox: "box", EntryGreeting: prompt.Prompt{Audio: "hello"},
		OnNoAgent: &dest.Destination{Kind: dest.Announcement, Target: "closed"}, Survey: []SurveyQuestion{{Prompt: prompt.Prompt{Audio: "ask"}}},
	}
	want := []Ref{
		{"members.agents", KindAgent, "ann"}, {"members.groups", KindGroup, "team"}, {"mailbox", KindMailbox, "box"},
		{"entry_greeting", KindAudio, "hello"}, {"survey[0].prompt", KindAudio, "ask"}, {"on_no_agent", KindAudio, "closed"},
	}
	got := q.Refs()
	if len(got) != len(want) {
		t.Fatalf("refs %v, not %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("ref %d is %v, not %v", i, got[i], want[i])
		}
	}
	if all := (Number{Destination: dest.Destination{Kind: dest.External, Target: "+3225550100"}}).Refs(); len(all) != 0 {
		t.Errorf("an external number is no record: %v", all)
	}
}

// TestPresences: the eleven of PR-2, of which the away ones carry do not disturb.
func TestPresences(t *testing.T) {
	all := Presences()
	if len(all) != 11 {
		t.Fatalf("%d presences", len(all))
	}
	for i, p := range all {
		away := i >= 5
		if p.DoNotDisturb != away || (p.Effect == "unavailable") != away || p.Forwarding != "own" || p.Order != i+1 || p.Name == "" {
			t.Errorf("%s: %+v", p.ID, p.Presence)
		}
	}
	if all[0].ID != PresenceAvailable || all[10].ID != PresenceOutOfOffice {
		t.Errorf("from %s to %s", all[0].ID, all[10].ID)
	}
	if r := New[Organisation]().Presence; r.Mode != "passive" || !r.Overrides {
		t.Errorf("rules %+v", r)
	}
}
