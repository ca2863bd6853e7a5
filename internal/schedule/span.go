package schedule

import (
	"slices"
	"sort"
	"time"
)

// Span is a stretch of time that a calendar gives, such as a holiday. Until is exclusive.
type Span struct {
	Name string    `json:"name"`
	From time.Time `json:"from"`
	// Floating times are what a clock shows wherever the range is meant, written as UTC (RFC 5545 §3.3.5, form 1; a whole
	// day is floating too). Others are moments.
	Until    time.Time `json:"until"`
	Floating bool      `json:"floating,omitempty"`
}

// calendar is spans that are moments, by their beginning.
type calendar []settled

type settled struct {
	Span
	longest int // which of the spans up to this one ends last
}

// settle makes moments of spans, floating ones as the clocks of a zone show them.
func settle(spans []Span, zone *time.Location) calendar {
	all := make(calendar, 0, len(spans))
	for _, s := range spans {
		if s.Floating {
			s.From, s.Until, s.Floating = shownAt(s.From, zone), shownAt(s.Until, zone), false
		}
		all = append(all, settled{Span: s})
	}
	slices.SortStableFunc(all, func(a, b settled) int { return a.From.Compare(b.From) })
	for i := range all {
		all[i].longest = i
		if i > 0 && !all[i].Until.After(all[all[i-1].longest].Until) {
			all[i].longest = all[i-1].longest
		}
	}
	return all
}

// at gives a span that holds the moment, or nil.
func (c calendar) at(t time.Time) *Span {
	begun := sort.Search(len(c), func(i int) bool { return c[i].From.After(t) })
	if begun == 0 {
		return nil
	}
	if last := &c[c[begun-1].longest].Span; t.Before(last.Until) {
		return last
	}
	return nil
}

// shownAt is a moment at which the clocks of a zone show a time; one that they skip is that much later.
func shownAt(wall time.Time, zone *time.Location) time.Time {
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), zone)
}
