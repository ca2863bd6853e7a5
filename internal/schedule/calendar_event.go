package schedule

import (
	"errors"
	"strings"
	"time"
)

const longestEvent = 366 * 24 * time.Hour

var (
	errNoStart = errors.New("it does not say when it begins")
	errLong    = errors.New("it lasts longer than a year")
)

// event adds the times of an event, and of its repetitions but for those that were moved.
func (r *reading) event(e event, moved *exceptions) error {
	if strings.EqualFold(e.first("STATUS").value, "CANCELLED") {
		return nil
	}
	l := e.first("DTSTART")
	if l.value == "" {
		return errNoStart
	}
	start, err := r.stamp(l.value, l.params)
	if err != nil {
		return err
	}
	length, err := r.length(e, start)
	if err != nil {
		return err
	}
	if length > longestEvent {
		return errLong
	}
	rules := e.first("RRULE").value
	if e.first("RECURRENCE-ID").value != "" { // it stands for one repetition
		rules, moved = "", nil
	}
	left, err := r.all(e.every("EXDATE"))
	if err != nil {
		return err
	}
	gone := newExceptions()
	gone.add(left)
	extra, err := r.all(e.every("RDATE"))
	if err != nil {
		return err
	}
	starts, problem := r.repeat(start, rules, length)
	for _, s := range append(starts, extra...) {
		if !gone.has(s) && !moved.has(s) {
			r.add(s.span(e.title(), length))
		}
	}
	return problem
}

func (r *reading) all(lines []line) ([]stamp, error) {
	var all []stamp
	for _, l := range lines {
		more, err := r.stamps(l)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// exceptions are repetitions that do not take place, or elsewhere. They are named by the moment, or by the day where
// either of both is a date. None are nil.
type exceptions struct {
	days, wholeDays map[int]bool
	moments         map[int64]bool
}

func newExceptions() *exceptions {
	return &exceptions{days: map[int]bool{}, wholeDays: map[int]bool{}, moments: map[int64]bool{}}
}

func (x *exceptions) add(all []stamp) {
	for _, s := range all {
		day := civilDay(s.wall)
		x.days[day] = true
		if s.whole {
			x.wholeDays[day] = true
		} else {
			x.moments[s.moment().Unix()] = true
		}
	}
}

func (x *exceptions) has(s stamp) bool {
	if x == nil {
		return false
	}
	day := civilDay(s.wall)
	return x.wholeDays[day] || s.whole && x.days[day] || !s.whole && x.moments[s.moment().Unix()]
}
