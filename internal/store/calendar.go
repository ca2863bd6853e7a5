package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/schedule"
)

// Calendar is what the address of a time range's calendar gave when it was last read (BX-11). A failure leaves the days as
// they were read before.
type Calendar struct {
	Range   id.TimeRange  `json:"range"`
	Address string        `json:"address"`
	ReadAt  *time.Time    `json:"read_at,omitempty"` // nil: never yet
	TriedAt time.Time     `json:"tried_at"`
	Failure string        `json:"failure,omitempty"` // of the last try, in words
	Days    schedule.Feed `json:"days"`
}

type calendarRow struct {
	bun.BaseModel `bun:"table:calendars,alias:calendar"`
	Org           id.Org       `bun:"organisation"`
	Range         id.TimeRange `bun:"time_range"`
	Address       string       `bun:"address"`
	ReadAt        *time.Time   `bun:"read_at"`
	TriedAt       time.Time    `bun:"tried_at"`
	Failure       string       `bun:"failure"`
	Content       string       `bun:"content"`
}

// SaveCalendar keeps what came of reading a calendar.
func (db *DB) SaveCalendar(ctx context.Context, c Calendar) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	content, err := json.Marshal(c.Days)
	if err != nil {
		return fmt.Errorf("calendar of %s: %w", c.Range, err)
	}
	row := &calendarRow{
		Org: org, Range: c.Range, Address: c.Address, ReadAt: c.ReadAt, TriedAt: c.TriedAt, Failure: c.Failure, Content: string(content),
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(row).On("CONFLICT (organisation, time_range) DO UPDATE").
			Set("address = EXCLUDED.address, read_at = EXCLUDED.read_at, tried_at = EXCLUDED.tried_at").
			Set("failure = EXCLUDED.failure, content = EXCLUDED.content").Exec(ctx)
		return err
	})
}

// DropCalendar forgets the calendar of a time range that has none any more.
func (db *DB) DropCalendar(ctx context.Context, which id.TimeRange) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*calendarRow)(nil)).Where("organisation = ?", org).Where("time_range = ?", which).Exec(ctx)
		return err
	})
}

// Calendars are those of the context's organisation, by time range.
func (db *DB) Calendars(ctx context.Context) (map[id.TimeRange]Calendar, error) {
	all, err := db.calendars(ctx, db.bun)
	return all, translate(err)
}

func (db *DB) calendars(ctx context.Context, from bun.IDB) (map[id.TimeRange]Calendar, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	var rows []calendarRow
	if err := from.NewSelect().Model(&rows).Where("organisation = ?", org).Scan(ctx); err != nil {
		return nil, err
	}
	all := make(map[id.TimeRange]Calendar, len(rows))
	for _, r := range rows {
		c := Calendar{Range: r.Range, Address: r.Address, ReadAt: r.ReadAt, TriedAt: r.TriedAt, Failure: r.Failure}
		if err := json.Unmarshal([]byte(r.Content), &c.Days); err != nil {
			return nil, fmt.Errorf("calendar of %s: %w", r.Range, err)
		}
		all[r.Range] = c
	}
	return all, nil
}

// calendarDays are the days of each time range that has a calendar still.
func (db *DB) calendarDays(ctx context.Context, from bun.IDB) (map[string][]schedule.Span, error) {
	all, err := db.calendars(ctx, from)
	if err != nil {
		return nil, err
	}
	days := map[string][]schedule.Span{}
	for which, c := range all {
		days[string(which)] = c.Days.Spans
	}
	return days, nil
}
