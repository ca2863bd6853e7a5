package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
)

func (d *doors) serviceLevelRoutes(api huma.API) {
	route(api, http.MethodGet, "/queues/{id}/service-level", access.Supervise, "A queue's service level by half-hour and day", d.serviceLevel)
}

type serviceLevelInput struct {
	ID   id.Queue `path:"id"`
	From string   `query:"from" format:"date" required:"true"`
	To   string   `query:"to" format:"date" required:"true" doc:"inclusive, at most 366 days in all"`
}

// LevelHalf is a half-hour of a queue.
type LevelHalf struct {
	report.QueueHalf
	Percent *int `json:"service_level,omitempty" doc:"answered in time ÷ (answered + abandoned − short abandons), in percent; none without calls"`
}

// ServiceLevel is a queue's service level (BX-5).
type ServiceLevel struct {
	Timezone string      `json:"timezone" doc:"where the days begin and end"`
	Percent  int         `json:"sl_percent" doc:"that the queue should reach"`
	Seconds  int         `json:"sl_seconds" doc:"within which callers should be answered"`
	Halves   []LevelHalf `json:"half_hours" doc:"in order; those without calls are left out"`
	Days     []LevelHalf `json:"days" doc:"in order; each begins at its first half-hour with calls"`
}

type serviceLevelOutput struct{ Body ServiceLevel }

func (d *doors) serviceLevel(ctx context.Context, i *serviceLevelInput) (*serviceLevelOutput, error) {
	first, last, err := daysOf(i.From, i.To)
	if err != nil {
		return nil, err
	}
	queue, err := d.ownQueue(ctx, i.ID)
	if err != nil {
		return nil, err
	}
	halves, err := d.Books.Queues(in(ctx), first, last)
	if err != nil {
		return nil, d.dayRefusal(err)
	}
	out := &serviceLevelOutput{ServiceLevel{
		Timezone: d.timezone(ctx), Percent: queue.SLPercent, Seconds: queue.SLSeconds, Halves: []LevelHalf{}, Days: []LevelHalf{},
	}}
	slices.SortStableFunc(halves, func(a, b report.QueueHalf) int { return a.At.Compare(b.At) })
	days := []report.QueueHalf{}
	for n := range halves {
		h := &halves[n]
		if h.Queue != i.ID {
			continue
		}
		out.Body.Halves = append(out.Body.Halves, levelOf(h))
		if len(days) == 0 || days[len(days)-1].Day != h.Day {
			days = append(days, report.QueueHalf{Day: h.Day, Queue: h.Queue, At: h.At.Truncate(time.Second)})
		}
		days[len(days)-1].Add(h)
	}
	for n := range days {
		out.Body.Days = append(out.Body.Days, levelOf(&days[n]))
	}
	return out, nil
}

func levelOf(h *report.QueueHalf) LevelHalf {
	l := LevelHalf{QueueHalf: *h}
	if percent, ok := h.ServiceLevel(); ok {
		l.Percent = &percent
	}
	return l
}

// ownQueue is a queue that the viewer sees: administrators all, others those they belong to (MN-5).
func (d *doors) ownQueue(ctx context.Context, which id.Queue) (*store.Queue, error) {
	v := who(ctx)
	if s, ok := d.Sites.Of(v.org); ok {
		for n := range s.Queues {
			member := v.agent != nil && slices.Contains(s.Members[which], v.agent.ID)
			if s.Queues[n].ID == which && (v.role == access.Admin || member) {
				return &s.Queues[n], nil
			}
		}
	}
	return nil, d.refusal(store.ErrNotFound)
}
