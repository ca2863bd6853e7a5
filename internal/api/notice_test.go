package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"parley/internal/live"
	"parley/internal/store"
)

// TestNotices: a user's page hears of a notice over the socket, lists and reads the own ones, a hundred a page, and nobody else's (NT-5).
func TestNotices(t *testing.T) {
	w := newWorld(t)
	ann, bob := w.as("ann"), w.as("bob")
	bell := func(s *wire, kind string) (b live.Bell) {
		t.Helper()
		m := s.until(kind)
		if kind == "snapshot" {
			var all live.Snapshot
			check(t, json.Unmarshal(m.Data, &all))
			return all.Bell
		}
		check(t, json.Unmarshal(m.Data, &b))
		return b
	}
	page := w.socket(w.token("ann"), "tab1")
	if b := bell(page, "snapshot"); b.Unread != 0 {
		t.Errorf("at first %+v", b)
	}
	const count = 101
	for i := range count {
		w.doors.Bell.Tell(w.org, store.Notice{
			Kind: store.NoticeMissedCall, About: fmt.Sprint(i), Data: store.NoticeData{Number: "+32470111222"}, LinkKind: "call", LinkID: fmt.Sprint("c", i),
		}, w.users["ann"])
	}
	for i := range count {
		if b := bell(page, "bell"); b.Unread != i+1 || b.New == nil || b.New.Data.Number != "+32470111222" || b.New.ID == "" {
			t.Fatalf("bell %d: %+v", i, b)
		}
	}
	all := read[store.Page[store.Notice]](t, ann.get("/api/notices"))
	if all.Total != count || len(all.Rows) != 100 || all.Rows[0].LinkID != "c100" || all.Rows[0].ReadAt != nil || all.Rows[0].CreatedAt.IsZero() {
		t.Fatalf("%d of %d, first %+v", len(all.Rows), all.Total, all.Rows[0])
	}
	if rest := read[store.Page[store.Notice]](t, ann.get("/api/notices?offset=100")); len(rest.Rows) != 1 || rest.Rows[0].LinkID != "c0" {
		t.Errorf("the second page: %+v", rest)
	}
	one := "/api/notices/" + all.Rows[0].ID + "/read"
	if a := bob.do(http.MethodPut, one, ""); a.status != http.StatusNotFound {
		t.Errorf("somebody else's was read: %d %s", a.status, a.body)
	}
	if a := ann.do(http.MethodPut, one, ""); a.status != http.StatusNoContent {
		t.Errorf("read: %d %s", a.status, a.body)
	}
	if b := bell(page, "bell"); b.Unread != count-1 || b.New != nil {
		t.Errorf("after one was read %+v", b)
	}
	type unread struct{ Unread int }
	if n := read[unread](t, ann.get("/api/notices/unread")).Unread; n != count-1 {
		t.Errorf("%d unread", n)
	}
	if n := read[unread](t, bob.get("/api/notices/unread")).Unread; n != 0 {
		t.Errorf("bob has %d unread", n)
	}
	if a := ann.do(http.MethodPut, "/api/notices/read", ""); a.status != http.StatusNoContent {
		t.Errorf("all read: %d %s", a.status, a.body)
	}
	if b := bell(page, "bell"); b.Unread != 0 {
		t.Errorf("after all were read %+v", b)
	}
	page.say(`{"kind":"resync"}`)
	if b := bell(page, "snapshot"); b.Unread != 0 {
		t.Errorf("in a new snapshot %+v", b)
	}
	if all = read[store.Page[store.Notice]](t, ann.get("/api/notices")); all.Rows[5].ReadAt == nil {
		t.Error("the list does not say what was read")
	}
}
