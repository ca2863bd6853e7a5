package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// linkTo asks for a recording without following where the answer leads.
func (c *client) linkTo(path string) (link string) {
	c.w.t.Helper()
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	defer func() { c.http.CheckRedirect = soundOnly }()
	a := c.get(path)
	if a.status != http.StatusFound {
		c.w.t.Fatalf("%s: %d %s", path, a.status, a.body)
	}
	return a.header.Get("Location")
}

// TestSignedLink: whoever has it hears the recording without signing in, for four hours, as long as the user for whom it was made
// may; nobody can make another.
func TestSignedLink(t *testing.T) {
	w := newWorld(t)
	w.past()
	size := w.recording("c1.r1")
	link := w.as("ann").linkTo("/api/recordings/c1.r1/audio")
	stranger := w.client()
	if a := stranger.get(link); a.status != http.StatusOK || len(a.body) != size || !strings.HasPrefix(a.header.Get("Content-Disposition"), "inline") {
		t.Fatalf("%d %v", a.status, a.header)
	}
	kept := w.as("ann").linkTo("/api/recordings/c1.r1/audio?download")
	if a := stranger.get(kept); a.header.Get("Content-Disposition") != `attachment; filename=c1.r1.wav` || len(a.body) != size {
		t.Errorf("to keep: %d %v", a.status, a.header)
	}
	stem, token := link[:strings.LastIndex(link, "/")+1], link[strings.LastIndex(link, "/")+1:]
	message := w.doors.soundURL(&store.Message{Record: store.Record[id.Message]{Org: w.org, ID: "c1.r1"}}, clock.Now())
	for name, other := range map[string]string{
		"altered": stem + "A" + token[1:], "cut": stem + token[:40], "of another recording": strings.Replace(link, "c1.r1", "c2.r1", 1),
		"of a message": stem + message[strings.LastIndex(message, "/")+1:], "nonsense": stem + "%20",
	} {
		if a := stranger.get(other); a.status != http.StatusForbidden || !strings.Contains(a.detail(t), "not valid any more") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	made := clock.Now()
	if l, ok := w.doors.linkOf(token, made.Add(linkLasts-time.Minute)); !ok || l.user != w.users["ann"] || l.recording != "c1.r1" || l.download {
		t.Errorf("before four hours are over: %+v, %t", l, ok)
	}
	if _, ok := w.doors.linkOf(token, made.Add(linkLasts+time.Second)); ok {
		t.Error("opens after four hours")
	}
	change(w, w.doors.DB.Shelves().Users, string(w.users["ann"]), func(u *settings.User) { u.Switches.PlayRecordings = false })
	check(t, w.changed(w.ctx, w.org))
	if a := stranger.get(link); a.status != http.StatusForbidden || !strings.Contains(a.detail(t), "Play recordings") {
		t.Errorf("without the switch: %d %s", a.status, a.body)
	}
	check(t, w.doors.DB.SetMembership(w.ctx, w.users["ann"], store.RoleNone, nil))
	if a := stranger.get(link); a.status != http.StatusForbidden {
		t.Errorf("without a role: %d %s", a.status, a.body)
	}
}

// TestLinkKeepsToItsScope: a link of a supervisor opens nothing when the call is in no queue of theirs any more.
func TestLinkKeepsToItsScope(t *testing.T) {
	w := newWorld(t)
	w.past()
	w.recording("c1.r1")
	link := w.as("supervisor").linkTo("/api/recordings/c1.r1/audio")
	if a := w.client().get(link); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	check(t, w.doors.DB.SetQueueMembers(w.ctx, w.queues["Sales"], nil))
	check(t, w.changed(w.ctx, w.org))
	if a := w.client().get(link); a.status != http.StatusNotFound {
		t.Errorf("outside the scope: %d %s", a.status, a.body)
	}
}

// TestWhoListened: each access is on record, a player's ranges as one, for supervisors and administrators within their scope.
func TestWhoListened(t *testing.T) {
	w := newWorld(t)
	w.past()
	w.recording("c1.r1")
	ann := w.as("ann")
	link := ann.linkTo("/api/recordings/c1.r1/audio")
	for _, part := range []string{"bytes=0-", "bytes=100-199", "bytes=0-1"} {
		if a := w.client().do(http.MethodGet, link, "", "Range", part); a.status != http.StatusPartialContent {
			t.Fatalf("%s: %d %s", part, a.status, a.body)
		}
	}
	ann.get("/api/recordings/c1.r1/audio") // once more, by another link
	ann.get("/api/recordings/c1.r1/audio?download")
	w.as("supervisor").get("/api/recordings/c1.r1/audio")
	w.as("bob").get("/api/recordings/c1.r1/audio") // may not
	for viewer, status := range map[string]int{"admin": 200, "supervisor": 200, "ann": 403, "bob": 403} {
		a := w.as(viewer).get("/api/calls/c1/accesses")
		if a.status != status {
			t.Errorf("%s: %d %s", viewer, a.status, a.body)
		} else if status != http.StatusOK {
			continue
		}
		var got []string
		for _, one := range read[[]RecordingAccess](t, a) {
			if one.Recording != "c1.r1" || one.IP != "127.0.0.1" || one.At.IsZero() {
				t.Errorf("%+v", one)
			}
			got = append(got, fmt.Sprint(one.UserName, " ", one.How))
		}
		if want := "Supervisor Ash listened, Ann Ash downloaded, Ann Ash listened, Ann Ash listened"; strings.Join(got, ", ") != want {
			t.Errorf("%s sees %s, want %s", viewer, strings.Join(got, ", "), want)
		}
	}
	if a := w.as("supervisor").get("/api/calls/c2/accesses"); a.status != http.StatusNotFound {
		t.Errorf("a call outside the scope: %d", a.status)
	}
}
