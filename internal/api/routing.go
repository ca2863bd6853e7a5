package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/schedule"
	"parley/internal/store"
)

type (
	graphInput struct {
		ID     string `path:"id" maxLength:"100"`
		Drafts bool   `query:"drafts" doc:"as the drafts have it"`
	}
	graphOutput struct {
		Body struct {
			routing.Graph
			Number string `json:"number"`
			Label  string `json:"label"`
		}
	}
	// led is a number that callers dial.
	led struct {
		ID     id.Number `json:"id"`
		Number string    `json:"number"`
		Label  string    `json:"label"`
	}
	ledOutput      struct{ Body []led }
	warningsOutput struct{ Body []routing.Warning }
	scheduleInput  struct {
		Body struct {
			At     string          `json:"at" pattern:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$" doc:"what the clock shows there, 2006-01-02T15:04"`
			Range  string          `json:"range,omitempty" maxLength:"100" doc:"a time range"`
			Router string          `json:"router,omitempty" maxLength:"100" doc:"a time router"`
			Hours  *schedule.Range `json:"hours,omitempty" doc:"a time range that is not stored yet; of a stored one too, its calendar counts"`
			Drafts bool            `json:"drafts,omitempty" doc:"as the drafts have it"`
		}
	}
	scheduleOutput struct{ Body routing.Clock }
	calendarOutput struct{ Body store.Calendar }
)

func (d *doors) routingRoutes(api huma.API) {
	route(api, http.MethodGet, "/routing/numbers", access.Supervise, "The numbers that callers dial", d.routingNumbers)
	route(api, http.MethodGet, "/routing/numbers/{id}/graph", access.Supervise, "Where a number leads, and the calls that are there", d.routingGraph)
	route(api, http.MethodGet, "/routing/warnings", access.Administrate, "Dead ends of the routing", d.routingWarnings)
	route(api, http.MethodPost, "/routing/simulate", access.Administrate, "What would happen to a call", d.simulate)
	route(api, http.MethodPost, "/schedule/test", access.Administrate, "Which row or entry matches at a moment", d.scheduleTest)
	route(api, http.MethodGet, "/settings/time-ranges/{id}/calendar", access.Administrate, "What a time range's calendar gave", d.readCalendar)
	route(api, http.MethodPost, "/settings/time-ranges/{id}/calendar", access.Administrate, "Read a time range's calendar now", d.renewCalendar)
}

// routes is the plan of the viewer's organisation, as calls have it or as the drafts do.
func (d *doors) routes(ctx context.Context, drafts bool) (*routing.Plan, error) {
	if s, ok := d.Sites.Of(who(ctx).org); ok && !drafts {
		return s.Routing, nil
	}
	r, err := d.DB.Routes(in(ctx), drafts)
	if err != nil {
		return nil, d.refusal(err)
	}
	return routing.New(*r), nil
}

func (d *doors) routingNumbers(ctx context.Context, _ *struct{}) (*ledOutput, error) {
	plan, err := d.routes(ctx, false)
	if err != nil {
		return nil, err
	}
	out := &ledOutput{Body: []led{}}
	for number, n := range plan.Numbers {
		out.Body = append(out.Body, led{n.ID, string(number), n.Label})
	}
	slices.SortFunc(out.Body, func(a, b led) int { return strings.Compare(a.Label+a.Number, b.Label+b.Number) })
	return out, nil
}

func (d *doors) routingGraph(ctx context.Context, q *graphInput) (*graphOutput, error) {
	plan, err := d.routes(ctx, q.Drafts)
	if err != nil {
		return nil, err
	}
	for _, n := range plan.Numbers {
		if n.ID != id.Number(q.ID) {
			continue
		}
		out := &graphOutput{}
		out.Body.Graph = plan.Graph(n, d.Live.Places(who(ctx).org))
		out.Body.Number, out.Body.Label = string(n.Number), n.Label
		return out, nil
	}
	return nil, d.refusal(store.ErrNotFound)
}

func (d *doors) routingWarnings(ctx context.Context, _ *struct{}) (*warningsOutput, error) {
	plan, err := d.routes(ctx, false)
	if err != nil {
		return nil, err
	}
	return &warningsOutput{append([]routing.Warning{}, plan.Warnings()...)}, nil
}

func (d *doors) scheduleTest(ctx context.Context, q *scheduleInput) (*scheduleOutput, error) {
	plan, err := d.routes(ctx, q.Body.Drafts)
	if err != nil {
		return nil, err
	}
	if q.Body.Router != "" {
		at, err := wallClock(q.Body.At, plan.Home)
		if err != nil {
			return nil, d.refusal(err)
		}
		c, known := plan.AskRouter(id.Router(q.Body.Router), at)
		if !known {
			return nil, d.refusal(store.ErrNotFound)
		}
		return &scheduleOutput{c}, nil
	}
	hours, err := d.hours(ctx, q, plan)
	if err != nil {
		return nil, d.refusal(err)
	}
	at, err := wallClock(q.Body.At, hours.Zone())
	if err != nil {
		return nil, d.refusal(err)
	}
	return &scheduleOutput{routing.AskHours(hours, at)}, nil
}

// hours is the time range that is asked: a stored one, or one that is being written.
func (d *doors) hours(ctx context.Context, q *scheduleInput, plan *routing.Plan) (*schedule.Hours, error) {
	if q.Body.Hours == nil {
		one, known := plan.Ranges[id.TimeRange(q.Body.Range)]
		switch {
		case !known:
			return nil, store.ErrNotFound
		case one.Hours == nil:
			return nil, wrong("range", "cannot be asked: %s", one.Trouble)
		}
		return one.Hours, nil
	}
	if faults := q.Body.Hours.Faults(); len(faults) > 0 {
		return nil, wrong("hours."+faults[0].Field, "%s", faults[0].What)
	}
	all, err := d.DB.Calendars(in(ctx))
	if err != nil {
		return nil, err
	}
	return schedule.Read(*q.Body.Hours, all[id.TimeRange(q.Body.Range)].Days.Spans, plan.Home)
}

// wallClock is the moment at which a clock shows a time.
func wallClock(text string, zone *time.Location) (time.Time, error) {
	at, err := time.ParseInLocation("2006-01-02T15:04", text, zone)
	if err != nil {
		return at, wrong("at", "must be a day and a time such as 2026-12-25T09:00")
	}
	return at, nil
}

func (d *doors) readCalendar(ctx context.Context, q *recordInput) (*calendarOutput, error) {
	if _, err := d.DB.Shelves().Ranges.Get(in(ctx), q.ID); err != nil {
		return nil, d.refusal(err)
	}
	all, err := d.DB.Calendars(in(ctx))
	return &calendarOutput{all[id.TimeRange(q.ID)]}, d.refusal(err)
}

func (d *doors) renewCalendar(ctx context.Context, q *changeInput) (*calendarOutput, error) {
	c, err := d.Calendars.Read(in(ctx), who(ctx).org, id.TimeRange(q.ID))
	return &calendarOutput{c}, d.refusal(err)
}
