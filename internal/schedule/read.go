package schedule

import (
	"cmp"
	"math"
	"time"
)

// readRow reads the fields of a row; those that are empty hold everything (TM-2).
func readRow(r Row) (hours, *Fault) {
	one := hours{
		firstDate: math.MinInt, lastDate: math.MaxInt,
		firstDay: cmp.Or(r.StartDay, 1), lastDay: cmp.Or(r.EndDay, sunday), end: dayMinutes,
	}
	for _, f := range []struct {
		name, text string
		into       *int
		read       func(string) (value int, what string)
	}{
		{"start_date", r.StartDate, &one.firstDate, readDate}, {"end_date", r.EndDate, &one.lastDate, readDate},
		{"start_time", r.StartTime, &one.start, readClock}, {"end_time", r.EndTime, &one.end, readClock},
	} {
		if f.text == "" {
			continue
		}
		value, what := f.read(f.text)
		if what != "" {
			return hours{}, &Fault{f.name, what}
		}
		*f.into = value
	}
	switch {
	case one.firstDay < 1 || one.firstDay > sunday:
		return hours{}, &Fault{"start_day_of_week", "must be from 1 (Monday) to 7"}
	case one.lastDay < 1 || one.lastDay > sunday:
		return hours{}, &Fault{"end_day_of_week", "must be from 1 (Monday) to 7"}
	}
	return one, nil
}

func readDate(text string) (day int, what string) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, "must be a day such as 2026-12-25"
	}
	return civilDay(t), ""
}

// readClock reads 15:04 as minutes since midnight; 24:00 is the end of the day.
func readClock(text string) (minute int, what string) {
	if text == "24:00" {
		return dayMinutes, ""
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, "must be a time such as 08:50"
	}
	return t.Hour()*60 + t.Minute(), ""
}
