package lab

import (
	"context"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"parley/internal/access"
	"parley/internal/store"
)

// operation is one route of the API and what it needs.
type operation struct {
	method, path string
	need         access.Permission
}

func (o operation) String() string { return o.method + " " + o.path }

// operations reads the description that the program serves, so that new routes are tested by themselves.
func operations(t *testing.T, c *Client) []operation {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			Permission access.Permission `json:"x-permission"`
		} `json:"paths"`
	}
	c.Must(http.MethodGet, "/openapi.json", nil, &doc)
	var all []operation
	for path, methods := range doc.Paths {
		for method, o := range methods {
			if o.Permission == "" {
				t.Errorf("%s %s names no permission", method, path)
			}
			all = append(all, operation{strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "x"), o.Permission})
		}
	}
	// These stream, so they are not described.
	return append(all, operation{http.MethodGet, "/live", access.ReadLive}, operation{http.MethodGet, "/recordings/x/audio", access.ReadCalls})
}

// openToAnyone lists what needs no sign-in; nothing else may.
var openToAnyone = map[string]bool{"POST /session": true, "GET /setup": true, "POST /setup": true, "POST /session/password": true}

// TestRoutesRefuse: signed-out users, roles below the permission, and requests of other sites' pages, at every route.
func TestRoutesRefuse(t *testing.T) {
	t.Parallel()
	nobody := User{Email: "nobody@demo.parley", Password: "a password of nobody"}
	w := Start(t, Setup{Prepare: func(ctx context.Context, db *store.DB) error {
		hash, err := store.HashPassword(nobody.Password)
		if err != nil {
			return err
		}
		return db.CreateUser(ctx, &store.User{Email: nobody.Email, FirstName: "No", LastName: "Body", PasswordHash: hash}, "none")
	}})
	out := w.Anonymous()
	people := map[access.Role]*Client{
		access.None: w.SignIn(nobody), access.Agent: w.SignIn(w.Person("agent", 0)), access.Supervisor: w.SignIn(w.Person("supervisor", 0)),
	}
	all := operations(t, out)
	if len(all) < 30 {
		t.Errorf("only %d routes are described", len(all))
	}
	refused := 0
	for _, o := range all {
		if public := o.need == access.Anyone; public != openToAnyone[o.String()] {
			t.Errorf("%s: open to anyone is %t", o, public)
		} else if public {
			continue
		}
		if got := Status(out.Do(o.method, o.path, nil, nil)); got != http.StatusUnauthorized {
			t.Errorf("%s: a signed-out user is answered %d", o, got)
		}
		for role, c := range people {
			if access.May(role, o.need) {
				continue
			}
			refused++
			if got := Status(c.Do(o.method, o.path, nil, nil)); got != http.StatusForbidden {
				t.Errorf("%s: the role %s is answered %d", o, role, got)
			}
		}
		if got := crossSite(t, people[access.None], o); o.method != http.MethodGet && got != http.StatusForbidden {
			t.Errorf("%s: another site's page is answered %d", o, got)
		}
	}
	t.Logf("%d routes, %d refusals of roles", len(all), refused)
	if got := Status(out.Do(http.MethodGet, "/no-such-route", nil, nil)); got != http.StatusNotFound {
		t.Errorf("a route that is not there is answered %d", got)
	}
	if got := Status(people[access.None].Do(http.MethodGet, "/session", nil, nil)); got != http.StatusOK {
		t.Errorf("the own session is answered %d", got)
	}
}

// crossSite sends what a page of another site can: the cookie, but not the header.
func crossSite(t *testing.T, c *Client, o operation) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), o.method, c.world.HTTP+"/api"+o.path, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	return res.StatusCode
}

// TestSignInBan: ten wrong passwords shut the address out, and only that (BX-16); wrong password and unknown user are
// answered alike.
func TestSignInBan(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	u := w.Person("agent", 0)
	bad := w.from(t, "127.0.0.8")
	try := func(c *Client, email, password string) error {
		return c.Do(http.MethodPost, "/session", map[string]string{"email": email, "password": password}, nil)
	}
	known, unknown := try(bad, u.Email, "wrong"), try(bad, "who@demo.parley", "wrong")
	if Status(known) != http.StatusUnauthorized || known.Error() != unknown.Error() {
		t.Errorf("a wrong password is answered %v, an unknown user %v", known, unknown)
	}
	for range 8 {
		_ = try(bad, u.Email, "wrong")
	}
	if err := try(bad, u.Email, u.Password); Status(err) != http.StatusTooManyRequests {
		t.Errorf("after ten failures the right password is answered %v", err)
	}
	if err := try(w.from(t, "127.0.0.9"), u.Email, u.Password); err != nil {
		t.Errorf("another address is answered %v", err)
	}
}

// from is a browser at an address of this machine.
func (w *World) from(t *testing.T, address string) *Client {
	t.Helper()
	jar, _ := cookiejar.New(nil) // its error is always nil
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: 5 * time.Second}
	c := w.Anonymous()
	c.http = &http.Client{Jar: jar, Transport: &http.Transport{DialContext: dialer.DialContext}}
	return c
}
