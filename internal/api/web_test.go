package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"parley/internal/id"
)

// newcomer is the demo of a test.
type newcomer struct{ broken bool }

func (n newcomer) RingMe(context.Context, id.Org, id.Agent) error {
	if n.broken {
		panic("broken")
	}
	return nil
}

func (n newcomer) Callers(context.Context, id.Org, int) error { return nil }

func TestWebApp(t *testing.T) {
	w := bare(t)
	c := w.client()
	for _, test := range []struct {
		path    string
		status  int
		body    string
		caching string
	}{
		{"/", 200, "the page", "no-cache"},
		{"/calls/0197-abc", 200, "the page", "no-cache"},
		{"/favicon.ico", 200, "icon", ""},
		{"/assets/a-1.js", 200, "let a", "immutable"},
		{"/assets/old-2.js", 404, "", ""},
		{"/assets/", 200, "the page", "no-cache"},
		{"/../../etc/passwd", 307, "/etc/passwd", ""},
		{"/%2e%2e/%2e%2e/etc/passwd", 400, "", ""},
		{"/index.html", 301, "", ""},
	} {
		a := c.get(test.path)
		if a.status != test.status || !strings.Contains(a.body, test.body) || !strings.Contains(a.header.Get("Cache-Control"), test.caching) {
			t.Errorf("%s: %d %s %s", test.path, a.status, a.header.Get("Cache-Control"), a.body)
		}
		for field, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
			"Content-Security-Policy": "default-src 'self'", "Permissions-Policy": "microphone=(self)",
		} {
			if !strings.Contains(a.header.Get(field), want) {
				t.Errorf("%s: %s is %q", test.path, field, a.header.Get(field))
			}
		}
	}
}

func TestHealth(t *testing.T) {
	w := bare(t)
	if a := w.client().get("/healthz"); a.status != http.StatusOK || a.body != "ok\n" {
		t.Errorf("%d %s", a.status, a.body)
	}
	w.doors.Ready = func(context.Context) error { return errors.New("the system is being stopped") }
	if a := w.client().get("/healthz"); a.status != http.StatusServiceUnavailable || a.detail(t) != "The system is being stopped." {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := w.client().get("/metrics"); a.status != http.StatusOK || a.body != "metrics" {
		t.Errorf("%d %s", a.status, a.body)
	}
}
