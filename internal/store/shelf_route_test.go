package store

import (
	"errors"
	"testing"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/schedule"
	"parley/internal/settings"
)

// Routers, menus and agents are refused that would lead callers in an endless loop or clash, whichever way they come.
func TestLoopsAreRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		s, by := db.Shelves(), Actor{User: w.users[0].ID}
		router := func(name string, to dest.Destination) settings.TimeRouter {
			return settings.TimeRouter{Name: name, Default: to}
		}
		day, err := s.Routers.Create(w.ctx, by, router("Day", dest.Destination{Kind: dest.Hangup}))
		check(t, err)
		night, err := s.Routers.Create(w.ctx, by, router("Night", dest.Destination{Kind: dest.TimeRouter, Target: day.ID}))
		check(t, err)
		looped := router("Day", dest.Destination{Kind: dest.TimeRouter, Target: night.ID})
		_, err = s.Routers.Update(w.ctx, by, day.ID, day.Version, looped)
		problem(t, err, "default", "leads callers in an endless loop: Day → Night → Day")
		check(t, s.Routers.SaveDraft(w.ctx, by, day.ID, day.Version, looped))
		_, err = s.Routers.Publish(w.ctx, by, day.ID)
		problem(t, err, "default", "leads callers in an endless loop: Day → Night → Day")

		ring := dest.Destination{Kind: dest.Agent, Target: string(w.agents[0].ID)}
		menu := menuTo("Main", ring)
		menu.AllowDirectExtensions = true
		menu.Options[0].Digits = w.agents[0].Extension
		_, err = s.Menus.Create(w.ctx, by, menu)
		problem(t, err, "options[0].digits", "")
		menu.Options[0].Digits = "55"
		_, err = s.Menus.Create(w.ctx, by, menu)
		check(t, err)
		agent, err := s.Agents.Get(w.ctx, string(w.agents[0].ID))
		check(t, err)
		agent.Fields.Extension = "55"
		_, err = s.Agents.Update(w.ctx, by, agent.ID, agent.Version, agent.Fields)
		problem(t, err, "extension", "is a choice of the menu Main")
	})
}

func problem(t *testing.T, err error, field, what string) {
	t.Helper()
	wrong := (*ProblemsError)(nil)
	if !errors.As(err, &wrong) || wrong.Problems[0].Field != field || what != "" && wrong.Problems[0].What != what {
		t.Fatalf("%v, want %s: %s", err, field, what)
	}
}

func TestRoutesWithDrafts(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		s, by := db.Shelves(), Actor{User: w.users[0].ID}
		made, err := s.Menus.Create(w.ctx, by, menuTo("Main", dest.Destination{Kind: dest.Queue, Target: string(w.queue.ID)}))
		check(t, err)
		changed := made.Fields
		changed.MaxTries = 1
		check(t, s.Menus.SaveDraft(w.ctx, by, made.ID, 1, changed))
		for drafts, tries := range map[bool]int{false: 3, true: 1} {
			r, err := db.Routes(w.ctx, drafts)
			check(t, err)
			same(t, "tries", r.Menus[made.ID].MaxTries, tries)
			plan := routing.New(*r)
			same(t, "number", plan.Numbers["+3225550001"].ID, w.number.ID)
			same(t, "extension", plan.Extensions[w.agents[0].Extension], w.agents[0].ID)
		}
	})
}

func TestCalendars(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		at := time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)
		christmas := schedule.Span{Name: "Christmas", Floating: true, From: at.AddDate(0, 1, 4), Until: at.AddDate(0, 1, 5)}
		c := Calendar{
			Range: "r", Address: "https://example.org/be.ics", ReadAt: &at, TriedAt: at,
			Days: schedule.Feed{Spans: []schedule.Span{christmas}, Remarks: []string{"odd"}},
		}
		check(t, db.SaveCalendar(w.ctx, c))
		c.TriedAt, c.Failure = at.AddDate(0, 0, 1), "it answers 500"
		check(t, db.SaveCalendar(w.ctx, c))
		all, err := db.Calendars(w.ctx)
		check(t, err)
		got := all["r"]
		if !got.ReadAt.Equal(at) || !got.TriedAt.Equal(c.TriedAt) || got.Failure != c.Failure || len(got.Days.Spans) != 1 || !got.Days.Spans[0].From.Equal(christmas.From) {
			t.Errorf("got %+v", got)
		}
		other := newWorld(t, db, 2)
		if theirs, err2 := db.Calendars(other.ctx); err2 != nil || len(theirs) != 0 {
			t.Errorf("another organisation has %v, %v", theirs, err2)
		}
		r, err := db.Routes(w.ctx, false)
		check(t, err)
		same(t, "days", len(r.Calendars["r"]), 1)
		check(t, db.DropCalendar(w.ctx, id.TimeRange("r")))
		all, err = db.Calendars(w.ctx)
		check(t, err)
		same(t, "dropped", len(all), 0)
	})
}
