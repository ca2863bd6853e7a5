package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

type savedMailbox = store.Saved[settings.Mailbox]

// TestMailboxFields: each field of table Mailbox has the default and the range of the specification (VM-1, VM-10).
func TestMailboxFields(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	const path = "/api/settings/mailboxes"
	p := c.post(path, `{"fields":{"name":"Nobody's"}}`).problem(t, 422) // the default type is agent, whose user must be said
	if p.Errors[0].Location != "body.fields.user" {
		t.Errorf("without a user: %+v", p)
	}
	made := read[savedMailbox](t, c.post(path, fmt.Sprintf(`{"fields":{"name":"Noa","user":%q}}`, w.users["none"])))
	want := settings.Mailbox{Type: "agent", Name: "Noa", User: string(w.users["none"]), Channel: "none", MaxSeconds: 180}
	if made.Fields != want {
		t.Errorf("defaults\ngot  %+v\nwant %+v", made.Fields, want)
	}
	want.Name, want.User = "Ann Ash", string(w.users["ann"]) // who is an agent, and got hers by that
	if anns := w.box("ann").Fields; anns != want {
		t.Errorf("defaults of an agent's\ngot  %+v\nwant %+v", anns, want)
	}
	shared := func(name, more string) answer {
		return c.post(path, fmt.Sprintf(`{"fields":{"voicemail_mailbox_type":"shared","name":%q%s}}`, name, more))
	}
	for _, number := range []string{"800", "801"} {
		if m := read[savedMailbox](t, shared("Team "+number, "")); m.Fields.Number != number {
			t.Errorf("a shared mailbox got number %q, want %s", m.Fields.Number, number)
		}
	}
	for field, bad := range map[string]string{
		"name":                    `""`,
		"voicemail_mailbox_type":  `"team"`,
		"voicemail_mailbox_id":    `"` + strings.Repeat("1", 51) + `"`,
		"prompt":                  `{"text":"` + strings.Repeat("x", 1001) + `"}`,
		"followup":                `{"text":"` + strings.Repeat("x", 1001) + `"}`,
		"send_notices_to_channel": `"fax"`,
		"send_notices_to_email":   `"` + strings.Repeat("x", 251) + `"`,
		"ticket_department":       `"` + strings.Repeat("x", 101) + `"`,
		"max_seconds":             `9`,
		"retention_days":          `0`,
		"include_transcript":      `"yes"`,
		"attach_audio":            `1`,
		"user":                    `"nobody"`,
	} {
		text := map[string]any{"voicemail_mailbox_type": "shared", "name": "Odd", field: json.RawMessage(bad)}
		body, err := json.Marshal(map[string]any{"fields": text})
		check(t, err)
		p := c.post(path, string(body)).problem(t, 422)
		if !strings.HasPrefix(p.Errors[0].Location, "body.fields."+field) {
			t.Errorf("%s: %+v", field, p)
		}
	}
	shared("Longest", `,"max_seconds":601`).problem(t, 422)
	for _, taken := range []string{"800", w.extension(t, "bob")} {
		if p := shared("Twice", fmt.Sprintf(`,"voicemail_mailbox_id":%q`, taken)).problem(t, 422); p.Errors[0].Location != "body.fields.voicemail_mailbox_id" {
			t.Errorf("number %s: %+v", taken, p)
		}
	}
}

func (w *world) extension(t *testing.T, name string) string {
	t.Helper()
	for _, a := range read[store.Page[store.Saved[settings.Agent]]](t, w.as("admin").get("/api/settings/agents")).Rows {
		if a.Fields.User == string(w.users[name]) {
			return a.Fields.Extension
		}
	}
	t.Fatalf("no agent %s", name)
	return ""
}

