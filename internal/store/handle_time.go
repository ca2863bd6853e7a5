package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"parley/internal/id"
)

// HandleTime is how long the calls of a queue took in a stretch of time.
type HandleTime struct {
	Queue id.Queue
	Calls int
	Total time.Duration // from answer to end, and the agents' wrap-up
}

// HandleTimes sums, by queue, the calls that arrived from one time until another, without the end, and were answered. Wrap-up
// is what agents took on average in that time; it belongs to no queue.
func (db *DB) HandleTimes(ctx context.Context, from, to time.Time) ([]HandleTime, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	wrap, err := db.averageWrap(ctx, org, from, to)
	if err != nil {
		return nil, translate(err)
	}
	var rows []struct {
		Queue      id.Queue  `bun:"queue_id"`
		AnsweredAt time.Time `bun:"answered_at"`
		EndedAt    time.Time `bun:"ended_at"`
	}
	err = db.bun.NewSelect().TableExpr("calls AS c").ColumnExpr("q.queue_id, c.answered_at, c.ended_at").
		Join("JOIN call_queues AS q ON q.organisation = c.organisation AND q.call_id = c.id").
		Where("c.organisation = ?", org).Where("c.arrived_at >= ?", from).Where("c.arrived_at < ?", to).
		Where("c.answered_at IS NOT NULL").Where("c.ended_at IS NOT NULL").Scan(ctx, &rows)
	if err != nil {
		return nil, translate(err)
	}
	sums := map[id.Queue]*HandleTime{}
	for _, r := range rows {
		if sums[r.Queue] == nil {
			sums[r.Queue] = &HandleTime{Queue: r.Queue}
		}
		sums[r.Queue].Calls++
		sums[r.Queue].Total += max(r.EndedAt.Sub(r.AnsweredAt), 0) + wrap
	}
	all := make([]HandleTime, 0, len(sums))
	for _, s := range sums {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b HandleTime) int { return cmp.Compare(a.Queue, b.Queue) })
	return all, nil
}

// averageWrap is how long wrap-ups that ended in a stretch of time took on average.
func (db *DB) averageWrap(ctx context.Context, org id.Org, from, to time.Time) (time.Duration, error) {
	var sum, count sql.NullInt64
	err := db.bun.NewSelect().Model((*StatusEvent)(nil)).ColumnExpr("SUM(seconds), COUNT(*)").
		Where("organisation = ?", org).Where("previous_status = ?", "wrap_up").Where("at >= ?", from).Where("at < ?", to).
		Scan(ctx, &sum, &count)
	if err != nil || count.Int64 == 0 {
		return 0, err
	}
	return time.Duration(sum.Int64) * time.Second / time.Duration(count.Int64), nil
}
