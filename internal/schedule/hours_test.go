package schedule_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the tests know every zone wherever they run

	"parley/internal/schedule"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func read(t testing.TB, r schedule.Range, days ...schedule.Span) *schedule.Hours {
	t.Helper()
	h, err := schedule.Read(r, days, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// moment reads "2026-11-21 18:30" as what the clock shows in a zone.
func moment(t testing.TB, in *time.Location, text string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", text, in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var (
	workDay  = schedule.Row{StartDay: 1, EndDay: 5, StartTime: "08:50", EndTime: "18:00"}
	night    = schedule.Row{StartDay: 5, EndDay: 5, StartTime: "22:00", EndTime: "06:00"}
	weekend  = schedule.Row{StartDay: 5, EndDay: 1}
	holidays = schedule.Row{StartDate: "2026-12-24", EndDate: "2026-12-26"}
)

func TestAt(t *testing.T) {
	const brussels, newYork = "Europe/Brussels", "America/New_York"
	for _, c := range []struct {
		name, zone string
		rows       []schedule.Row
		at         string
		want       int // the row; -1 none
	}{
		{"no rows", brussels, nil, "2026-11-20 12:00", -1},
		{"nothing set", brussels, []schedule.Row{{}}, "2026-11-20 12:00", 0},
		{"first minute", brussels, []schedule.Row{workDay}, "2026-11-20 08:50", 0},
		{"minute before", brussels, []schedule.Row{workDay}, "2026-11-20 08:49", -1},
		{"last minute", brussels, []schedule.Row{workDay}, "2026-11-20 17:59", 0},
		{"end is exclusive", brussels, []schedule.Row{workDay}, "2026-11-20 18:00", -1},
		{"Saturday", brussels, []schedule.Row{workDay}, "2026-11-21 12:00", -1},
		{"Monday", brussels, []schedule.Row{workDay}, "2026-11-23 12:00", 0},
		{"second row", brussels, []schedule.Row{holidays, workDay}, "2026-11-20 12:00", 1},
		{"first row wins", brussels, []schedule.Row{holidays, workDay}, "2026-12-24 12:00", 0},
		{"Friday to Monday, Friday", brussels, []schedule.Row{weekend}, "2026-11-20 00:00", 0},
		{"Friday to Monday, Sunday", brussels, []schedule.Row{weekend}, "2026-11-22 12:00", 0},
		{"Friday to Monday, Monday", brussels, []schedule.Row{weekend}, "2026-11-23 23:59", 0},
		{"Friday to Monday, Tuesday", brussels, []schedule.Row{weekend}, "2026-11-24 00:00", -1},
		{"night begins", brussels, []schedule.Row{night}, "2026-11-20 22:00", 0},
		{"night goes on", brussels, []schedule.Row{night}, "2026-11-21 05:59", 0},
		{"night ends", brussels, []schedule.Row{night}, "2026-11-21 06:00", -1},
		{"the night before does not count", brussels, []schedule.Row{night}, "2026-11-20 05:00", -1},
		{"night after the last date", brussels, []schedule.Row{{EndDate: "2026-12-24", StartTime: "22:00", EndTime: "02:00"}}, "2026-12-25 01:59", 0},
		{"night before the first date", brussels, []schedule.Row{{StartDate: "2026-12-24", StartTime: "22:00", EndTime: "02:00"}}, "2026-12-24 01:00", -1},
		{"same time is a whole day", brussels, []schedule.Row{{StartTime: "00:00", EndTime: "00:00"}}, "2026-11-20 23:59", 0},
		{"same time from noon, Friday", brussels, []schedule.Row{{StartDay: 5, EndDay: 5, StartTime: "12:00", EndTime: "12:00"}}, "2026-11-21 11:59", 0},
		{"ends at midnight", brussels, []schedule.Row{{StartTime: "20:00", EndTime: "24:00"}}, "2026-11-20 23:59", 0},
		{"ends at midnight, written 00:00", brussels, []schedule.Row{{StartTime: "20:00", EndTime: "00:00"}}, "2026-11-21 00:00", -1},
		{"first date", brussels, []schedule.Row{holidays}, "2026-12-24 00:00", 0},
		{"last date is a whole day", brussels, []schedule.Row{holidays}, "2026-12-26 23:59", 0},
		{"after the last date", brussels, []schedule.Row{holidays}, "2026-12-27 00:00", -1},
		{"from a date on", brussels, []schedule.Row{{StartDate: "2026-12-24"}}, "2050-01-01 00:00", 0},
		{"until a date", brussels, []schedule.Row{{EndDate: "2026-12-24"}}, "2026-12-25 00:00", -1},
		{"only a first day of the week", brussels, []schedule.Row{{StartDay: 3}}, "2026-11-22 12:00", 0},
		{"only a last day of the week", brussels, []schedule.Row{{EndDay: 3}}, "2026-11-26 12:00", -1},
		{"only a start", brussels, []schedule.Row{{StartTime: "12:00"}}, "2026-11-26 23:59", 0},
		{"only an end", brussels, []schedule.Row{{EndTime: "12:00"}}, "2026-11-26 12:00", -1},
		{"day and date both", brussels, []schedule.Row{{StartDate: "2026-12-24", StartDay: 6, EndDay: 7}}, "2026-12-25 12:00", -1},
		{"New York works", newYork, []schedule.Row{workDay}, "2026-11-20 17:59", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := read(t, schedule.Range{Timezone: c.zone, Rows: c.rows})
			got, ok := h.At(moment(t, zone(t, c.zone), c.at))
			if ok != (c.want >= 0) || ok && got.Row != c.want {
				t.Errorf("At(%s) = %v, %v, want row %d", c.at, got, ok, c.want)
			}
		})
	}
}

// The same opening hours begin at another moment of the world's time after a change of the clocks (TM-8).
func TestDaylightSaving(t *testing.T) {
	for _, c := range []struct {
		name, zone, at string // in UTC
		row            schedule.Row
		want           bool
	}{
		{"Brussels, the Friday before spring", "Europe/Brussels", "2026-03-27 07:50", workDay, true},
		{"Brussels, the Friday before spring, earlier", "Europe/Brussels", "2026-03-27 06:50", workDay, false},
		{"Brussels, the Monday after", "Europe/Brussels", "2026-03-30 06:50", workDay, true},
		{"Brussels, the Monday after, evening", "Europe/Brussels", "2026-03-30 16:00", workDay, false},
		{"Brussels, the Monday after autumn", "Europe/Brussels", "2026-10-26 16:59", workDay, true},
		{"New York changes earlier", "America/New_York", "2026-03-09 12:50", workDay, true},
		{"New York, the Friday before", "America/New_York", "2026-03-06 12:50", workDay, false},
		{"New York, autumn", "America/New_York", "2026-11-02 22:59", workDay, true},
		{"hour that comes twice, first", "Europe/Brussels", "2026-10-25 00:30", schedule.Row{StartTime: "02:00", EndTime: "03:00"}, true},
		{"hour that comes twice, second", "Europe/Brussels", "2026-10-25 01:59", schedule.Row{StartTime: "02:00", EndTime: "03:00"}, true},
		{"hour that comes twice, over", "Europe/Brussels", "2026-10-25 02:00", schedule.Row{StartTime: "02:00", EndTime: "03:00"}, false},
		{"end inside the hour that is missing", "Europe/Brussels", "2026-03-29 00:59", schedule.Row{StartTime: "01:00", EndTime: "02:30"}, true},
		{"end inside the hour that is missing, over", "Europe/Brussels", "2026-03-29 01:00", schedule.Row{StartTime: "01:00", EndTime: "02:30"}, false},
		{"no timezone: the organisation's", "", "2026-11-20 08:50", workDay, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := read(t, schedule.Range{Timezone: c.zone, Rows: []schedule.Row{c.row}})
			if _, got := h.At(moment(t, time.UTC, c.at)); got != c.want {
				t.Errorf("At(%s UTC) = %v", c.at, got)
			}
		})
	}
}

