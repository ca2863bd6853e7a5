package api

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

func TestInvitation(t *testing.T) {
	w := newWorld(t)
	var mails []string
	w.doors.Mail = func(_ context.Context, _ id.Org, to, _, text string) error {
		mails = append(mails, to+" "+text)
		return nil
	}
	c := w.as("admin")
	user := read[store.Saved[settings.User]](t, c.post("/api/settings/users", `{"fields":{"email":"Dee@example.com","first_name":"Dee","role":"agent"}}`))
	if len(mails) != 1 || !strings.HasPrefix(mails[0], "dee@example.com ") || !strings.Contains(mails[0], "/welcome?token=") {
		t.Fatalf("no welcome mail went out with the access: %q", mails)
	}
	mails = nil
	type invited struct {
		Link, To, Why string
		Mailed        bool
	}
	first := read[invited](t, c.post("/api/settings/users/"+user.ID+"/invite", ""))
	second := read[invited](t, c.post("/api/settings/users/"+user.ID+"/invite", ""))
	if !second.Mailed || second.To != "dee@example.com" || len(mails) != 2 || !strings.Contains(mails[1], second.Link) {
		t.Errorf("invited %+v, mails %q", second, mails)
	}
	reset := read[invited](t, c.post("/api/settings/users/"+user.ID+"/reset", ""))
	if !reset.Mailed || len(mails) != 3 || !strings.Contains(mails[2], "new password") || !strings.Contains(mails[2], reset.Link) {
		t.Errorf("reset %+v, mails %q", reset, mails)
	}
	second = reset // the last link is the one that works
	token := func(of invited) string {
		link, err := url.Parse(of.Link)
		check(t, err)
		return link.Query().Get("token")
	}
	set := func(token string) answer {
		return w.client().post("/api/session/password", `{"token":"`+token+`","password":"a long enough secret"}`)
	}
	if a := set(token(first)); a.status != http.StatusNotFound || a.detail(t) == "" {
		t.Errorf("an earlier link: %d %s", a.status, a.body)
	}
	if a := set(token(second)); a.status != http.StatusNoContent {
		t.Fatalf("the link: %d %s", a.status, a.body)
	}
	if a := set(token(second)); a.status != http.StatusNotFound {
		t.Errorf("the link a second time: %d", a.status)
	}
	dee := w.client()
	if s := read[Session](t, signIn(dee, "dee@example.com", "a long enough secret")); s.Role != "agent" {
		t.Errorf("signed in as %+v", s)
	}
	if a := dee.do(http.MethodPut, "/api/session/password", `{"old":"wrong","new":"another long secret"}`); a.status != http.StatusForbidden {
		t.Errorf("a wrong old password: %d", a.status)
	}
	if a := dee.do(http.MethodPut, "/api/session/password", `{"old":"a long enough secret","new":"another long secret"}`); a.status != http.StatusNoContent {
		t.Errorf("own password: %d %s", a.status, a.body)
	}
	read[Session](t, signIn(w.client(), "dee@example.com", "another long secret"))

	w.doors.Mail = nil
	if again := read[invited](t, c.post("/api/settings/users/"+user.ID+"/invite", "")); again.Mailed || again.Why == "" || again.Link == "" {
		t.Errorf("without a mail server: %+v", again)
	}
}
