package schedule_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/schedule"
)

func TestNextChange(t *testing.T) {
	brussels := zone(t, "Europe/Brussels")
	for _, c := range []struct {
		name string
		rows []schedule.Row
		at   string
		want string // "" never
	}{
		{"closes in the evening", []schedule.Row{workDay}, "2026-11-20 12:00", "2026-11-20 18:00"},
		{"opens after the weekend", []schedule.Row{workDay}, "2026-11-20 18:00", "2026-11-23 08:50"},
		{"opens on the Monday after the clocks changed", []schedule.Row{workDay}, "2026-10-24 12:00", "2026-10-26 08:50"},
		{"never opens", nil, "2026-11-20 12:00", ""},
		{"never closes", []schedule.Row{{}}, "2026-11-20 12:00", ""},
		{"holidays begin in a month", []schedule.Row{holidays}, "2026-11-20 12:00", "2026-12-24 00:00"},
		{"holidays end", []schedule.Row{holidays}, "2026-12-24 12:00", "2026-12-27 00:00"},
		{"holidays are over", []schedule.Row{holidays}, "2026-12-27 12:00", ""},
		{"one row takes over from another", []schedule.Row{{EndTime: "12:00"}, {StartTime: "12:00", EndTime: "13:00"}}, "2026-11-20 10:00", "2026-11-20 13:00"},
		{"the first Sunday of a season", []schedule.Row{{StartDate: "2027-04-01", StartDay: 7, EndDay: 7, StartTime: "10:00"}}, "2026-11-20 10:00", "2027-04-04 10:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := read(t, schedule.Range{Timezone: "Europe/Brussels", Rows: c.rows})
			got, ok := h.NextChange(moment(t, brussels, c.at))
			if ok != (c.want != "") || ok && !got.Equal(moment(t, brussels, c.want)) {
				t.Errorf("NextChange(%s) = %v, %v, want %s", c.at, got.In(brussels), ok, c.want)
			}
		})
	}
}

// Whatever the rows, NextChange finds the very minute that asking every minute finds, over both changes of the clocks.
func TestNextChangeAgainstEveryMinute(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	zones := []string{"Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"}
	begins := []string{"2026-03-06 03:00", "2026-03-27 03:00", "2026-10-23 03:00", "2026-10-30 03:00", "2026-04-03 03:00", "2017-10-13 03:00"}
	for round := range 200 {
		name := zones[chance.IntN(len(zones))]
		begin := moment(t, time.UTC, begins[chance.IntN(len(begins))])
		r := schedule.Range{Timezone: name, Rows: []schedule.Row{anyRow(chance, begin), anyRow(chance, begin)}}
		party := begin.Add(time.Duration(chance.IntN(5000)) * time.Minute)
		h := read(t, r, schedule.Span{From: party, Until: party.Add(time.Hour), Floating: chance.IntN(2) == 0})
		_, was := h.At(begin)
		asked := begin
		for range 4 * 24 * 60 {
			asked = asked.Add(time.Minute)
			if _, is := h.At(asked); is != was {
				break
			}
		}
		got, ok := h.NextChange(begin)
		if _, is := h.At(asked); is == was {
			if ok && !got.After(asked) {
				t.Fatalf("round %d: %+v changes at %v, which asking does not find", round, r, got)
			}
			continue
		}
		if !ok || !got.Equal(asked) {
			t.Fatalf("round %d: from %v, %+v changes at %v (%v), not %v", round, begin, r, asked, h.Zone(), got)
		}
	}
}

func anyRow(chance *rand.Rand, begin time.Time) schedule.Row {
	clocks := []string{"", "00:00", "01:30", "02:00", "02:15", "02:30", "03:00", "06:00", "23:30"}
	r := schedule.Row{StartTime: clocks[chance.IntN(len(clocks))], EndTime: clocks[chance.IntN(len(clocks))]}
	if chance.IntN(2) == 0 {
		r.StartDay, r.EndDay = chance.IntN(8), chance.IntN(8)
	}
	if chance.IntN(3) == 0 {
		r.StartDate = begin.AddDate(0, 0, chance.IntN(4)).Format(time.DateOnly)
	}
	if chance.IntN(3) == 0 {
		r.EndDate = begin.AddDate(0, 0, chance.IntN(4)).Format(time.DateOnly)
	}
	return r
}
