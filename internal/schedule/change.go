package schedule

import (
	"math"
	"slices"
	"time"
)

// aheadDays is how long the week's pattern must be looked at after a date from which it holds: a whole week, the night
// before it and the day after.
const aheadDays = 9

// NextChange is the first moment after t at which the answer of At turns from yes to no or from no to yes; ok is false
// when it never does.
func (h *Hours) NextChange(t time.Time) (next time.Time, ok bool) {
	_, now := h.At(t)
	moments := h.moments(t)
	slices.SortFunc(moments, time.Time.Compare)
	for _, m := range moments {
		if !m.After(t) {
			continue
		}
		if _, then := h.At(m); then != now {
			return m, true
		}
	}
	return time.Time{}, false
}

// moments are all at which the answer can turn: rows turn at a time of a day, and only in the week after now or after one
// of their dates, as they repeat by the week in between.
func (h *Hours) moments(t time.Time) []time.Time {
	today := civilDay(t.In(h.zone))
	days := map[int]bool{}
	for _, first := range h.dates(today) {
		for d := range aheadDays {
			days[first-1+d] = true
		}
	}
	minutes := map[int]bool{0: true}
	for _, r := range h.rows {
		minutes[r.start], minutes[r.end] = true, true
	}
	var all []time.Time
	for day := range days {
		if day >= today {
			all = h.momentsOf(day, minutes, all)
		}
	}
	for i := range h.days {
		all = append(all, h.days[i].From, h.days[i].Until)
	}
	return all
}

// dates are the days from which a row may begin to hold, or hold no more.
func (h *Hours) dates(today int) []int {
	all := []int{today}
	for _, r := range h.rows {
		if r.firstDate != math.MinInt {
			all = append(all, r.firstDate)
		}
		if r.lastDate != math.MaxInt {
			all = append(all, r.lastDate)
		}
	}
	return all
}

func (h *Hours) momentsOf(day int, minutes map[int]bool, all []time.Time) []time.Time {
	midnight := dateOf(day)
	for m := range minutes {
		all = h.edge(midnight.Add(time.Duration(m)*time.Minute), all)
	}
	return all
}

// edge adds the moments at which a clock shows a time. It does so twice when the clocks are set back, and then the moment
// at which they are set is an edge too; a time that the clocks skip is passed when they are set.
func (h *Hours) edge(wall time.Time, all []time.Time) []time.Time {
	guess := shownAt(wall, h.zone)
	from, until := guess.ZoneBounds()
	all = append(all, guess)
	for _, set := range []time.Time{from, until} {
		if set.IsZero() || set.Sub(guess).Abs() > 24*time.Hour {
			continue
		}
		_, before := set.Add(-1).Zone()
		_, after := set.Zone()
		shift := time.Duration(before-after) * time.Second
		all = append(all, set, guess.Add(shift), guess.Add(-shift))
	}
	return all
}
