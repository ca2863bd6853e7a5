package schedule

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The bounds of what is read from a stranger's calendar.
const (
	MaxCalendarBytes = 2 << 20
	MaxSpans         = 2000 // of the window
	maxRemarks       = 20
	maxRepeats       = 500_000 // days looked at for all repetitions together, and exceptions read
)

// Feed is what an iCalendar file gives for a time range (BX-11, RFC 5545).
type Feed struct {
	Spans []Span `json:"spans"` // by their beginning
	// Remarks say in words what could not be read; the rest holds nevertheless.
	Remarks []string `json:"remarks,omitempty"`
}

// ErrNoCalendar says that a text is not a calendar at all, or too much of one.
var ErrNoCalendar = errors.New("not an iCalendar file")

// ParseCalendar reads the events of an iCalendar file that touch the time from one moment until another. Events may
// repeat by day, week, month or year. What is cancelled is left out. Errors are ErrNoCalendar.
func ParseCalendar(text []byte, from, until time.Time) (Feed, error) {
	if len(text) > MaxCalendarBytes {
		return Feed{}, fmt.Errorf("%w: it has more than %d MiB", ErrNoCalendar, MaxCalendarBytes>>20)
	}
	lines := unfold(text)
	if !slices.ContainsFunc(lines, func(l line) bool { return l.name == "BEGIN" && strings.EqualFold(l.value, "VCALENDAR") }) {
		return Feed{}, fmt.Errorf("%w: it does not begin with BEGIN:VCALENDAR", ErrNoCalendar)
	}
	r := &reading{from: from.UTC(), until: until.UTC(), budget: maxRepeats, zones: zoneNames(lines)}
	events := eventsOf(lines)
	moved := r.moved(events)
	for _, e := range events {
		if err := r.event(e, moved[e.first("UID").value]); err != nil {
			r.remark(e, err)
		}
	}
	if r.dropped > 0 {
		r.made.Remarks = append(r.made.Remarks, fmt.Sprintf("%d days were left out: a range takes at most %d", r.dropped, MaxSpans))
	}
	slices.SortStableFunc(r.made.Spans, func(a, b Span) int { return a.From.Compare(b.From) })
	return r.made, nil
}

// reading is one pass over a calendar.
type reading struct {
	from, until time.Time
	budget      int // of days that repetitions may still look at
	zones       map[string]string
	made        Feed
	dropped     int
}

func (r *reading) remark(e event, err error) {
	if len(r.made.Remarks) < maxRemarks {
		r.made.Remarks = append(r.made.Remarks, fmt.Sprintf("%q: %s", e.title(), err))
	}
}

// add keeps a span that touches the window. A floating one may be meant anywhere in the world.
func (r *reading) add(s Span) {
	slack := time.Duration(0)
	if s.Floating {
		slack = 24 * time.Hour
	}
	switch {
	case !s.Until.After(s.From), !s.Until.Add(slack).After(r.from), !s.From.Add(-slack).Before(r.until):
	case len(r.made.Spans) >= MaxSpans:
		r.dropped++
	default:
		r.made.Spans = append(r.made.Spans, s)
	}
}

// moved lists by UID the repetitions that an event of their own replaces (RFC 5545 §3.8.4.4).
func (r *reading) moved(events []event) map[string]*exceptions {
	all := map[string]*exceptions{}
	for _, e := range events {
		l := e.first("RECURRENCE-ID")
		if l.value == "" {
			continue
		}
		uid := e.first("UID").value
		if all[uid] == nil {
			all[uid] = newExceptions()
		}
		if stamps, err := r.stamps(l); err == nil { // else its own event stands beside the one that it replaces
			all[uid].add(stamps)
		}
	}
	return all
}
