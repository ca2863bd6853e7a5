// Package figures computes what agents and queues did day by day, and keeps the figures of days that are over.
package figures

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/site"
	"parley/internal/store"
)

// ErrTooLong refuses a range of days that nobody would read.
var ErrTooLong = errors.New("at most 366 days can be looked at together")

// Most days of a range, and how long before a moment a call may have come that still goes on.
const (
	MostDays    = 366
	longestCall = 12 * time.Hour
)

// settled is how long after its end a day is kept: by then everything that happened on it is stored.
const settled = 15 * time.Minute

// Books computes figures, and keeps those of days that are over. Contexts name the organisation.
type Books struct {
	DB    *store.DB
	Sites *site.Sites
	Log   *slog.Logger
	Now   func() time.Time
}

// place is where the organisation's days begin and end.
func (b *Books) place(ctx context.Context) (*site.Site, error) {
	org, err := store.OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	s, ok := b.Sites.Of(org)
	if !ok {
		return nil, store.ErrNotFound
	}
	return s, nil
}

// recipe says how the kept figures of a day were computed; those that were computed otherwise are computed anew.
type recipe struct {
	Version int    `json:"version"`
	Zone    string `json:"zone"`
}

// volume is a kind of figures and how they are computed.
type volume[T any] struct {
	kind    string
	version int
	compute func(ctx context.Context, s *site.Site, day report.Day, now time.Time) ([]T, error)
	key     func(*T) (subject, channel string)
}

