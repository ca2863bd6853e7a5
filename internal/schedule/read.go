package schedule

import (
	"cmp"
	"fmt"
	"math"
	"time"
)

// readRow reads the fields of a row; those that are empty hold everything (TM-2).
func readRow(r Row) (hours, error) {
	one := hours{
		firstDate: math.MinInt, lastDate: math.MaxInt,
		firstDay: cmp.Or(r.StartDay, 1), lastDay: cmp.Or(r.EndDay, sunday), end: dayMinutes,
	}
	for _, f := range []struct {
		text string
		into *int
		read func(string) (int, error)
	}{
		{r.StartDate, &one.firstDate, readDate}, {r.EndDate, &one.lastDate, readDate},
		{r.StartTime, &one.start, readClock}, {r.EndTime, &one.end, readClock},
	} {
		if f.text == "" {
			continue
		}
		value, err := f.read(f.text)
		if err != nil {
			return hours{}, err
		}
		*f.into = value
	}
	for _, day := range []int{one.firstDay, one.lastDay} {
		if day < 1 || day > sunday {
			return hours{}, fmt.Errorf("day %d of the week does not exist", day)
		}
	}
	return one, nil
}

func readDate(text string) (int, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("date %q does not exist", text)
	}
	return civilDay(t), nil
}

// readClock reads 15:04 as minutes since midnight; 24:00 is the end of the day.
func readClock(text string) (int, error) {
	if text == "24:00" {
		return dayMinutes, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("time %q does not exist", text)
	}
	return t.Hour()*60 + t.Minute(), nil
}
