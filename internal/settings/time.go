package settings

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"

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

// Check looks at the rows, the timezone and the calendar's address. Only https leads to calendars, so that nobody on the
// way can close a company; plain http is for this machine alone.
func (r TimeRange) Check() []Problem {
	var all []Problem
	for _, f := range r.Faults() {
		all = append(all, Problem{f.Field, f.What})
	}
	if r.Calendar == "" {
		return all
	}
	at, err := url.Parse(r.Calendar)
	switch {
	case err != nil || at.Host == "" || at.User != nil:
		all = append(all, Problem{"calendar", "must be the address of a calendar, such as https://example.org/holidays.ics"})
	case at.Scheme != "https" && (at.Scheme != "http" || !loopback(at.Hostname())):
		all = append(all, Problem{"calendar", "must begin with https://"})
	}
	return all
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
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

// Check looks at every destination, and refuses an entry that never wins as an earlier one has its range.
func (r TimeRouter) Check() []Problem {
	var all []Problem
	for i, e := range r.Entries {
		same := func(earlier TimeEntry) bool { return earlier.Range == e.Range }
		if k := slices.IndexFunc(r.Entries[:i], same); k >= 0 {
			what := fmt.Sprintf("is the range of entry %d too, which wins", k+1)
			all = append(all, Problem{fmt.Sprintf("entries[%d].time_range", i), what})
		}
		all = append(all, checkDest(fmt.Sprintf("entries[%d].destination", i), e.Destination)...)
	}
	return append(all, checkDest("default", r.Default)...)
}
