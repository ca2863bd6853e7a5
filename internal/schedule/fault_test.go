package schedule_test

import (
	"testing"

	"parley/internal/schedule"
)

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		r    schedule.Range
		want string // the field; "" when nothing is wrong
	}{
		{"nothing set", schedule.Range{}, ""},
		{"working days", schedule.Range{Timezone: "Europe/Brussels", Rows: []schedule.Row{workDay, night, weekend, holidays}}, ""},
		{"timezone", schedule.Range{Timezone: "Brussels"}, "timezone"},
		{"the machine's own zone", schedule.Range{Timezone: "Local"}, "timezone"},
		{"a way out of the zones", schedule.Range{Timezone: "../../etc/passwd"}, "timezone"},
		{"a day that does not exist", schedule.Range{Rows: []schedule.Row{{}, {StartDate: "2026-02-29"}}}, "rows[1].start_date"},
		{"a time that does not exist", schedule.Range{Rows: []schedule.Row{{EndTime: "24:01"}}}, "rows[0].end_time"},
		{"a day of the week that does not exist", schedule.Range{Rows: []schedule.Row{{EndDay: 8}}}, "rows[0].end_day_of_week"},
		{"an end before its start", schedule.Range{Rows: []schedule.Row{{StartDate: "2026-12-26", EndDate: "2026-12-24"}}}, "rows[0].end_date"},
		{"a start at the end of the day", schedule.Range{Rows: []schedule.Row{{StartTime: "24:00"}}}, "rows[0].start_time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.r.Faults()
			if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0].Field != c.want) {
				t.Errorf("found %+v, want %q", got, c.want)
			}
		})
	}
}
