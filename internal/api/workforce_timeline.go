package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
)

type timelineInput struct {
	ID      id.Agent `path:"id"`
	Day     string   `query:"day" format:"date" required:"true"`
	Channel string   `query:"channel" enum:"voice,chat" default:"voice"`
}

// TimelineCall is an agent's part in a call.
type TimelineCall struct {
	Call      id.Call   `json:"call"`
	Direction string    `json:"direction" enum:"inbound,outbound,internal"`
	Number    string    `json:"number"`
	Name      string    `json:"name,omitempty"`
	At        time.Time `json:"at" doc:"when the agent joined, or the offer rang out"`
	Until     time.Time `json:"until,omitzero" doc:"none while it lasts, or when it was missed"`
	Taken     bool      `json:"taken"`
	Missed    int       `json:"missed" doc:"offers that rang out"`
}

// WorkTimeline is one agent's day (MN-11).
type WorkTimeline struct {
	Timezone string           `json:"timezone"`
	From     time.Time        `json:"from" doc:"when the day begins"`
	To       time.Time        `json:"to" doc:"when it ends"`
	Work     AgentWork        `json:"work"`
	Statuses []report.Stretch `json:"statuses"`
	Calls    []TimelineCall   `json:"calls"`
}

type timelineOutput struct{ Body WorkTimeline }

func (d *doors) workTimeline(ctx context.Context, i *timelineInput) (*timelineOutput, error) {
	day, err := report.ParseDay(i.Day)
	if err != nil {
		return nil, huma.Error422UnprocessableEntity(err.Error())
	}
	if !d.ofWorker(ctx, "")(i.ID) {
		return nil, d.refusal(store.ErrNotFound)
	}
	line, err := d.Books.Timeline(in(ctx), i.ID, i.Channel, day)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &timelineOutput{WorkTimeline{
		Timezone: d.timezone(ctx), From: line.Span.From, To: line.Span.To, Work: d.agentWork(ctx, i.ID, line.Work),
		Statuses: line.Stretches, Calls: []TimelineCall{},
	}}
	if out.Body.Statuses == nil {
		out.Body.Statuses = []report.Stretch{}
	}
	if i.Channel == "voice" {
		for n := range line.Calls {
			out.Body.Calls = append(out.Body.Calls, partsOf(&line.Calls[n], i.ID, line.Span)...)
		}
	}
	return out, nil
}

// partsOf gives an agent's parts in a call that fall on a day.
func partsOf(row *store.CallRow, agent id.Agent, day report.Span) []TimelineCall {
	parts := []TimelineCall{}
	for _, a := range row.Agents {
		if a.ID != agent {
			continue
		}
		one := TimelineCall{Call: row.ID, Direction: row.Direction, Number: string(row.From), Name: row.CustomerName}
		if row.Direction != "inbound" && row.Agents[0].ID == agent {
			one.Number = string(row.To)
		}
		if a.Missed > 0 && day.Holds(a.MissedAt) {
			missed := one
			missed.At, missed.Missed = a.MissedAt, a.Missed
			parts = append(parts, missed)
		}
		if a.Answered && day.Holds(a.JoinedAt) {
			one.At, one.Until, one.Taken = a.JoinedAt, a.LeftAt, true
			parts = append(parts, one)
		}
	}
	return parts
}
