package report

import (
	"fmt"
	"time"
)

// Day is a day of the calendar, without a place. Its text is as in ISO 8601: 2026-11-21.
type Day struct {
	Year  int
	Month time.Month
	Date  int
}

// DayOf is the day that a moment falls on at a place.
func DayOf(at time.Time, place *time.Location) Day {
	year, month, date := at.In(place).Date()
	return Day{year, month, date}
}

// ParseDay reads 2026-11-21.
func ParseDay(text string) (Day, error) {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Day{}, fmt.Errorf("%q is no day: write it like 2026-11-21", text)
	}
	return DayOf(at, time.UTC), nil
}

func (d Day) String() string { return d.noon().Format(time.DateOnly) }

// Plus is the day so many days later.
func (d Day) Plus(days int) Day { return DayOf(d.noon().AddDate(0, 0, days), time.UTC) }

// Before tells whether d is earlier than other.
func (d Day) Before(other Day) bool { return d.noon().Before(other.noon()) }

// Until counts the days from d to other.
func (d Day) Until(other Day) int { return int(other.noon().Sub(d.noon()) / (24 * time.Hour)) }

func (d Day) noon() time.Time { return time.Date(d.Year, d.Month, d.Date, 12, 0, 0, 0, time.UTC) }

// clockStep divides every difference between two clocks of the world.
const clockStep = 15 * time.Minute

// Begins is the first moment of the day at a place. Where clocks are changed at midnight that is not always 0:00, and where they are
// set back to 0:00 it is the first of the two.
func (d Day) Begins(place *time.Location) time.Time {
	at := time.Date(d.Year, d.Month, d.Date, 0, 0, 0, 0, place)
	for DayOf(at, place).Before(d) {
		at = at.Add(clockStep)
	}
	for before := at.Add(-clockStep); !DayOf(before, place).Before(d); before = at.Add(-clockStep) {
		at = before
	}
	return at
}

// At is the whole day at a place: 23, 24 or 25 hours as a rule.
func (d Day) At(place *time.Location) Span {
	return Span{d.Begins(place), d.Plus(1).Begins(place)}
}
