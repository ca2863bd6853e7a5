package jobs_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/jobs"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/testdb"
)

const feed = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART;VALUE=DATE:20001225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// world is a store with one organisation, and a server that gives calendars.
type world struct {
	*testing.T
	ctx     context.Context
	db      *store.DB
	org     id.Org
	now     time.Time
	asked   int
	changed int
	answer  func(w http.ResponseWriter, r *http.Request)
	server  *httptest.Server
	jobs    *jobs.Calendars
}

func newWorld(t *testing.T) *world {
	w := &world{T: t, now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	db, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	w.check(err)
	t.Cleanup(func() { w.check(db.Close()) })
	w.check(db.Migrate(t.Context()))
	w.db = db
	org := &store.Organisation{Name: "Acme", Timezone: "Europe/Brussels", Country: "BE"}
	w.check(db.CreateOrganisation(t.Context(), org))
	w.org, w.ctx = org.ID, store.WithOrg(t.Context(), org.ID)
	w.answer = func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, feed) }
	w.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.asked++
		w.answer(rw, r)
	}))
	t.Cleanup(w.server.Close)
	w.jobs = &jobs.Calendars{
		DB: db, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return w.now },
		Orgs:    func() []id.Org { return []id.Org{w.org} },
		Changed: func(context.Context, id.Org) error { w.changed++; return nil },
	}
	return w
}

func (w *world) check(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) makeRange(address string) store.Saved[settings.TimeRange] {
	w.Helper()
	r := settings.New[settings.TimeRange]()
	r.Name, r.Calendar = "Holidays", address
	made, err := w.db.Shelves().Ranges.Create(w.ctx, store.Actor{}, r)
	w.check(err)
	return made
}

func (w *world) kept(which string) store.Calendar {
	w.Helper()
	w.check(w.jobs.Refresh(w.ctx, w.org))
	all, err := w.db.Calendars(w.ctx)
	w.check(err)
	return all[id.TimeRange(which)]
}

// A calendar is read at once, then daily; a failure keeps the days, is shown, and is tried again after an hour.
func TestCalendarIsReadDaily(t *testing.T) {
	w := newWorld(t)
	made := w.makeRange(w.server.URL + "/be.ics")
	c := w.kept(made.ID)
	if len(c.Days.Spans) < 3 || c.Days.Spans[0].Name != "Christmas" || c.Failure != "" || !c.ReadAt.Equal(w.now) || w.changed != 1 {
		t.Fatalf("read %+v, changed %d", c, w.changed)
	}
	w.now = w.now.Add(23 * time.Hour)
	if w.kept(made.ID); w.asked != 1 || w.changed != 1 {
		t.Errorf("asked %d times within a day", w.asked)
	}
	w.now = w.now.Add(time.Hour)
	w.answer = func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusInternalServerError) }
	c = w.kept(made.ID)
	if w.asked != 2 || len(c.Days.Spans) < 3 || !strings.Contains(c.Failure, "500") || c.ReadAt.Equal(w.now) || !c.TriedAt.Equal(w.now) {
		t.Errorf("failed: %+v after %d requests", c, w.asked)
	}
	w.now = w.now.Add(time.Hour)
	w.answer = func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, feed) }
	if c = w.kept(made.ID); w.asked != 3 || c.Failure != "" {
		t.Errorf("after an hour: %+v, %d requests", c, w.asked)
	}
}

func TestCalendarFollowsItsRange(t *testing.T) {
	w := newWorld(t)
	made := w.makeRange(w.server.URL + "/be.ics")
	w.kept(made.ID)
	w.answer = func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, "<html>moved</html>") }
	made.Fields.Calendar = w.server.URL + "/fr.ics"
	made, err := w.db.Shelves().Ranges.Update(w.ctx, store.Actor{}, made.ID, made.Version, made.Fields)
	w.check(err)
	if c := w.kept(made.ID); w.asked != 2 || len(c.Days.Spans) != 0 || !strings.Contains(c.Failure, "not an iCalendar file") || c.ReadAt != nil {
		t.Errorf("another address keeps the days of the first: %+v", c)
	}
	made.Fields.Calendar = ""
	_, err = w.db.Shelves().Ranges.Update(w.ctx, store.Actor{}, made.ID, made.Version, made.Fields)
	w.check(err)
	if c := w.kept(made.ID); c.Address != "" {
		t.Errorf("no calendar any more, but %+v", c)
	}
}

func TestWhatIsNotRead(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name   string
		answer func(rw http.ResponseWriter, r *http.Request)
		want   string
	}{
		{"too large", func(rw http.ResponseWriter, _ *http.Request) {
			for range 300 {
				_, _ = fmt.Fprint(rw, feed, strings.Repeat("X", 10_000), "\n")
			}
		}, "more than 2 MiB"},
		{"sent out of https", func(rw http.ResponseWriter, r *http.Request) {
			http.Redirect(rw, r, "http://192.0.2.1/be.ics", http.StatusFound)
		}, "https://"},
		{"sent on for ever", func(rw http.ResponseWriter, r *http.Request) {
			http.Redirect(rw, r, r.URL.Path, http.StatusFound)
		}, "again and again"},
		{"cut off", func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Length", "100000")
			_, _ = io.WriteString(rw, feed)
		}, "not reached"},
		{"not found", http.NotFound, "404"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.answer = c.answer
			r := settings.New[settings.TimeRange]()
			r.Name, r.Calendar = c.name, w.server.URL+"/"+strings.ReplaceAll(c.name, " ", "-")
			made, err := w.db.Shelves().Ranges.Create(w.ctx, store.Actor{}, r)
			w.check(err)
			got, err := w.jobs.Read(w.ctx, w.org, id.TimeRange(made.ID))
			w.check(err)
			if !strings.Contains(got.Failure, c.want) || len(got.Days.Spans) > 0 {
				t.Errorf("failure %q, want %q", got.Failure, c.want)
			}
		})
	}
	w.server.Close()
	made := w.makeRange(w.server.URL + "/gone.ics")
	if got := w.kept(made.ID); !strings.Contains(got.Failure, "not reached") {
		t.Errorf("nobody there: %+v", got)
	}
}

// Run reads at once and ends with its context.
func TestRun(t *testing.T) {
	w := newWorld(t)
	w.makeRange(w.server.URL + "/be.ics")
	ctx, cancel := context.WithCancel(t.Context())
	w.jobs.Changed = func(context.Context, id.Org) error { cancel(); return nil }
	w.jobs.Run(ctx)
	if w.asked != 1 {
		t.Errorf("asked %d times", w.asked)
	}
}
