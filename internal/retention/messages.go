package retention

import (
	"context"
	"errors"
	"time"

	"parley/internal/id"
	"parley/internal/store"
)

// messages deletes what was left in mailboxes as long ago as each of them says; one in a mailbox that is gone as the organisation says.
// Counts and lamps show it.
func (k *Keeper) messages(ctx context.Context, now time.Time, days int, remove bool) (store.Expired, error) {
	by, least, err := k.mailboxDays(ctx, days)
	if err != nil {
		return store.Expired{}, err
	}
	sum, err := k.expireMessages(ctx, remove, now.AddDate(0, 0, -least), func(m store.AgedMessage) bool {
		kept, set := by[m.Mailbox]
		if !set {
			kept = days
		}
		return m.LeftAt.Before(now.AddDate(0, 0, -kept))
	})
	if remove && sum.Count > 0 {
		err = errors.Join(err, k.Recount(ctx))
	}
	return sum, err
}

// mailboxDays is how long the mailboxes that say so keep a message, and the shortest time that any message is kept.
func (k *Keeper) mailboxDays(ctx context.Context, house int) (by map[id.Mailbox]int, least int, err error) {
	boxes, err := k.DB.Shelves().Mailboxes.All(ctx)
	by, least = map[id.Mailbox]int{}, house
	for _, b := range boxes {
		if d := b.Fields.RetentionDays; d != nil {
			by[id.Mailbox(b.ID)] = *d
			least = min(least, *d)
		}
	}
	return by, least, err
}

func (k *Keeper) expireMessages(ctx context.Context, remove bool, before time.Time, due func(store.AgedMessage) bool) (store.Expired, error) {
	sum, last := store.Expired{}, store.AgedMessage{}
	for {
		aged, err := k.DB.AgedMessages(ctx, before, last)
		if err != nil || len(aged) == 0 {
			return sum, err
		}
		for _, m := range aged {
			if !due(m) {
				continue
			}
			if remove {
				err := k.DB.DeleteMessage(ctx, m.ID)
				if errors.Is(err, store.ErrNotFound) { // deleted by somebody meanwhile
					continue
				}
				if err != nil {
					return sum, err
				}
			}
			sum.Include(m.LeftAt)
		}
		last = aged[len(aged)-1]
	}
}
