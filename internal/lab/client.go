package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/id"
)

// Refusal is an answer of the API that is no success.
type Refusal struct {
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

func (r *Refusal) Error() string { return fmt.Sprintf("%d %s", r.Status, r.Detail) }

// Status is the HTTP status of an answer of the API: 200 for every success.
func Status(err error) int {
	if r := (*Refusal)(nil); errors.As(err, &r) {
		return r.Status
	}
	if err != nil {
		return 0
	}
	return http.StatusOK
}

// Client is a person's browser as the API sees it: a cookie and the header that Parley's own page sends.
type Client struct {
	Session api.Session
	User    User

	t     testing.TB
	world *World
	http  *http.Client
}

// Anonymous is a browser that nobody has signed in.
func (w *World) Anonymous() *Client {
	jar, _ := cookiejar.New(nil) // its error is always nil
	return &Client{t: w.t, world: w, http: &http.Client{Jar: jar, Timeout: Patience}}
}

// SignIn signs a user in.
func (w *World) SignIn(u User) *Client {
	w.t.Helper()
	c := w.Anonymous()
	c.User = u
	in := map[string]string{"email": u.Email, "password": u.Password}
	if err := c.Do(http.MethodPost, "/session", in, &c.Session); err != nil {
		w.t.Fatalf("sign in as %s: %v", u.Email, err)
	}
	return c
}

// Person is the n-th user of a role, from 0.
func (w *World) Person(role string, n int) User {
	w.t.Helper()
	for _, u := range w.Users {
		if u.Role != role {
			continue
		}
		if n == 0 {
			return u
		}
		n--
	}
	w.t.Fatalf("too few users of role %s", role)
	return User{}
}

// Do asks the API. The answer is read into out unless that is nil; what is no success is a *Refusal.
func (c *Client) Do(method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	if in == nil {
		body = nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, c.world.HTTP+"/api"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("X-Parley", "1")
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= 300 {
		r := &Refusal{Status: res.StatusCode}
		_ = json.Unmarshal(data, r)
		return r
	}
	if raw, ok := out.(*[]byte); ok {
		*raw = data
		return nil
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(data, out)
}

// Must asks the API for what cannot be refused here.
func (c *Client) Must(method, path string, in, out any) {
	c.t.Helper()
	if err := c.Do(method, path, in, out); err != nil {
		c.t.Fatalf("%s %s by %s: %v", method, path, c.User.Email, err)
	}
}

// Post asks for something without content.
func (c *Client) Post(path string) error { return c.Do(http.MethodPost, path, nil, nil) }

// Record waits until a call has ended and all of its record is stored, and gives it.
func (c *Client) Record(which id.Call) api.CallDetail {
	c.t.Helper()
	var d api.CallDetail
	Eventually(c.t, fmt.Sprintf("the record of call %s is sealed", which), func() bool {
		d = api.CallDetail{}
		err := c.Do(http.MethodGet, "/calls/"+string(which), nil, &d)
		return err == nil && d.Status == "ended" && settled(d)
	})
	return d
}

// settled tells whether every recording has its end: it may come a moment after the call's.
func settled(d api.CallDetail) bool {
	for _, r := range d.Recordings {
		if r.Status == "recording" || r.Status == "processing" {
			return false
		}
	}
	return true
}

// Calls lists the call history as the client may see it, newest first.
func (c *Client) Calls(query url.Values) api.CallPage {
	c.t.Helper()
	var page api.CallPage
	c.Must(http.MethodGet, "/calls?"+query.Encode(), nil, &page)
	return page
}

// CallFrom waits until a call from a number is on record and gives its id.
func (c *Client) CallFrom(number string) id.Call {
	c.t.Helper()
	var which id.Call
	Eventually(c.t, "a call from "+number+" is on record", func() bool {
		for _, row := range c.Calls(nil).Items {
			if row.From == number {
				which = row.ID
				return true
			}
		}
		return false
	})
	return which
}

// SetTimeout bounds each request; zero means no bound.
func (c *Client) SetTimeout(d time.Duration) { c.http.Timeout = d }
