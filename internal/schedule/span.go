package schedule

import "time"

// Span is a stretch of time that a calendar gives, such as a holiday. Until is exclusive.
type Span struct {
	Name string `json:"name"`
	// Floating times are what a clock shows wherever the range is meant, written as UTC (RFC 5545 §3.3.5, form 1; a whole
	// day is floating too). Others are moments.
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`
	Floating bool      `json:"floating,omitempty"`
}

// holds tells whether the moment lies in the span; a floating one is meant in zone.
func (s *Span) holds(t time.Time, zone *time.Location) bool {
	if s.Floating {
		t = floating(t.In(zone))
	}
	return !t.Before(s.From) && t.Before(s.Until)
}

// floating is what a clock shows, as if it stood in UTC.
func floating(wall time.Time) time.Time {
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), time.UTC)
}
