// Package retention deletes what was kept as long as the organisation says (BX-19).
package retention

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// Due is what a class of data has that was kept long enough.
type Due struct {
	Class string `json:"class" enum:"recordings,voicemail,call_records,quality_samples,audit"`
	Rule  string `json:"rule" doc:"in words"`
	store.Expired
	Queues []QueueDue `json:"queues,omitempty" doc:"of recordings: by the queue that decides how long each is kept"`
}

// QueueDue is how many recordings of a queue's calls were kept long enough.
type QueueDue struct {
	Queue id.Queue `json:"queue"`
	Name  string   `json:"name"`
	Count int      `json:"count"`
}

// Keeper deletes what is due. Contexts name the organisation.
type Keeper struct {
	DB  *store.DB
	Log *slog.Logger
	// Recount shows how many messages the mailboxes hold, after some were deleted.
	Recount func(ctx context.Context) error
}

// Preview says what would be deleted now if the organisation kept data so long, and deletes nothing.
func (k *Keeper) Preview(ctx context.Context, now time.Time, keep settings.Retention) ([]Due, error) {
	return k.each(ctx, now, keep, false)
}

// Nightly deletes what is due, and leaves a marker for each class in the audit log: how many, how old, by which rule. What a crash has
// interrupted is done by the next run; the marker of a part that was deleted is written with an error too.
func (k *Keeper) Nightly(ctx context.Context, now time.Time) error {
	keep, err := k.Kept(ctx)
	if err == nil {
		_, err = k.each(ctx, now, keep, true)
	}
	return err
}

// Kept is how long the organisation keeps data.
func (k *Keeper) Kept(ctx context.Context) (settings.Retention, error) {
	org, err := store.OrgOf(ctx)
	if err != nil {
		return settings.Retention{}, err
	}
	house, err := k.DB.Shelves().Org.Get(ctx, string(org))
	return house.Fields.Retention, err
}

// class is data of one kind, and how what is due of it is counted or deleted.
type class struct {
	name, rule string
	do         func(*Due) error
}

func (k *Keeper) classes(ctx context.Context, now time.Time, keep settings.Retention, remove bool) []class {
	back := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	days := func(n int) string { return fmt.Sprintf("%d days", n) }
	return []class{
		{"recordings", days(keep.Recordings) + ", or as the queue says", func(d *Due) (err error) {
			return k.recordings(ctx, now, keep.Recordings, remove, d)
		}},
		{"voicemail", days(keep.Voicemail) + ", or as the mailbox says", func(d *Due) (err error) {
			d.Expired, err = k.messages(ctx, now, keep.Voicemail, remove)
			return err
		}},
		{"call_records", days(keep.CallRecords), func(d *Due) (err error) {
			d.Expired, err = sweep(ctx, back(keep.CallRecords), remove, k.DB.ExpiredCalls, k.DB.DeleteExpiredCalls)
			return err
		}},
		{"quality_samples", days(keep.QualitySamples), func(d *Due) (err error) {
			d.Expired, err = sweep(ctx, back(keep.QualitySamples), remove, k.DB.ExpiredSamples, k.deleteSamples)
			return err
		}},
		{"audit", days(keep.Audit), func(d *Due) (err error) {
			d.Expired, err = sweep(ctx, back(keep.Audit), remove, k.DB.ExpiredAudit, k.DB.DeleteExpiredAudit)
			return err
		}},
	}
}

func (k *Keeper) each(ctx context.Context, now time.Time, keep settings.Retention, remove bool) ([]Due, error) {
	all := []Due{}
	for _, c := range k.classes(ctx, now, keep, remove) {
		due := Due{Class: c.name, Rule: c.rule}
		err := c.do(&due)
		if remove && due.Count > 0 {
			if marked := k.mark(ctx, due); marked != nil {
				return all, marked
			}
		}
		if err != nil {
			return all, fmt.Errorf("retention of %s: %w", c.name, err)
		}
		all = append(all, due)
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
