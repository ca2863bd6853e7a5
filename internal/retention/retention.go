// Package retention deletes what was kept as long as the organisation says (BX-19).
package retention

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"parley/internal/id"
	"parley/internal/store"
)

// Due is what a class of data has that was kept long enough.
type Due struct {
	Class string `json:"class" enum:"recordings,call_records,audit"`
	Rule  string `json:"rule" doc:"in words"`
	store.Expired
}

// Keeper deletes what is due. Contexts name the organisation.
type Keeper struct {
	DB  *store.DB
	Log *slog.Logger
}

// Preview says what would be deleted now, and deletes nothing.
func (k *Keeper) Preview(ctx context.Context, now time.Time) ([]Due, error) {
	return k.each(ctx, now, false)
}

// Nightly deletes what is due, and leaves a marker for each class in the audit log: how many, how old, by which rule. What a crash has
// interrupted is done by the next run; the marker of a part that was deleted is written with an error too.
func (k *Keeper) Nightly(ctx context.Context, now time.Time) error {
	_, err := k.each(ctx, now, true)
	return err
}

func (k *Keeper) each(ctx context.Context, now time.Time, remove bool) ([]Due, error) {
	org, err := store.OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	house, err := k.DB.Shelves().Org.Get(ctx, string(org))
	if err != nil {
		return nil, err
	}
	keep := house.Fields.Retention
	back := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	classes := []struct {
		due Due
		do  func() (store.Expired, error)
	}{
		{Due{Class: "recordings", Rule: fmt.Sprintf("%d days, or as the queue says", keep.Recordings)},
			func() (store.Expired, error) { return k.recordings(ctx, now, keep.Recordings, remove) }},
		{Due{Class: "call_records", Rule: fmt.Sprintf("%d days", keep.CallRecords)},
			func() (store.Expired, error) {
				return sweep(ctx, back(keep.CallRecords), remove, k.DB.ExpiredCalls, k.DB.DeleteExpiredCalls)
			}},
		{Due{Class: "audit", Rule: fmt.Sprintf("%d days", keep.Audit)},
			func() (store.Expired, error) {
				return sweep(ctx, back(keep.Audit), remove, k.DB.ExpiredAudit, k.DB.DeleteExpiredAudit)
			}},
	}
	all := []Due{}
	for _, c := range classes {
		gone, err := c.do()
		c.due.Expired = gone
		if remove && gone.Count > 0 {
			if marked := k.mark(ctx, c.due); marked != nil {
				return all, marked
			}
		}
		if err != nil {
			return all, fmt.Errorf("retention of %s: %w", c.due.Class, err)
		}
		all = append(all, c.due)
	}
	return all, nil
}

// mark writes down what was deleted, never its content.
func (k *Keeper) mark(ctx context.Context, due Due) error {
	text, err := json.Marshal(due)
	if err != nil {
		return err
	}
	k.Log.Info("data was kept long enough and deleted", "class", due.Class, "count", due.Count, "rule", due.Rule)
	return k.DB.Audit(ctx, &store.AuditEntry{
		Action: due.Class + " deleted by retention", SubjectKind: "retention", SubjectID: due.Class, After: text,
	})
}

// sweep counts what is due, or deletes it batch by batch, so that calls are stored in between.
func sweep(
	ctx context.Context, before time.Time, remove bool, count, drop func(context.Context, time.Time) (store.Expired, error),
) (store.Expired, error) {
	if !remove {
		return count(ctx, before)
	}
	sum := store.Expired{}
	for {
		gone, err := drop(ctx, before)
		if err != nil || gone.Count == 0 {
			return sum, err
		}
		more := gone.Count
		sum.Include(gone.Oldest)
		sum.Include(gone.Newest)
		sum.Count += more - 2
	}
}

// recordings decides for each recording by the queues that its call waited in: the longest time counts.
func (k *Keeper) recordings(ctx context.Context, now time.Time, days int, remove bool) (store.Expired, error) {
	sum := store.Expired{}
	queues, err := k.DB.Shelves().Queues.All(ctx)
	if err != nil {
		return sum, err
	}
	by, least := map[id.Queue]int{}, days
	for _, q := range queues {
		if d := q.Fields.RetentionDays; d != nil {
			by[id.Queue(q.ID)] = *d
			least = min(least, *d)
		}
	}
	last := store.Aged{}
	for {
		aged, err := k.DB.AgedRecordings(ctx, now.AddDate(0, 0, -least), last)
		if err != nil || len(aged) == 0 {
			return sum, err
		}
		for _, r := range aged {
			if !r.StartedAt.Before(now.AddDate(0, 0, -Days(r.Queues, by, days))) {
				continue
			}
			if remove {
				if err := k.DB.DiscardRecording(ctx, r.ID); err != nil {
					return sum, err
				}
			}
			sum.Include(r.StartedAt)
		}
		last = aged[len(aged)-1]
	}
}

// Days is how long a recording is kept whose call waited in these queues: as the queue says that says most, else as the organisation.
func Days(queues []store.CallQueue, by map[id.Queue]int, house int) int {
	most := 0
	for _, q := range queues {
		days, set := by[q.ID]
		if !set {
			days = house
		}
		most = max(most, days)
	}
	if most == 0 {
		return house
	}
	return most
}
