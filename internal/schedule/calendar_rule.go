package schedule

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rule is an RRULE (RFC 5545 §3.3.10) that repeats by the day or slower.
type rule struct {
	freq      string // DAILY, WEEKLY, MONTHLY, YEARLY
	interval  int
	count     int // 0: no limit
	until     *stamp
	months    []int
	monthDays []int // negative ones count from the end
	yearDays  []int
	days      []ruleDay
	positions []int
	weekBegin int // 1 Monday to 7
}

// ruleDay is a day of the week, 1 to 7, and which one of the month or year: 0 every, -1 the last.
type ruleDay struct{ day, nth int }

var (
	errRule   = errors.New("its rule of repetition cannot be read, only its first day counts")
	errBudget = errors.New("the calendar repeats too often to be read whole")
)

var ruleDays = map[string]int{"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}

func (r *reading) rule(text string) (*rule, error) {
	made := &rule{interval: 1, weekBegin: 1}
	for part := range strings.SplitSeq(text, ";") {
		key, value, _ := strings.Cut(part, "=")
		if err := r.rulePart(made, strings.ToUpper(strings.TrimSpace(key)), strings.ToUpper(strings.TrimSpace(value))); err != nil {
			return nil, err
		}
	}
	if !slices.Contains([]string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}, made.freq) {
		return nil, errRule
	}
	return made, nil
}

func (r *reading) rulePart(made *rule, key, value string) (err error) {
	switch key {
	case "":
	case "FREQ":
		made.freq = value
	case "INTERVAL":
		made.interval, err = ruleNumber(value, 1, 10_000)
	case "COUNT":
		made.count, err = ruleNumber(value, 1, 1_000_000)
	case "UNTIL":
		var s stamp
		s, err = r.stamp(value, nil)
		made.until = &s
	case "BYMONTH":
		made.months, err = ruleNumbers(value, 12)
	case "BYMONTHDAY":
		made.monthDays, err = ruleNumbers(value, 31)
	case "BYYEARDAY":
		made.yearDays, err = ruleNumbers(value, 366)
	case "BYSETPOS":
		made.positions, err = ruleNumbers(value, 366)
	case "BYDAY":
		made.days, err = readRuleDays(value)
	case "WKST":
		if made.weekBegin = ruleDays[value]; made.weekBegin == 0 {
			err = errRule
		}
	default: // BYWEEKNO, BYHOUR and the like; to leave them out would close a company on the wrong days
		err = fmt.Errorf("%w (%.20s)", errRule, key)
	}
	return err
}

func ruleNumber(text string, least, most int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, errRule
	}
	return n, nil
}

func ruleNumbers(text string, most int) (all []int, err error) {
	for part := range strings.SplitSeq(text, ",") {
		n, err := ruleNumber(part, -most, most)
		if err != nil || n == 0 {
			return nil, errRule
		}
		all = append(all, n)
	}
	return all, nil
}

func readRuleDays(text string) (all []ruleDay, err error) {
	for part := range strings.SplitSeq(text, ",") {
		if len(part) < 2 {
			return nil, errRule
		}
		nth, name := part[:len(part)-2], part[len(part)-2:]
		one := ruleDay{day: ruleDays[name]}
		if nth != "" {
			if one.nth, err = ruleNumber(nth, -53, 53); err != nil || one.nth == 0 {
				return nil, errRule
			}
		}
		if one.day == 0 {
			return nil, errRule
		}
		all = append(all, one)
	}
	return all, nil
}

// repeat gives the starts of an event that may matter in the window, its first one included. With an error the starts that
// were found hold nevertheless.
func (r *reading) repeat(start stamp, text string, length time.Duration) ([]stamp, error) {
	if text == "" {
		return []stamp{start}, nil
	}
	made, err := r.rule(text)
	if err != nil {
		return []stamp{start}, err
	}
	s := &series{rule: *made, start: civilDay(start.wall), budget: &r.budget}
	s.rule.fill(start.wall)
	earliest, latest := civilDay(r.from.Add(-length))-1, civilDay(r.until)+1
	starts := []stamp{start} // the first counts even where the rule does not give it
	for day := range s.between(earliest, latest) {
		one := start.on(day)
		if made.until != nil && after(one, *made.until) {
			break
		}
		if day > s.start && day >= earliest {
			starts = append(starts, one)
		}
		if len(starts) > MaxSpans {
			break
		}
	}
	if s.spent {
		return starts, errBudget
	}
	return starts, nil
}

// after tells whether a start is later than the end of its rule, which may be a date or a moment.
func after(one, until stamp) bool {
	if until.whole || one.zone == nil {
		return civilDay(one.wall) > civilDay(until.wall) || !until.whole && one.wall.After(until.wall)
	}
	return one.moment().After(until.moment())
}
