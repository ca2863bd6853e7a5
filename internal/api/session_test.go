package api

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"parley/internal/sip"
	"parley/internal/store"
	"parley/internal/testdb"
)

func signIn(c *client, email, word string) answer {
	c.w.t.Helper()
	return c.post("/api/session", `{"email":"`+email+`","password":"`+word+`"}`)
}

func TestSignIn(t *testing.T) {
	w := newWorld(t)
	c := w.client()
	if a := c.get("/api/session"); a.status != http.StatusUnauthorized || a.detail(t) != signedOutWords {
		t.Errorf("before: %d %s", a.status, a.body)
	}
	in := signIn(c, "Ann@Example.com", password)
	s := read[Session](t, in)
	if s.User.Name != "Ann Ash" || s.Role != "agent" || s.Agent == nil || s.Agent.Extension != "202" || s.Organisation.Country != "BE" || s.Demo {
		t.Errorf("session %+v", s)
	}
	if s.DeskPhone == nil || *s.DeskPhone != (DeskPhone{"sip-ann", "desk phone secret", "192.0.2.5", "192.0.2.5:5060"}) {
		t.Errorf("desk phone %+v", s.DeskPhone)
	}
	cookie := in.header.Get("Set-Cookie")
	for _, flag := range []string{"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=50400"} {
		if !strings.Contains(cookie, flag) {
			t.Errorf("cookie without %s: %s", flag, cookie)
		}
	}
	if strings.Contains(cookie, "Secure") {
		t.Error("a Secure cookie without TLS would be dropped")
	}
	if in.header.Get("Cache-Control") != "no-store" {
		t.Error("the session may be cached")
	}
	again := c.get("/api/session")
	if read[Session](t, again).User.Email != "ann@example.com" || !strings.Contains(again.header.Get("Set-Cookie"), cookieName) {
		t.Error("the session, or its cookie, is not shown again")
	}
	if a := c.do(http.MethodDelete, "/api/session", ""); a.status != http.StatusNoContent {
		t.Errorf("sign-out: %d %s", a.status, a.body)
	}
	if a := c.get("/api/session"); a.status != http.StatusUnauthorized {
		t.Errorf("after the sign-out: %d", a.status)
	}
	if a := w.holding(strings.Split(strings.TrimPrefix(cookie, cookieName+"="), ";")[0]).get("/api/session"); a.status != http.StatusUnauthorized {
		t.Errorf("the old cookie still opens the door: %d", a.status)
	}
}

// TestSecureCookie keeps the cookie off the air when there is TLS.
func TestSecureCookie(t *testing.T) {
	w := newWorld(t)
	w.server.Close()
	server := newTLS(t, w)
	c := w.client()
	c.http.Transport = server.Client().Transport
	w.server.URL = server.URL
	if cookie := signIn(c, "ann@example.com", password).header.Get("Set-Cookie"); !strings.Contains(cookie, "Secure") {
		t.Errorf("cookie %s", cookie)
	}
}

func TestWrongPasswordAndUnknownUserAlike(t *testing.T) {
	w := newWorld(t)
	wrong, unknown := signIn(w.client(), "ann@example.com", "wrong"), signIn(w.client(), "nobody@example.com", password)
	if wrong.status != http.StatusUnauthorized || wrong.body != unknown.body || wrong.status != unknown.status {
		t.Errorf("wrong: %d %s\nunknown: %d %s", wrong.status, wrong.body, unknown.status, unknown.body)
	}
	wrong.detail(t)
	if wrong.header.Get("Set-Cookie") != "" || strings.Contains(wrong.body, "wrong\"") {
		t.Errorf("%v %s", wrong.header, wrong.body)
	}
}

// TestBan shuts an address out for an hour after ten failures in five minutes (BX-16).
func TestBan(t *testing.T) {
	w := newWorld(t)
	c := w.client()
	for i := range 10 {
		if a := signIn(c, "ann@example.com", "wrong"); a.status != http.StatusUnauthorized {
			t.Fatalf("failure %d: %d", i+1, a.status)
		}
	}
	if a := signIn(c, "ann@example.com", password); a.status != http.StatusTooManyRequests {
		t.Errorf("the right password after ten failures: %d", a.status)
	} else {
		a.detail(t)
	}
	if a := c.post("/api/setup", `{"code":"x","organisation":"A","name":"A","email":"a@example.com","password":"123456789012"}`); a.status != http.StatusTooManyRequests {
		t.Errorf("the setup page: %d", a.status)
	}
	home := netip.MustParseAddr("127.0.0.1")
	for name, past := range map[string]time.Duration{"59 minutes": 59 * time.Minute, "61 minutes": 61 * time.Minute} {
		w.doors.Ban = sip.NewBan()
		for range 10 {
			w.doors.Ban.Failed(home, time.Now().Add(-past))
		}
		if a := signIn(c, "ann@example.com", password); (a.status == http.StatusOK) != (past > time.Hour) {
			t.Errorf("%s later: %d", name, a.status)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	w := newWorld(t)
	over, err := w.doors.DB.CreateSession(w.ctx, &store.Session{User: w.users["ann"], ExpiresAt: time.Now().Add(-time.Second)})
	check(t, err)
	for name, token := range map[string]string{"expired": over, "invented": "invented", "empty": "", "ill-formed": "a b"} {
		if a := w.holding(token).get("/api/session"); a.status != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	c := w.as("ann")
	check(t, w.doors.DB.SetMembership(w.ctx, w.users["ann"], store.RoleNone, nil))
	if a := c.get("/api/calls"); a.status != http.StatusForbidden {
		t.Errorf("a role that was taken away still counts: %d", a.status)
	}
}

// TestBrokenDatabase signs nobody out.
func TestBrokenDatabase(t *testing.T) {
	w := newWorld(t)
	c := w.as("ann")
	db := w.doors.DB
	broken, err := store.Open(w.ctx, store.Config{Dir: t.TempDir(), URL: testdb.New(t)}) // no tables
	check(t, err)
	t.Cleanup(func() { check(t, broken.Close()) })
	w.doors.DB = broken
	for _, path := range []string{"/api/session", "/api/recordings/x/audio", "/api/live"} {
		if a := c.get(path); a.status != http.StatusInternalServerError {
			t.Errorf("%s: %d", path, a.status)
		} else if strings.Contains(a.detail(t), "SQL") {
			t.Errorf("%s tells: %s", path, a.body)
		}
	}
	w.doors.DB = db
	if a := c.get("/api/session"); a.status != http.StatusOK {
		t.Errorf("afterwards: %d", a.status)
	}
}
