package schedule

import (
	"iter"
	"slices"
	"time"
)

// series is the days that a rule gives, counted from the day of the first.
type series struct {
	rule
	start  int
	budget *int
	spent  bool // the budget ended before the days did
}

// fill sets what a rule takes from its first day (RFC 5545 §3.3.10: "information … is gathered from DTSTART").
func (r *rule) fill(first time.Time) {
	if len(r.yearDays) > 0 || len(r.monthDays) > 0 || len(r.days) > 0 {
		return
	}
	switch r.freq {
	case "YEARLY":
		if len(r.months) == 0 {
			r.months = []int{int(first.Month())}
		}
		r.monthDays = []int{first.Day()}
	case "MONTHLY":
		r.monthDays = []int{first.Day()}
	case "WEEKLY":
		r.days = []ruleDay{{day: weekday(civilDay(first))}}
	}
}

// between gives the days in order. Without a count it begins near the earliest day that is asked for; a count has to be
// counted from the start. It ends with the period of the latest day, the count or the budget.
func (s *series) between(earliest, latest int) iter.Seq[int] {
	return func(yield func(int) bool) {
		first := 0
		if s.count == 0 {
			first = max(0, s.periods(earliest)-1) / s.interval * s.interval
		}
		given := 0
		for n := first; ; n += s.interval {
			begin, end := s.period(n)
			if begin > latest {
				return
			}
			if end-begin > *s.budget {
				s.spent = true
				return
			}
			*s.budget -= end - begin
			for _, day := range s.daysOf(begin, end) {
				if day < s.start {
					continue
				}
				if given++; !yield(day) || given == s.count {
					return
				}
			}
		}
	}
}

// periods counts the days, weeks, months or years from the first to the one that holds a day.
func (s *series) periods(day int) int {
	a, b := dateOf(s.start), dateOf(day)
	switch s.freq {
	case "DAILY":
		return day - s.start
	case "WEEKLY":
		return (s.weekOf(day) - s.weekOf(s.start)) / sunday
	case "MONTHLY":
		return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
	}
	return b.Year() - a.Year()
}

// period is the nth day, week, month or year after the first: its first day and the one after its last.
func (s *series) period(n int) (begin, end int) {
	a := dateOf(s.start)
	switch s.freq {
	case "DAILY":
		return s.start + n, s.start + n + 1
	case "WEEKLY":
		begin = s.weekOf(s.start) + n*sunday
		return begin, begin + sunday
	case "MONTHLY":
		return dayOf(a.Year(), int(a.Month())+n), dayOf(a.Year(), int(a.Month())+n+1)
	}
	return dayOf(a.Year()+n, 1), dayOf(a.Year()+n+1, 1)
}

func (s *series) weekOf(day int) int { return day - (weekday(day)-s.weekBegin+sunday)%sunday }

// daysOf are the days of a period that the rule gives, in order.
func (s *series) daysOf(begin, end int) (all []int) {
	for day := begin; day < end; day++ {
		if s.gives(day) {
			all = append(all, day)
		}
	}
	if len(s.positions) == 0 {
		return all
	}
	var chosen []int
	for i, day := range all {
		if slices.Contains(s.positions, i+1) || slices.Contains(s.positions, i-len(all)) {
			chosen = append(chosen, day)
		}
	}
	return chosen
}

// gives tells whether the rule gives a day, the cheapest question first.
func (s *series) gives(day int) bool {
	t := dateOf(day)
	if len(s.months) > 0 && !slices.Contains(s.months, int(t.Month())) {
		return false
	}
	if len(s.monthDays) > 0 && !slices.Contains(s.monthDays, t.Day()) && !slices.Contains(s.monthDays, day-nextMonth(t)) {
		return false
	}
	if len(s.yearDays) > 0 && !slices.Contains(s.yearDays, t.YearDay()) && !slices.Contains(s.yearDays, day-dayOf(t.Year()+1, 1)) {
		return false
	}
	return len(s.days) == 0 || slices.ContainsFunc(s.days, func(d ruleDay) bool { return s.is(d, day, t) })
}

// is tells whether a day is the one that is meant, of those of its month, or of its year where the rule names no month.
func (s *series) is(d ruleDay, day int, t time.Time) bool {
	if weekday(day) != d.day || d.nth == 0 {
		return weekday(day) == d.day
	}
	first, next := day-t.Day()+1, nextMonth(t)
	if s.freq == "YEARLY" && len(s.months) == 0 {
		first, next = day-t.YearDay()+1, dayOf(t.Year()+1, 1)
	}
	if d.nth > 0 {
		return (day-first)/sunday+1 == d.nth
	}
	return (next-1-day)/sunday+1 == -d.nth
}

func nextMonth(t time.Time) int { return dayOf(t.Year(), int(t.Month())+1) }

func dateOf(day int) time.Time { return time.Unix(int64(day)*daySeconds, 0).UTC() }

// dayOf is the first day of a month; months beyond 12 are those of later years.
func dayOf(year, month int) int {
	return civilDay(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC))
}