// read gives the figures of the days from first to last, those of each day together. What is over and not kept yet is computed and kept.
func read[T any](ctx context.Context, b *Books, v volume[T], first, last report.Day) ([]T, error) {
	if first.Until(last) >= MostDays {
		return nil, ErrTooLong
	}
	s, err := b.place(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := b.DB.DayFigures(ctx, v.kind, first.String(), last.String())
	if err != nil {
		return nil, err
	}
	kept, good := map[string][]store.DayFigures{}, map[string]bool{}
	for _, row := range rows {
		if row.Subject != "" {
			kept[row.Day] = append(kept[row.Day], row)
			continue
		}
		var by recipe
		good[row.Day] = json.Unmarshal(row.Content, &by) == nil && by == recipe{v.version, s.Location.String()}
	}
	all, now := []T{}, b.Now()
	for day := first; !last.Before(day) && day.Begins(s.Location).Before(now); day = day.Plus(1) {
		one, err := decode[T](kept[day.String()])
		if err != nil || !good[day.String()] {
			if one, err = compute(ctx, b, s, v, day, now); err != nil {
				return nil, err
			}
		}
		all = append(all, one...)
	}
	return all, nil
}

func decode[T any](rows []store.DayFigures) ([]T, error) {
	all := make([]T, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal(row.Content, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// compute computes the figures of a day, and keeps them when it is over.
func compute[T any](ctx context.Context, b *Books, s *site.Site, v volume[T], day report.Day, now time.Time) ([]T, error) {
	all, err := v.compute(ctx, s, day, now)
	if err != nil || now.Before(day.At(s.Location).To.Add(settled)) {
		return all, err
	}
	rows := make([]store.DayFigures, 0, len(all)+1)
	add := func(subject, channel string, content any) error {
		text, err := json.Marshal(content)
		rows = append(rows, store.DayFigures{Subject: subject, Channel: channel, Content: text})
		return err
	}
	err = add("", "", recipe{v.version, s.Location.String()})
	for i := range all {
		subject, channel := v.key(&all[i])
		err = errors.Join(err, add(subject, channel, all[i]))
	}
	if err != nil {
		return nil, fmt.Errorf("figures of %s: %w", day, err)
	}
	return all, b.DB.KeepDayFigures(ctx, v.kind, day.String(), rows)
}

// Agents gives the roll-ups of agents' days (MN-10) from first to last.
func (b *Books) Agents(ctx context.Context, first, last report.Day) ([]report.AgentDay, error) {
	return read(ctx, b, volume[report.AgentDay]{
		kind: "agent", version: 1, compute: b.agents,
		key: func(d *report.AgentDay) (string, string) { return string(d.Agent), d.Channel },
	}, first, last)
}

func (b *Books) agents(ctx context.Context, s *site.Site, day report.Day, now time.Time) ([]report.AgentDay, error) {
	span := day.At(s.Location)
	events, err := b.DB.Turns(ctx, span.From, span.To, nil)
	if err != nil {
		return nil, err
	}
	calls, err := b.DB.CallParts(ctx, span.From.Add(-longestCall), span.To)
	if err != nil {
		return nil, err
	}
	return report.WorkOn(day, s.Location, now, Turns(events), Parts(calls)), nil
}

// Turns gives stored changes of status as reports need them.
func Turns(events []store.StatusEvent) []report.Turn {
	turns := make([]report.Turn, len(events))
	for i := range events {
		e := &events[i]
		turns[i] = report.Turn{
			Agent: e.Agent, Channel: e.Channel, At: e.At, From: e.PreviousStatus, To: e.NewStatus,
			FromEffect: e.PreviousEffect, ToEffect: e.NewEffect, Custom: e.CustomName, Before: time.Duration(e.Seconds) * time.Second,
		}
	}
	return turns
}

// Parts gives what agents had to do with calls.
func Parts(calls []store.CallRow) []report.Part {
	var parts []report.Part
	for i := range calls {
		for _, a := range calls[i].Agents {
			if a.Missed > 0 {
				parts = append(parts, report.Part{Agent: a.ID, Channel: "voice", At: a.MissedAt, Missed: a.Missed})
			}
			if a.Answered {
				parts = append(parts, report.Part{Agent: a.ID, Channel: "voice", At: joined(&calls[i], &a), Taken: true})
			}
		}
	}
	return parts
}

// joined is when an agent could talk; records of earlier releases know only when somebody could.
func joined(c *store.CallRow, a *store.CallAgent) time.Time {
	switch {
	case !a.JoinedAt.IsZero():
		return a.JoinedAt
	case !c.AnsweredAt.IsZero():
		return c.AnsweredAt
	}
	return c.ArrivedAt
}

// Nightly keeps the figures of the last days that are over, so that nobody waits for them. A night that was missed is made up.
func (b *Books) Nightly(ctx context.Context, now time.Time) error {
	s, err := b.place(ctx)
	if err != nil {
		return err
	}
	today := report.DayOf(now, s.Location)
	if _, err = b.Agents(ctx, today.Plus(-nights), today.Plus(-1)); err != nil {
		return fmt.Errorf("figures of agents: %w", err)
	}
	if _, err = b.Queues(ctx, today.Plus(-nights), today.Plus(-1)); err != nil {
		return fmt.Errorf("figures of queues: %w", err)
	}
	return nil
}

// nights is how many days back the nightly work looks.
const nights = 7

// Timeline is an agent's day on a channel (MN-11).
type Timeline struct {
	Stretches []report.Stretch
	Calls     []store.CallRow
	Work      report.Work
	Span      report.Span
}

// Timeline reads what an agent did on a day.
func (b *Books) Timeline(ctx context.Context, agent id.Agent, channel string, day report.Day) (*Timeline, error) {
	s, err := b.place(ctx)
	if err != nil {
		return nil, err
	}
	line, now := &Timeline{Span: day.At(s.Location)}, b.Now()
	events, err := b.DB.Turns(ctx, line.Span.From, line.Span.To, []id.Agent{agent})
	if err != nil {
		return nil, err
	}
	if line.Calls, err = b.DB.CallsOfAgent(ctx, agent, line.Span.From.Add(-longestCall), line.Span.To); err != nil {
		return nil, err
	}
	turns := Turns(events)
	for _, one := range report.WorkOn(day, s.Location, now, turns, Parts(line.Calls)) {
		if one.Agent == agent && one.Channel == channel {
			line.Work = one.Work
		}
	}
	until := line.Span
	if now.Before(until.To) {
		until.To = now
	}
	line.Stretches = report.StretchesOf(agent, channel, until, turns)
	return line, nil
}
