package settings

import (
	"fmt"
	"time"

	"parley/internal/dest"
	"parley/internal/schedule"
)

// TimeRange is a named time range (TM-1), its own rows and perhaps holidays from a calendar (BX-11).
type TimeRange struct {
	Name           string `json:"time_range_name" minLength:"1" maxLength:"50"`
	schedule.Range `json:""`
	Description    string `json:"description" required:"false" maxLength:"500"`
	Calendar       string `json:"calendar" required:"false" maxLength:"500" doc:"address of an iCalendar file whose days belong to this range; read once a day"`
}

// Kind is KindTimeRange.
func (TimeRange) Kind() Kind { return KindTimeRange }

// Title is its name.
func (r TimeRange) Title() string { return r.Name }

// Refs is empty.
func (TimeRange) Refs() []Ref { return nil }

// Check refuses a row that nothing can match, and a timezone that nobody knows.
func (r TimeRange) Check() []Problem {
	var all []Problem
	if _, err := time.LoadLocation(r.Timezone); err != nil {
		all = append(all, Problem{"timezone", "must be the name of a timezone, such as Europe/Brussels"})
	}
	for i, row := range r.Rows {
		if row.StartDate != "" && row.EndDate != "" && row.EndDate < row.StartDate {
			all = append(all, Problem{fmt.Sprintf("rows[%d].end_date", i), "must not lie before the start date"})
		}
		for field, date := range map[string]string{"start_date": row.StartDate, "end_date": row.EndDate} {
			if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
				all = append(all, Problem{fmt.Sprintf("rows[%d].%s", i, field), "must be a day such as 2026-12-25"})
			}
		}
	}
	return all
}

// TimeRouter leads on by the clock: the first entry that matches now wins (TM-3).
type TimeRouter struct {
	Name    string           `json:"name" minLength:"1" maxLength:"50"`
	Entries []TimeEntry      `json:"entries" required:"false" maxItems:"50"`
	Default dest.Destination `json:"default" doc:"when no entry matches"`
}

// TimeEntry is one row of a time router.
type TimeEntry struct {
	Name        string           `json:"name" minLength:"1" maxLength:"50"`
	Range       string           `json:"time_range" format:"time_range" minLength:"1"`
	Destination dest.Destination `json:"destination"`
}

// Kind is KindTimeRouter.
func (TimeRouter) Kind() Kind { return KindTimeRouter }

// Title is its name.
func (r TimeRouter) Title() string { return r.Name }

// Refs lists its ranges and where it leads.
func (r TimeRouter) Refs() []Ref {
	var all refs
	for i, e := range r.Entries {
		all.add(fmt.Sprintf("entries[%d].time_range", i), KindTimeRange, e.Range)
		all.dest(fmt.Sprintf("entries[%d].destination", i), e.Destination)
	}
	all.dest("default", r.Default)
	return all
}

// Check looks at every destination.
func (r TimeRouter) Check() []Problem {
	var all []Problem
	for i, e := range r.Entries {
		all = append(all, checkDest(fmt.Sprintf("entries[%d].destination", i), e.Destination)...)
	}
	return append(all, checkDest("default", r.Default)...)
}