// TestPersonalMailbox: an agent has one, and nothing leads there but the agent's own unanswered direct calls (VM-2, VM-9).
func TestPersonalMailbox(t *testing.T) {
	w := newWorld(t)
	own, shared := w.mailboxes()
	c := w.as("admin")
	menu := func(box string) string {
		return fmt.Sprintf(`{"fields":{"name":"Main","prompt":{"text":"Hello"},"default_destination":{"kind":"mailbox","target":%q}}}`, box)
	}
	p := c.post("/api/settings/menus", menu(string(own))).problem(t, 422)
	if p.Errors[0].Location != "body.fields.default_destination" || !strings.Contains(p.Detail, "personal mailbox Ann Ash") {
		t.Errorf("a menu to a personal mailbox: %+v", p)
	}
	made := read[store.Saved[settings.Menu]](t, c.post("/api/settings/menus", menu(string(shared))))
	draft := strings.Replace(menu(string(own)), "{", fmt.Sprintf(`{"version":%d,`, made.Version), 1)
	if a := c.do(http.MethodPut, "/api/settings/menus/"+made.ID+"/draft", draft); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	p = c.post("/api/settings/menus/"+made.ID+"/publish", "{}").problem(t, 422)
	if p.Errors[0].Location != "body.fields.default_destination" {
		t.Errorf("a draft that leads there: %+v", p)
	}
	trunk := store.NewTrunk("Carrier", store.TrunkByAddress)
	check(t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	for _, query := range []string{"?dry_run=true", ""} {
		file := "phone_number,trunk,destination\n+3225559999,Carrier,mailbox:Ann Ash\n"
		a := c.do(http.MethodPost, "/api/settings/numbers/import"+query, file, "Content-Type", "text/csv")
		if !strings.Contains(a.body, `"created":0`) || !strings.Contains(a.body, "personal mailbox Ann Ash") {
			t.Errorf("a file whose number leads there, with %q: %s", query, a.body)
		}
	}
	second := fmt.Sprintf(`{"fields":{"name":"Second","user":%q}}`, w.users["ann"])
	if p = c.post("/api/settings/mailboxes", second).problem(t, 422); p.Errors[0].Location != "body.fields.user" {
		t.Errorf("a second one: %+v", p)
	}
	become := fmt.Sprintf(`{"version":1,"fields":{"name":"Sales","user":%q}}`, w.users["none"])
	p = c.do(http.MethodPut, "/api/settings/mailboxes/"+string(shared), become).problem(t, 422)
	if p.Errors[0].Location != "body.fields.voicemail_mailbox_type" {
		t.Errorf("one that is led to becomes personal: %+v", p)
	}
	for _, a := range read[store.Page[store.Saved[settings.Agent]]](t, c.get("/api/settings/agents")).Rows {
		anns := a.Fields.User == string(w.users["ann"])
		for field, box := range map[string]string{"personal_mailbox": string(own), "shared_mailbox": string(shared)} {
			for _, exchanged := range []bool{false, true} {
				fields := a.Fields
				fields.PersonalMailbox, fields.SharedMailbox = "", ""
				if (field == "personal_mailbox") != exchanged {
					fields.PersonalMailbox = box
				} else {
					fields.SharedMailbox = box
				}
				body, err := json.Marshal(map[string]any{"version": a.Version, "fields": fields})
				check(t, err)
				got := c.do(http.MethodPut, "/api/settings/agents/"+a.ID, string(body))
				fits := !exchanged && (anns || field == "shared_mailbox")
				if fits != (got.status == http.StatusOK) {
					t.Errorf("%s as %s of %s, exchanged %v: %d %s", box, field, a.Title, exchanged, got.status, got.body)
				}
				if fits {
					a.Version++
				}
			}
		}
	}
	if s, _ := w.doors.Sites.Of(w.org); s.Routing.Agents[w.agents["ann"]].PersonalMailbox != string(own) {
		t.Error("the personal mailbox does not take Ann's calls by itself")
	}
}

// TestAgentsMailbox: an agent that an administrator makes, in a form or by a file, hears voicemail at once; the mailbox is not deleted
// before the agent, and then goes by itself (VM-2).
func TestAgentsMailbox(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	cy := read[store.Saved[settings.User]](t, c.post("/api/settings/users", `{"fields":{"email":"cy@example.com","first_name":"Cy","role":"agent"}}`))
	w.users["cy"] = id.User(cy.ID)
	agent := read[store.Saved[settings.Agent]](t, c.post("/api/settings/agents", fmt.Sprintf(`{"fields":{"user":%q}}`, cy.ID)))
	box := w.box("cy")
	if s, _ := w.doors.Sites.Of(w.org); s.Routing.Agents[id.Agent(agent.ID)].PersonalMailbox != box.ID {
		t.Error("unanswered direct calls do not fall into the mailbox")
	}
	if list := read[[]VoiceMailbox](t, w.as("cy").get("/api/voicemail/mailboxes")); len(list) != 1 || !list[0].Own || list[0].Number != agent.Fields.Extension {
		t.Errorf("on the page: %+v", list)
	}
	if users := c.do(http.MethodDelete, "/api/settings/mailboxes/"+box.ID, "").problem(t, 409).Users; len(users) != 1 || users[0].ID != agent.ID {
		t.Errorf("deleted, or in the way are %+v", users)
	}
	if a := c.do(http.MethodDelete, "/api/settings/agents/"+agent.ID, ""); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	c.do(http.MethodGet, "/api/settings/mailboxes/"+box.ID, "").problem(t, 404)
	if a := c.do(http.MethodPost, "/api/settings/agents/import", "user,extension\ncy@example.com,555\n", "Content-Type", "text/csv"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if again := w.box("cy"); again.ID == box.ID {
		t.Error("the mailbox of the deleted agent is there")
	}
}
