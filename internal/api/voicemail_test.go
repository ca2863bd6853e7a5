package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/settings"
	"parley/internal/store"
)

// box is the mailbox that somebody got as an agent.
func (w *world) box(name string) store.Saved[settings.Mailbox] {
	w.t.Helper()
	for _, b := range read[store.Page[store.Saved[settings.Mailbox]]](w.t, w.as("admin").get("/api/settings/mailboxes")).Rows {
		if b.Fields.User == string(w.users[name]) {
			return b
		}
	}
	w.t.Fatalf("%s has no mailbox", name)
	return store.Saved[settings.Mailbox]{}
}

// mailboxes gives Ann's own and makes one of Sales, as an administrator does.
func (w *world) mailboxes() (own, shared id.Mailbox) {
	w.t.Helper()
	c := w.as("admin")
	create := func(fields string) id.Mailbox {
		made := read[store.Saved[settings.Mailbox]](w.t, c.post("/api/settings/mailboxes", `{"fields":`+fields+`}`))
		return id.Mailbox(made.ID)
	}
	own = id.Mailbox(w.box("ann").ID)
	shared = create(`{"voicemail_mailbox_type":"shared","name":"Sales","voicemail_mailbox_id":"8001"}`)
	q := read[store.Saved[settings.Queue]](w.t, c.get("/api/settings/queues/"+string(w.queues["Sales"])))
	q.Fields.Voicemail, q.Fields.Mailbox = true, string(shared)
	body, err := json.Marshal(map[string]any{"version": q.Version, "fields": q.Fields})
	check(w.t, err)
	read[store.Saved[settings.Queue]](w.t, c.do(http.MethodPut, "/api/settings/queues/"+q.ID, string(body)))
	return own, shared
}

// left puts a message of one second into a mailbox.
func (w *world) left(box id.Mailbox, which id.Recording, at time.Time) {
	w.t.Helper()
	row := store.Recording{Call: "c9", Status: "available", StorageKey: "r/" + string(which) + ".live", Channels: 2, StartedAt: at}
	row.ID = which
	check(w.t, w.doors.DB.CreateRecording(w.ctx, &row))
	w.recording(which)
	group := w.doors.DB.StartGroupCommit(store.GroupCommitConfig{})
	m := store.Message{
		Mailbox: box, Call: "c9", Recording: which, From: "+32470111222", FromName: "EVE", Customer: "cus", CustomerName: "Eve Fischer",
		LeftAt: at, DurationSeconds: 1,
	}
	m.ID = id.Message(which)
	group.Writer(w.org).Message(m)
	check(w.t, group.Close(w.ctx))
	check(w.t, w.doors.Voicemail.Recount(w.ctx))
}

func (c *client) messages(query string) string {
	c.w.t.Helper()
	page := read[store.Page[VoiceMessage]](c.w.t, c.get("/api/voicemail/messages"+query))
	var all []string
	for _, m := range page.Rows {
		mark := ""
		if m.Listened {
			mark = "+"
		}
		all = append(all, string(m.ID)+mark)
	}
	return strings.Join(all, " ")
}

