package schedule

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// stamp is a date or a time of a calendar (RFC 5545 §3.3.4, §3.3.5). Wall is what the clock shows, written as UTC.
type stamp struct {
	wall  time.Time
	whole bool           // a date
	zone  *time.Location // nil: floating
}

// span makes the stretch that begins here and has the length.
func (s stamp) span(name string, length time.Duration) Span {
	if s.zone == nil {
		return Span{Name: name, From: s.wall, Until: s.wall.Add(length), Floating: true}
	}
	from := s.moment()
	return Span{Name: name, From: from, Until: from.Add(length)}
}

// moment is when the clock shows the stamp; floating ones are taken as UTC, to be compared with each other.
func (s stamp) moment() time.Time {
	if s.zone == nil {
		return s.wall
	}
	return shownAt(s.wall, s.zone).UTC()
}

// on is the stamp at the same time of another day.
func (s stamp) on(day int) stamp {
	s.wall = dateOf(day).Add(s.wall.Sub(dateOf(civilDay(s.wall))))
	return s
}

// stamps reads a property of one or several dates or times.
func (r *reading) stamps(l line) ([]stamp, error) {
	var all []stamp
	for text := range strings.SplitSeq(l.value, ",") {
		if r.budget--; r.budget < 0 {
			return nil, errBudget
		}
		one, err := r.stamp(text, l.params)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func (r *reading) stamp(text string, params map[string]string) (stamp, error) {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "/") // of a period, where it begins
	if !strings.Contains(text, "T") {
		wall, err := time.Parse("20060102", text)
		if err != nil {
			return stamp{}, fmt.Errorf("%.40q is no date", text)
		}
		return stamp{wall: wall, whole: true}, nil
	}
	plain, utc := strings.CutSuffix(text, "Z")
	wall, err := time.Parse("20060102T150405", plain)
	if err != nil {
		return stamp{}, fmt.Errorf("%.40q is no time", text)
	}
	s := stamp{wall: wall}
	switch {
	case utc:
		s.zone = time.UTC
	case params["TZID"] != "":
		s.zone = r.zone(params["TZID"])
	}
	return s, nil
}

// zone finds the zone that a calendar names. One that nobody knows is read as floating: the range's own, which is right for
// nearly every calendar of holidays.
func (r *reading) zone(name string) *time.Location {
	if known, ok := r.zones[name]; ok {
		name = known
	}
	parts := strings.Split(strings.Trim(name, "/"), "/")
	for i := range min(len(parts), 6) { // some write /example.org/20260101/Europe/Brussels
		if zone, err := time.LoadLocation(strings.Join(parts[i:], "/")); err == nil && zone != time.Local {
			return zone
		}
	}
	return nil
}

var errLength = errors.New("its duration cannot be read")

// length is how long an event lasts: until DTEND, for DURATION, else a whole day or no time at all (RFC 5545 §3.6.1).
func (r *reading) length(e event, start stamp) (time.Duration, error) {
	if l := e.first("DTEND"); l.value != "" {
		end, err := r.stamp(l.value, l.params)
		if err != nil {
			return 0, err
		}
		if end.zone == nil && start.zone != nil {
			end.zone = start.zone
		}
		return end.moment().Sub(start.moment()), nil
	}
	if l := e.first("DURATION"); l.value != "" {
		return readDuration(l.value)
	}
	if start.whole {
		return 24 * time.Hour, nil
	}
	return 0, nil
}

// readDuration reads P1W, P2D, PT1H30M, P1DT12H (RFC 5545 §3.3.6).
func readDuration(text string) (time.Duration, error) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(text, "+"), "P")
	if !ok || rest == "" {
		return 0, errLength
	}
	units := map[byte]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour, 'H': time.Hour, 'M': time.Minute, 'S': time.Second}
	var total time.Duration
	number := ""
	for i := range len(rest) {
		c := rest[i]
		unit, isUnit := units[c]
		switch {
		case '0' <= c && c <= '9' && len(number) < 6:
			number += string(c)
		case c == 'T' && number == "":
		case isUnit && number != "":
			n, err := strconv.Atoi(number)
			if err != nil {
				return 0, errLength
			}
			total, number = total+time.Duration(n)*unit, ""
		default:
			return 0, errLength
		}
	}
	if number != "" {
		return 0, errLength
	}
	return total, nil
}
