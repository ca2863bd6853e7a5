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
		{"option to nowhere", Menu{Prompt: said, Options: []MenuOption{{Digits: "1"}}}, "options[0].destination"},
		{"external without a number", Number{Destination: dest.Destination{Kind: dest.External, Target: "12"}}, "destination"},
		{"external", Number{Destination: dest.Destination{Kind: dest.External, Target: "+3225550100"}}, ""},
		{"AI agent", Number{Destination: dest.Destination{Kind: dest.AIAgent, Target: "x"}}, "destination"},
		{"router without default", TimeRouter{}, "default"},
		{"voicemail without a mailbox", Queue{Voicemail: true}, "mailbox"},
		{"outcome required", Queue{OutcomeRequired: true}, "outcomes"},
		{"critical before warning", Queue{WaitWarning: 60, WaitCritical: 30}, "wait_critical_seconds"},
		{"weight of nobody", Queue{MemberWeights: []MemberWeight{{Weight: 3}}}, "member_weights[0]"},
		{"empty step", Queue{Steps: []SkillStep{{}}}, "skill_steps[0]"},
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
