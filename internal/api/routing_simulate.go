package api

import (
	"context"

	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/tel"
)

type (
	simulateInput struct {
		Body struct {
			Number string   `json:"number" minLength:"1" maxLength:"50" doc:"that is called"`
			From   string   `json:"from,omitempty" maxLength:"50" doc:"the caller"`
			At     string   `json:"at" pattern:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$" doc:"in the organisation's timezone"`
			Keys   []string `json:"keys,omitempty" maxItems:"50" pattern:"^[0-9*#]{0,20}$" patternDescription:"0-9, *, #" doc:"each time a menu asks"`

			Unanswered bool `json:"unanswered,omitempty" doc:"nobody answers"`
			Drafts     bool `json:"drafts,omitempty" doc:"as the drafts have it"`

			Queues map[id.Queue]routing.QueueState `json:"queues,omitempty" doc:"by id; else members are online and nobody waits"`
		}
	}
	simulateOutput struct{ Body routing.Account }
)

// simulate tells what would happen to a call (BX-9).
func (d *doors) simulate(ctx context.Context, q *simulateInput) (*simulateOutput, error) {
	plan, err := d.routes(ctx, q.Body.Drafts)
	if err != nil {
		return nil, err
	}
	at, err := wallClock(q.Body.At, plan.Home)
	if err != nil {
		return nil, d.refusal(err)
	}
	return &simulateOutput{plan.Simulate(routing.Trial{
		To: tel.Number(q.Body.Number), From: tel.Number(q.Body.From), At: at, Keys: q.Body.Keys, Unanswered: q.Body.Unanswered, Queues: q.Body.Queues,
	})}, nil
}
