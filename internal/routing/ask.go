package routing

import (
	"time"

	"parley/internal/id"
	"parley/internal/schedule"
)

// Clock is what the clock says of a time range or a time router at a moment, for "Test at" (TM-8).
type Clock struct {
	At      time.Time `json:"at"`
	Zone    string    `json:"zone"`    // in which the time range is meant
	Matches bool      `json:"matches"` // of a time router: an entry does
	Row     int       `json:"row,omitempty" doc:"the row that matches, counted from 1; 0: a day of the calendar"`
	Day     string    `json:"day,omitempty" doc:"the day of the calendar that matches"`
	Range   string    `json:"range,omitempty" doc:"of a time router: the time range that matches"`
	Entry   string    `json:"entry,omitempty" doc:"of a time router: the entry that matches; empty: its default"`
	Number  int       `json:"number,omitempty" doc:"of a time router: the entry that matches, counted from 1"`
	Changes time.Time `json:"changes,omitzero" doc:"when the answer changes next; left out: never"`
}

// AskHours asks a time range.
func AskHours(h *schedule.Hours, at time.Time) Clock {
	c := Clock{At: at, Zone: h.Zone().String()}
	if found, ok := h.At(at); ok {
		c.Matches, c.Row = true, found.Row+1
		if found.Span != nil {
			c.Day = found.Span.Name
		}
	}
	if next, ok := h.NextChange(at); ok {
		c.Changes = next
	}
	return c
}

// AskRouter asks a time router which entry matches; false when there is no such router.
func (p *Plan) AskRouter(which id.Router, at time.Time) (Clock, bool) {
	r, known := p.Routers[which]
	made := Clock{At: at, Zone: p.home().String()}
	for i, e := range r.Entries {
		one := p.Ranges[id.TimeRange(e.Range)]
		if one.Hours == nil {
			continue
		}
		c := AskHours(one.Hours, at)
		if sooner(c.Changes, made.Changes) { // before the entry that wins, any may begin to win
			made.Changes = c.Changes
		}
		if c.Matches {
			c.Entry, c.Number, c.Range, c.Changes = e.Name, i+1, one.Name, made.Changes
			return c, true
		}
	}
	return made, known
}

func sooner(a, b time.Time) bool { return !a.IsZero() && (b.IsZero() || a.Before(b)) }

func (p *Plan) home() *time.Location {
	if p.Home == nil {
		return time.UTC
	}
	return p.Home
}