func TestCalendarDays(t *testing.T) {
	brussels := zone(t, "Europe/Brussels")
	christmas := schedule.Span{
		Name: "Christmas", Floating: true, From: moment(t, time.UTC, "2026-12-25 00:00"), Until: moment(t, time.UTC, "2026-12-26 00:00"),
	}
	party := schedule.Span{Name: "Party", From: moment(t, time.UTC, "2026-12-18 14:00"), Until: moment(t, time.UTC, "2026-12-18 16:00")}
	h := read(t, schedule.Range{Timezone: "Europe/Brussels", Rows: []schedule.Row{{EndDate: "2020-01-01"}}}, christmas, party)
	for at, want := range map[string]string{
		"2026-12-24 23:59": "", "2026-12-25 00:00": "Christmas", "2026-12-25 23:59": "Christmas", "2026-12-26 00:00": "",
		"2026-12-18 14:59": "", "2026-12-18 15:00": "Party", "2026-12-18 16:59": "Party", "2026-12-18 17:00": "",
	} {
		found, ok := h.At(moment(t, brussels, at))
		if ok != (want != "") || ok && (found.Row != -1 || found.Span.Name != want) {
			t.Errorf("At(%s) = %+v, %v, want %q", at, found, ok, want)
		}
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for _, r := range []schedule.Range{
		{Timezone: "Europe/Nowhere"}, {Rows: []schedule.Row{{StartDate: "2026-02-30"}}}, {Rows: []schedule.Row{{EndDate: "tomorrow"}}},
		{Rows: []schedule.Row{{StartTime: "25:00"}}}, {Rows: []schedule.Row{{EndTime: "24:01"}}}, {Rows: []schedule.Row{{StartDay: 8}}},
		{Rows: []schedule.Row{{EndDay: -1}}},
	} {
		if h, err := schedule.Read(r, nil, time.UTC); err == nil {
			t.Errorf("%+v was read as %+v", r, h)
		}
	}
}
