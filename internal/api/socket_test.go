package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/store"
)

// wire is the socket of a page.
type wire struct {
	t    *testing.T
	ctx  context.Context
	conn *websocket.Conn
}

// dial opens a socket; a refusal comes with its status.
func (w *world) dial(token, tab, origin string) (s *wire, status int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	w.t.Cleanup(cancel)
	header := http.Header{"Cookie": {cookieName + "=" + token}}
	if origin != "" {
		header.Set("Origin", origin)
	}
	conn, response, err := websocket.Dial(ctx, strings.Replace(w.server.URL, "http", "ws", 1)+"/api/live?tab="+tab, &websocket.DialOptions{HTTPHeader: header})
	if response != nil {
		status = response.StatusCode
		if response.Body != nil { // a connection that was taken over has none
			_ = response.Body.Close()
		}
	}
	if err != nil {
		return nil, status, err
	}
	conn.SetReadLimit(1 << 20)
	w.t.Cleanup(func() { _ = conn.CloseNow() })
	return &wire{w.t, ctx, conn}, status, nil
}

func (w *world) socket(token, tab string) *wire {
	w.t.Helper()
	s, _, err := w.dial(token, tab, w.server.URL)
	check(w.t, err)
	return s
}

type message struct {
	Seq  int64
	Kind string
	Data json.RawMessage
}

func (s *wire) next() (message, error) {
	var m message
	_, data, err := s.conn.Read(s.ctx)
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	return m, err
}

// until reads on to the first message of a kind.
func (s *wire) until(kind string) message {
	s.t.Helper()
	for {
		m, err := s.next()
		if err != nil {
			s.t.Fatalf("waiting for %s: %v", kind, err)
		}
		if m.Kind == kind {
			return m
		}
	}
}

func (s *wire) say(text string) {
	s.t.Helper()
	check(s.t, s.conn.Write(s.ctx, websocket.MessageText, []byte(text)))
}

// closed reads until the socket is closed and says with which code.
func (s *wire) closed() websocket.StatusCode {
	for {
		if _, err := s.next(); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

func TestSocket(t *testing.T) {
	w := newWorld(t)
	s := w.socket(w.token("ann"), "tab1")
	m := s.until("snapshot")
	var snapshot live.Snapshot
	check(t, json.Unmarshal(m.Data, &snapshot))
	if m.Seq != 1 || snapshot.Me.Agent != w.agents["ann"] || len(snapshot.Queues) != 1 || len(snapshot.Agents) != 0 || time.Since(snapshot.Now) > time.Minute {
		t.Errorf("%d %+v", m.Seq, snapshot)
	}
	s.say(`{"kind":"alive"}`)
	s.until("alive")
	for _, nonsense := range []string{"", "nonsense", "[]", `{"kind":7}`, `{"kind":"nobody knows"}`, `{"kind":"ack","offer":"x"}`} {
		s.say(nonsense)
	}
	s.say(`{"kind":"resync"}`)
	if again := s.until("snapshot"); again.Seq <= m.Seq {
		t.Errorf("the second snapshot has number %d", again.Seq)
	}
}

// TestSocketRefuses strangers: those of another page, and those who are not signed in.
func TestSocketRefuses(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		token, origin string
		status        int
	}{
		"signed out":     {"nonsense", w.server.URL, http.StatusUnauthorized},
		"without a role": {w.token("none"), w.server.URL, http.StatusForbidden},
		"another page":   {w.token("ann"), "https://evil.example", http.StatusForbidden},
		"another port":   {w.token("ann"), "http://127.0.0.1:1", http.StatusForbidden},
	} {
		if _, status, err := w.dial(c.token, "tab1", c.origin); err == nil || status != c.status {
			t.Errorf("%s: %d %v", name, status, err)
		}
	}
}

// TestSignOutClosesSockets closes the pages of the session that is over, and only them.
func TestSignOutClosesSockets(t *testing.T) {
	w := newWorld(t)
	w.doors.recheck = time.Hour
	token := w.token("ann")
	one, two, other := w.socket(token, "tab1"), w.socket(token, "tab2"), w.socket(w.token("ann"), "tab3")
	for _, s := range []*wire{one, two, other} {
		s.until("snapshot")
	}
	if a := w.holding(token).do(http.MethodDelete, "/api/session", ""); a.status != http.StatusNoContent {
		t.Fatal(a.status, a.body)
	}
	if a, b := one.closed(), two.closed(); a != signedOutCode || b != signedOutCode {
		t.Errorf("closed with %d and %d", a, b)
	}
	other.say(`{"kind":"alive"}`)
	other.until("alive")
}

// TestSocketFollowsSession closes the socket of a session that expired, and of a user whose rights changed.
func TestSocketFollowsSession(t *testing.T) {
	w := newWorld(t)
	expiring, err := w.doors.DB.CreateSession(w.ctx, &store.Session{User: w.users["bob"], ExpiresAt: time.Now().Add(300 * time.Millisecond)})
	check(t, err)
	bob, ann := w.socket(expiring, "tab1"), w.socket(w.token("ann"), "tab2")
	if code := bob.closed(); code != signedOutCode {
		t.Errorf("expired: closed with %d", code)
	}
	ann.until("snapshot")
	check(t, w.doors.DB.SetMembership(w.ctx, w.users["ann"], store.RoleSupervisor, nil))
	if code := ann.closed(); code != websocket.StatusServiceRestart {
		t.Errorf("other rights: closed with %d", code)
	}
}

// TestPlacedCall tells the agent's page of the call that was placed.
func TestPlacedCall(t *testing.T) {
	w := newWorld(t)
	s := w.socket(w.token("ann"), "tab1")
	s.until("snapshot")
	which := read[struct{ ID id.Call }](t, w.as("ann").post("/api/calls", `{"to":"201","tab":"tab1"}`)).ID
	var told live.Updated
	check(t, json.Unmarshal(s.until("call.updated").Data, &told))
	if told.ID != which {
		t.Errorf("told of %s, placed %s", told.ID, which)
	}
	if a := w.as("none").post("/api/calls", `{"to":"201","tab":"x"}`); a.status != http.StatusForbidden {
		t.Errorf("without a role: %d", a.status)
	}
	w.doors.Exchange.Drain()
	if a := w.as("ann").post("/api/calls", `{"to":"201","tab":"x"}`); a.status != http.StatusServiceUnavailable {
		t.Errorf("while stopping: %d %s", a.status, a.body)
	} else {
		a.detail(t)
	}
}
