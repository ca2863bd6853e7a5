package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/figures"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
)

func (d *doors) workforceRoutes(api huma.API) {
	route(api, http.MethodGet, "/workforce/status-events", access.ReadWork, "Changes of agents' statuses, newest first", d.statusEvents)
	route(api, http.MethodGet, "/workforce/status-events.csv", access.ReadWork, "Changes of agents' statuses as a file", d.statusEventFile)
	route(api, http.MethodGet, "/workforce/days", access.ReadWork, "What each agent did on each day", d.workDays)
	route(api, http.MethodGet, "/workforce/summary", access.ReadWork, "What each agent did in a range of days", d.workSummary)
	route(api, http.MethodGet, "/workforce/heat", access.ReadWork, "Agents by hour of the day", d.workHeat)
	route(api, http.MethodGet, "/workforce/agents/{id}/timeline", access.ReadWork, "One agent's day", d.workTimeline)
}

// workers are the agents whose work the viewer may see (CF-9); all is true for everybody's.
func (d *doors) workers(ctx context.Context) (agents []id.Agent, all bool) {
	v := who(ctx)
	reach := access.CallScope(v.role)
	if reach == access.All {
		return nil, true
	}
	if v.agent == nil {
		return nil, false
	}
	if s, ok := d.Sites.Of(v.org); ok && reach == access.Team {
		return s.Team(v.agent.ID), false
	}
	return []id.Agent{v.agent.ID}, false
}

// ofWorker is a test of agents: seen by the viewer, and the one asked for when there is one.
func (d *doors) ofWorker(ctx context.Context, only id.Agent) func(id.Agent) bool {
	agents, all := d.workers(ctx)
	return func(a id.Agent) bool {
		return (only == "" || only == a) && (all || slices.Contains(agents, a))
	}
}

// StatusEventSearch is what changes of status are searched by (MN-9).
type StatusEventSearch struct {
	Agent   id.Agent  `query:"agent"`
	Channel string    `query:"channel" enum:"voice,chat"`
	Status  string    `query:"status" enum:"available,unavailable,on_call,wrap_up,offline" doc:"the new one"`
	Trigger string    `query:"trigger" enum:"manual,system,auto_disconnect"`
	From    time.Time `query:"from" doc:"at or after"`
	To      time.Time `query:"to" doc:"before"`
}

type statusEventInput struct {
	StatusEventSearch
	Offset int `query:"offset" minimum:"0" maximum:"1000000"`
	Limit  int `query:"limit" minimum:"1" maximum:"200" default:"100"`
}

// StatusEvent is one change of an agent's status (MN-9).
type StatusEvent struct {
	store.StatusEvent
	AgentName string `json:"agent_name"`
	ActorName string `json:"actor_name,omitempty"`
}

type statusEventOutput struct{ Body store.Page[StatusEvent] }

func (d *doors) statusEvents(ctx context.Context, i *statusEventInput) (*statusEventOutput, error) {
	page, err := d.DB.StatusEvents(in(ctx), d.statusFilter(ctx, &i.StatusEventSearch), store.Range{Offset: i.Offset, Limit: i.Limit})
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &statusEventOutput{store.Page[StatusEvent]{Rows: make([]StatusEvent, len(page.Rows)), Total: page.Total}}
	for n, e := range page.Rows {
		out.Body.Rows[n] = StatusEvent{e, d.agentName(ctx, e.Agent), d.userName(ctx, e.Actor)}
	}
	return out, nil
}

// statusFilter is a search within what the viewer may see.
func (d *doors) statusFilter(ctx context.Context, i *StatusEventSearch) store.StatusFilter {
	filter := store.StatusFilter{Channel: i.Channel, Status: i.Status, Trigger: i.Trigger, From: i.From, To: i.To}
	agents, all := d.workers(ctx)
	switch {
	case i.Agent != "":
		filter.Agents, filter.None = []id.Agent{i.Agent}, !d.ofWorker(ctx, i.Agent)(i.Agent)
	case !all:
		filter.Agents, filter.None = agents, len(agents) == 0
	}
	return filter
}

// agentName is what people call an agent; empty for one who is not here any more.
func (d *doors) agentName(ctx context.Context, agent id.Agent) string {
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return ""
	}
	for i := range s.Agents {
		if s.Agents[i].ID == agent {
			return s.Agents[i].FullName
		}
	}
	return ""
}

// DayRange is asked for by its first and last day, in the organisation's timezone.
type DayRange struct {
	From    string   `query:"from" format:"date" required:"true" example:"2026-11-01"`
	To      string   `query:"to" format:"date" required:"true" doc:"inclusive, at most 366 days in all"`
	Channel string   `query:"channel" enum:"voice,chat" default:"voice"`
	Agent   id.Agent `query:"agent" doc:"only this one"`
}

// agentDays reads the roll-ups that a range asks for and the viewer may see.
func (d *doors) agentDays(ctx context.Context, i *DayRange) ([]report.AgentDay, error) {
	first, last, err := daysOf(i.From, i.To)
	if err != nil {
		return nil, err
	}
	all, err := d.Books.Agents(in(ctx), first, last)
	if err != nil {
		return nil, d.dayRefusal(err)
	}
	seen := d.ofWorker(ctx, i.Agent)
	return slices.DeleteFunc(all, func(one report.AgentDay) bool { return one.Channel != i.Channel || !seen(one.Agent) }), nil
}

func daysOf(from, to string) (first, last report.Day, err error) {
	first, bad := report.ParseDay(from)
	last, worse := report.ParseDay(to)
	if err = errors.Join(bad, worse); err != nil {
		return first, last, huma.Error422UnprocessableEntity(err.Error())
	}
	if last.Before(first) {
		return first, last, huma.Error422UnprocessableEntity("The last day is before the first.")
	}
	return first, last, nil
}

func (d *doors) dayRefusal(err error) error {
	if errors.Is(err, figures.ErrTooLong) {
		return huma.Error422UnprocessableEntity("At most 366 days can be looked at together.")
	}
	return d.refusal(err)
}
