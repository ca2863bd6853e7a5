package schedule

import (
	"fmt"
	"time"
)

const (
	dayMinutes = 24 * 60
	daySeconds = 24 * 60 * 60
	sunday     = 7
)

// Hours is a range that can be asked: its rows read once, its calendar, and the timezone in which both are meant.
type Hours struct {
	rows []hours
	days calendar
	zone *time.Location
}

// hours is a row with every field set: days since 1970, days of the week from 1 to 7, minutes since midnight.
type hours struct {
	firstDate, lastDate int
	firstDay, lastDay   int
	start, end          int
}

// Found says what matched: a row, counted from 0, or a day of the calendar.
type Found struct {
	Row  int   `json:"row"` // -1 when it is a day of the calendar
	Span *Span `json:"span,omitempty"`
}

// Read makes a range ready to be asked, with what its calendar gave. A range without a timezone is meant in home. The
// error says what cannot be read: a timezone that nobody knows, a date or time that is none.
func Read(r Range, days []Span, home *time.Location) (*Hours, error) {
	h := &Hours{zone: home}
	if r.Timezone != "" {
		zone, err := time.LoadLocation(r.Timezone)
		if err != nil {
			return nil, fmt.Errorf("timezone %q: %w", r.Timezone, err)
		}
		h.zone = zone
	}
	for i, row := range r.Rows {
		one, wrong := readRow(row)
		if wrong != nil {
			return nil, fmt.Errorf("row %d: %s %s", i+1, wrong.Field, wrong.What)
		}
		h.rows = append(h.rows, one)
	}
	h.days = settle(days, h.zone)
	return h, nil
}

// Zone is the timezone in which the range is meant.
func (h *Hours) Zone() *time.Location { return h.zone }

// At tells whether the moment lies inside the range, and what matched first: rows in their order, then the calendar.
func (h *Hours) At(t time.Time) (Found, bool) {
	wall := t.In(h.zone)
	day, minute := civilDay(wall), wall.Hour()*60+wall.Minute()
	for i := range h.rows {
		if h.rows[i].match(day, minute) {
			return Found{Row: i}, true
		}
	}
	if day := h.days.at(t); day != nil {
		return Found{Row: -1, Span: day}, true
	}
	return Found{Row: -1}, false
}

// match tells whether the row holds a minute of a day. What is left of a night belongs to the day on which it began.
func (r hours) match(day, minute int) bool {
	if r.start < r.end {
		return r.start <= minute && minute < r.end && r.on(day)
	}
	return minute >= r.start && r.on(day) || minute < r.end && r.on(day-1)
}

func (r hours) on(day int) bool {
	if day < r.firstDate || day > r.lastDate {
		return false
	}
	week := weekday(day)
	if r.firstDay <= r.lastDay {
		return r.firstDay <= week && week <= r.lastDay
	}
	return week >= r.firstDay || week <= r.lastDay
}

// civilDay counts the days since 1970 of the date that a clock shows.
func civilDay(wall time.Time) int {
	return int(time.Date(wall.Year(), wall.Month(), wall.Day(), 0, 0, 0, 0, time.UTC).Unix() / daySeconds)
}

// weekday is 1 on Monday and 7 on Sunday. 1970-01-01, day 0, was a Thursday.
func weekday(day int) int { return ((day+3)%7+7)%7 + 1 }

// Never tells whether nothing can match, as there is neither a row nor a day.
func (h *Hours) Never() bool { return len(h.rows) == 0 && len(h.days) == 0 }
