package retention

import (
	"context"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/store"
)

// recordings decides for each recording by the queues that its call waited in: the longest time counts.
func (k *Keeper) recordings(ctx context.Context, now time.Time, days int, remove bool, due *Due) error {
	by, least, err := k.queueDays(ctx, days)
	if err != nil {
		return err
	}
	last := store.Aged{}
	for {
		aged, err := k.DB.AgedRecordings(ctx, now.AddDate(0, 0, -least), last)
		if err != nil || len(aged) == 0 {
			return err
		}
		for _, r := range aged {
			if !r.StartedAt.Before(now.AddDate(0, 0, -Days(r.Queues, by, days))) {
				continue
			}
			if remove {
				if err := k.DB.DiscardRecording(ctx, r.ID); err != nil {
					return err
				}
			}
			due.Include(r.StartedAt)
			due.include(r.Queues, by, days)
		}
		last = aged[len(aged)-1]
	}
}

// queueDays is how long the queues that say so keep a recording, and the shortest time that any is kept.
func (k *Keeper) queueDays(ctx context.Context, house int) (by map[id.Queue]int, least int, err error) {
	queues, err := k.DB.Shelves().Queues.All(ctx)
	by, least = map[id.Queue]int{}, house
	for _, q := range queues {
		if d := q.Fields.RetentionDays; d != nil {
			by[id.Queue(q.ID)] = *d
			least = min(least, *d)
		}
	}
	return by, least, err
}

// include counts a recording for the first queue whose time is the longest.
func (d *Due) include(queues []store.CallQueue, by map[id.Queue]int, house int) {
	for _, q := range queues {
		if Days([]store.CallQueue{q}, by, house) != Days(queues, by, house) {
			continue
		}
		at := slices.IndexFunc(d.Queues, func(one QueueDue) bool { return one.Queue == q.ID })
		if at < 0 {
			at = len(d.Queues)
			d.Queues = append(d.Queues, QueueDue{Queue: q.ID, Name: q.Name})
		}
		d.Queues[at].Count++
		return
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