func TestMessages(t *testing.T) {
	w := newWorld(t)
	own, shared := w.mailboxes()
	at := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	w.left(own, "m1", at)
	w.left(shared, "m2", at.Add(time.Minute))
	w.left(shared, "m3", at.Add(2*time.Minute))
	for name, want := range map[string]string{"ann": "m3 m2 m1", "supervisor": "m3 m2", "bob": "", "admin": "m3 m2 m1"} {
		if got := w.as(name).messages(""); got != want {
			t.Errorf("%s sees %q, want %q", name, got, want)
		}
	}
	ann, boss, bob := w.as("ann"), w.as("supervisor"), w.as("bob")
	if a := boss.do(http.MethodPut, "/api/voicemail/messages/m2/listened", `{"listened":true}`); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for query, want := range map[string]string{
		"?listened=true": "m2+", "?listened=false": "m3 m1", "?mailbox=" + string(own): "m1", "?q=fischer": "m3 m2+ m1", "?q=nobody": "",
		"?to=" + url.QueryEscape(at.Add(time.Second).Format(time.RFC3339)): "m1", "?limit=1&offset=1": "m2+",
	} {
		if got := ann.messages(query); got != want {
			t.Errorf("%s gives %q, want %q", query, got, want)
		}
	}
	if got := bob.messages("?mailbox=" + string(own)); got != "" {
		t.Errorf("bob sees %q", got)
	}
	for _, try := range []struct{ method, path, body string }{
		{http.MethodGet, "", ""}, {http.MethodDelete, "", ""}, {http.MethodPut, "/listened", `{"listened":true}`},
		{http.MethodPost, "/forward", `{"mailbox":"` + string(own) + `"}`},
	} {
		if a := bob.do(try.method, "/api/voicemail/messages/m1"+try.path, try.body); a.status != http.StatusNotFound {
			t.Errorf("%s %s as bob: %d %s", try.method, try.path, a.status, a.body)
		}
	}
	if a := boss.post("/api/voicemail/messages/m2/forward", `{"mailbox":"`+string(own)+`"}`); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	page := read[store.Page[VoiceMessage]](t, ann.get("/api/voicemail/messages?listened=false&mailbox="+string(own)))
	if len(page.Rows) != 2 || page.Rows[0].ForwardedFrom != "Sales" || page.Rows[0].CustomerName != "Eve Fischer" || page.Rows[0].FromCallerID != "EVE" {
		t.Errorf("%+v", page)
	}
	if a := boss.do(http.MethodDelete, "/api/voicemail/messages/m2", ""); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := ann.messages("?mailbox=" + string(shared)); got != "m3" {
		t.Errorf("after the deletion %q", got)
	}
	if a := ann.post("/api/voicemail/messages/m1/forward", `{"mailbox":"nowhere"}`); a.status != http.StatusNotFound || a.detail(t) == "" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// TestMessageSound is heard by whoever has the link, for four hours.
func TestMessageSound(t *testing.T) {
	w := newWorld(t)
	own, _ := w.mailboxes()
	w.left(own, "m1", time.Now())
	m := read[VoiceMessage](t, w.as("ann").get("/api/voicemail/messages/m1"))
	anyone := w.client()
	whole := anyone.get(m.RecordingURL)
	if whole.status != http.StatusOK || len(whole.body) != 44+16000 || whole.header.Get("Content-Type") != "audio/wav" || whole.body[22] != 1 {
		t.Fatalf("%d %v, %d bytes", whole.status, whole.header, len(whole.body))
	}
	part := anyone.do(http.MethodGet, m.RecordingURL, "", "Range", "bytes=44-53")
	if part.status != http.StatusPartialContent || part.body != whole.body[44:54] {
		t.Errorf("%d %v", part.status, part.header)
	}
	if kept := anyone.get(m.RecordingURL + "?download"); !strings.HasPrefix(kept.header.Get("Content-Disposition"), "attachment; filename=message-") {
		t.Errorf("%v", kept.header)
	}
	row, err := w.doors.DB.Message(w.ctx, "m1")
	check(t, err)
	token := strings.TrimPrefix(m.RecordingURL, "/api/voicemail/sound/")
	for name, url := range map[string]string{
		"too late": w.doors.soundURL(row, time.Now().Add(-soundLasts-time.Minute)), "altered": "/api/voicemail/sound/A" + token[1:],
		"nonsense": "/api/voicemail/sound/nonsense", "another secret": "/api/voicemail/sound/" + strings.NewReplacer("+", "-", "/", "_").Replace(w.doors.DB.Seal("x")),
	} {
		if a := anyone.get(url); a.status != http.StatusForbidden || a.detail(t) == "" {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	check(t, w.doors.Voicemail.Delete(w.ctx, person(as(w.ctx, viewer{user: w.users["ann"]})), "m1"))
	if a := anyone.get(m.RecordingURL); a.status != http.StatusNotFound {
		t.Errorf("of a deleted message: %d", a.status)
	}
}

// TestUnheardCounts come over the socket to those who may hear the messages.
func TestUnheardCounts(t *testing.T) {
	w := newWorld(t)
	own, shared := w.mailboxes()
	s, eve := w.socket(w.token("ann"), "t1"), w.socket(w.token("bob"), "t2")
	var first live.Snapshot
	check(t, json.Unmarshal(s.until("snapshot").Data, &first))
	if want := []live.MailboxCount{{ID: own, Name: "Ann Ash", Mine: true}, {ID: shared, Name: "Sales", Mine: true}}; fmt.Sprint(first.Mailboxes) != fmt.Sprint(want) {
		t.Errorf("%+v", first.Mailboxes)
	}
	eve.until("snapshot")
	counts := func() string {
		t.Helper()
		var all []live.MailboxCount
		check(t, json.Unmarshal(s.until("mailboxes").Data, &all))
		return fmt.Sprint(all[0].Unheard, all[1].Unheard)
	}
	w.left(shared, "m1", time.Now())
	if got := counts(); got != "0 1" {
		t.Errorf("after a message %s", got)
	}
	w.as("supervisor").do(http.MethodPut, "/api/voicemail/messages/m1/listened", `{"listened":true}`)
	if got := counts(); got != "0 0" {
		t.Errorf("after it was heard %s", got)
	}
	w.as("supervisor").post("/api/voicemail/messages/m1/forward", `{"mailbox":"`+string(own)+`"}`)
	if got := counts(); got != "1 0" {
		t.Errorf("after it was forwarded %s", got)
	}
	eve.say(`{"kind":"resync"}`)
	for {
		m, err := eve.next()
		check(t, err)
		if m.Kind == "mailboxes" {
			t.Error("a stranger is told of counts")
		}
		if m.Kind == "snapshot" {
			break
		}
	}
}

// TestOwnMailbox: the owner and administrators change greeting and PIN, nobody else.
func TestOwnMailbox(t *testing.T) {
	w := newWorld(t)
	own, shared := w.mailboxes()
	ann := w.as("ann")
	list := read[[]VoiceMailbox](t, ann.get("/api/voicemail/mailboxes"))
	if len(list) != 2 || !list[0].Own || list[0].Number != "202" || list[1].Own || !list[1].Mine || list[1].Number != "8001" {
		t.Fatalf("%+v", list)
	}
	if all := read[[]VoiceMailbox](t, w.as("supervisor").get("/api/voicemail/mailboxes")); len(all) != 2 || !all[0].Own || all[1].Name != "Sales" {
		t.Errorf("the own one does not come first: %+v", all)
	}
	if names := read[[]MailboxName](t, w.as("bob").get("/api/voicemail/targets")); len(names) != 5 { // those of four agents, and the shared one
		t.Errorf("%+v", names)
	}
	greeting := func(c *client, which id.Mailbox, version int, p string) answer {
		return c.do(http.MethodPut, "/api/voicemail/mailboxes/"+string(which)+"/greeting", fmt.Sprintf(`{"version":%d,"greeting":%s}`, version, p))
	}
	if a := greeting(ann, own, 1, `{"text":"Ann is out.","voice":"man"}`); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if list = read[[]VoiceMailbox](t, ann.get("/api/voicemail/mailboxes")); list[0].Greeting.Text != "Ann is out." || list[0].Version != 2 {
		t.Errorf("%+v", list[0])
	}
	for name, a := range map[string]answer{
		"409 old version":        greeting(ann, own, 1, `{}`),
		"422 no such file":       greeting(ann, own, 2, `{"audio":"nowhere"}`),
		"422 too long":           greeting(ann, own, 2, `{"text":"`+strings.Repeat("x", 1001)+`"}`),
		"403 a shared one":       greeting(ann, shared, 1, `{}`),
		"403 somebody's":         greeting(w.as("supervisor"), own, 2, `{}`),
		"404 nobody's":           greeting(ann, "nowhere", 1, `{}`),
		"403 PIN of another":     w.as("bob").post("/api/voicemail/mailboxes/"+string(own)+"/pin", `{}`),
		"422 a short PIN":        ann.post("/api/voicemail/mailboxes/"+string(own)+"/pin", `{"pin":"12345"}`),
		"204 an administrator's": greeting(w.as("admin"), shared, 1, `{"text":"Sales is closed."}`),
	} {
		if fmt.Sprint(a.status) != name[:3] {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	pin := read[struct{ PIN string }](t, ann.post("/api/voicemail/mailboxes/"+string(own)+"/pin", `{}`)).PIN
	if ok, err := w.doors.DB.MailboxPINMatches(w.ctx, own, pin); len(pin) != 6 || !ok || err != nil {
		t.Errorf("PIN %q: %v %v", pin, ok, err)
	}
	chosen := read[struct{ PIN string }](t, ann.post("/api/voicemail/mailboxes/"+string(own)+"/pin", `{"pin":"9876543210"}`)).PIN
	if ok, err := w.doors.DB.MailboxPINMatches(w.ctx, own, chosen); !ok || err != nil {
		t.Errorf("PIN %q: %v %v", chosen, ok, err)
	}
	entries, err := w.doors.DB.AuditEntries(w.ctx, store.Range{})
	check(t, err)
	if entries.Rows[0].Action != "mailbox PIN changed" || strings.Contains(fmt.Sprintf("%s", entries.Rows), pin) {
		t.Errorf("%+v", entries.Rows[0])
	}
}

// TestDropGreetings: a user prepares voicemails, which nobody else sees; a text is spoken at once, and none is longer than two minutes (VM-13).
func TestDropGreetings(t *testing.T) {
	w := newWorld(t)
	ann := w.as("ann")
	made := read[DropGreeting](t, ann.post("/api/voicemail/greetings", `{"name":" Sorry ","prompt":{"text":"Sorry to have missed you.","voice":"woman"}}`))
	if made.Name != "Sorry" || made.Prompt.Language == "" {
		t.Fatalf("%+v", made)
	}
	path := "/api/voicemail/greetings/" + string(made.ID)
	if a := ann.do(http.MethodPut, path, `{"version":1,"name":"Later","prompt":{"text":"I call again later."}}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if all := read[[]DropGreeting](t, ann.get("/api/voicemail/greetings")); len(all) != 1 || all[0].Name != "Later" || all[0].Version != 2 {
		t.Errorf("%+v", all)
	}
	if all := read[[]DropGreeting](t, w.as("bob").get("/api/voicemail/greetings")); len(all) != 0 {
		t.Errorf("bob sees %+v", all)
	}
	for name, a := range map[string]answer{
		"409 old version":   ann.do(http.MethodPut, path, `{"version":1,"name":"x","prompt":{"text":"x"}}`),
		"404 another's":     w.as("bob").do(http.MethodPut, path, `{"version":2,"name":"x","prompt":{"text":"x"}}`),
		"404 of another":    w.as("bob").do(http.MethodDelete, path, ""),
		"422 nothing":       ann.post("/api/voicemail/greetings", `{"name":"x","prompt":{}}`),
		"422 no name":       ann.post("/api/voicemail/greetings", `{"name":" ","prompt":{"text":"x"}}`),
		"422 no such file":  ann.post("/api/voicemail/greetings", `{"name":"x","prompt":{"audio":"nowhere"}}`),
		"409 the same name": ann.post("/api/voicemail/greetings", `{"name":"Later","prompt":{"text":"x"}}`),
		"409 in no call":    ann.post("/api/calls/c9/voicemail-drop", `{"greeting":"`+string(made.ID)+`"}`),
		"404 no greeting":   ann.post("/api/calls/c9/voicemail-drop", `{"greeting":"nowhere"}`),
	} {
		if fmt.Sprint(a.status) != name[:3] {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := ann.do(http.MethodDelete, path, ""); a.status != http.StatusNoContent {
		t.Errorf("%d %s", a.status, a.body)
	}
}
