package figures

import (
	"context"
	"time"

	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/site"
	"parley/internal/store"
)

// Queues gives what the queues did in each half-hour of the days from first to last (BX-5). What is kept was measured by the goals of
// that time.
func (b *Books) Queues(ctx context.Context, first, last report.Day) ([]report.QueueHalf, error) {
	return read(ctx, b, volume[report.QueueHalf]{
		kind: "queue", version: 1, compute: b.queues,
		key: func(h *report.QueueHalf) (string, string) {
			return string(h.Queue), h.At.UTC().Format("2006-01-02T15:04")
		},
	}, first, last)
}

func (b *Books) queues(ctx context.Context, s *site.Site, day report.Day, _ time.Time) ([]report.QueueHalf, error) {
	span := day.At(s.Location)
	calls, err := b.DB.CallParts(ctx, span.From.Add(-longestCall), span.To)
	if err != nil {
		return nil, err
	}
	return report.HalvesOn(day, s.Location, Stays(calls), GoalsOf(s)), nil
}

// Stays gives the stays of calls in queues that are over.
func Stays(calls []store.CallRow) []report.Stay {
	var stays []report.Stay
	for i := range calls {
		for _, q := range calls[i].Queues {
			if q.Result != "" {
				stays = append(stays, report.Stay{Queue: q.ID, Entered: q.EnteredAt, Left: q.LeftAt, Result: q.Result})
			}
		}
	}
	return stays
}

// GoalsOf gives what the queues of a site are measured by now.
func GoalsOf(s *site.Site) func(id.Queue) report.Goal {
	all := make(map[id.Queue]report.Goal, len(s.Queues))
	for _, q := range s.Queues {
		all[q.ID] = report.Goal{
			Answer: time.Duration(q.SLSeconds) * time.Second, ShortAbandon: time.Duration(q.ShortAbandonSeconds) * time.Second,
		}
	}
	return func(which id.Queue) report.Goal { return all[which] }
}
