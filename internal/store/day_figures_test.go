package store

import (
	"testing"
	"time"

	"parley/internal/id"
)

func TestDayFigures(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		keep := func(w *world, day string, subjects ...string) {
			var rows []DayFigures
			for _, s := range subjects {
				rows = append(rows, DayFigures{Subject: s, Channel: "voice", Content: []byte(`{"s":"` + s + `"}`)})
			}
			check(t, db.KeepDayFigures(w.ctx, "agent", day, rows))
		}
		keep(w, "2026-11-20", "ann", "bob")
		keep(w, "2026-11-21", "ann")
		keep(w, "2026-11-20", "", "cid") // computed anew
		keep(other, "2026-11-20", "eve")
		rows, err := db.DayFigures(w.ctx, "agent", "2026-11-20", "2026-11-20")
		check(t, err)
		same(t, "rows", rows, []DayFigures{
			{Org: w.org, Kind: "agent", Day: "2026-11-20", Channel: "voice", Content: []byte(`{"s":""}`)},
			{Org: w.org, Kind: "agent", Day: "2026-11-20", Subject: "cid", Channel: "voice", Content: []byte(`{"s":"cid"}`)},
		})
		for kind, want := range map[string]int{"agent": 3, "queue": 0} {
			rows, err := db.DayFigures(w.ctx, kind, "2026-01-01", "2026-12-31")
			check(t, err)
			same(t, kind, len(rows), want)
		}
	})
}

// TestTurns finds what a day is computed from: its own changes of status, and of each agent and channel the last before.
func TestTurns(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
		group := start(t, db, GroupCommitConfig{})
		put := func(w *world, which, agent int, channel string, hours int) {
			group.Writer(w.org).StatusEvent(StatusEvent{ID: id.New[string](), Agent: w.agents[agent].ID, AgentKind: "human", Channel: channel,
				NewStatus: "available", CustomName: "Tea", Seconds: which, At: day.Add(time.Duration(hours) * time.Hour)})
		}
		put(w, 1, 0, "voice", -500)
		put(w, 2, 0, "voice", -3)
		put(w, 3, 0, "chat", -4)
		put(w, 4, 0, "voice", 0)
		put(w, 5, 1, "voice", 23)
		put(w, 6, 1, "voice", 24)
		put(other, 7, 0, "voice", 2)
		check(t, group.Close(t.Context()))
		for _, test := range []struct {
			agents []id.Agent
			want   []int
		}{{nil, []int{4, 5, 2, 3}}, {[]id.Agent{w.agents[1].ID}, []int{5}}, {[]id.Agent{w.agents[0].ID}, []int{4, 2, 3}}} {
			turns, err := db.Turns(w.ctx, day, day.Add(24*time.Hour), test.agents)
			check(t, err)
			var got []int
			for _, e := range turns {
				got = append(got, e.Seconds)
				same(t, "name", e.CustomName, "Tea")
			}
			same(t, "turns", got, test.want)
		}
	})
}
