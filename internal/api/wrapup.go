package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/site"
)

type outcomeInput struct {
	Body struct {
		Call    id.Call `json:"call" minLength:"1" maxLength:"100"`
		Outcome string  `json:"outcome" minLength:"1" maxLength:"100" doc:"the id of one of the queue's outcomes"`
	}
}

type outcomesInput struct {
	Queue id.Queue `query:"queue" maxLength:"100"`
}

type outcomesOutput struct{ Body []site.Outcome }

func (d *doors) wrapUpRoutes(api huma.API) {
	route(api, http.MethodGet, "/outcomes", access.UsePhone, "The outcomes that can be chosen of a queue's calls", d.outcomes)
	route(api, http.MethodPost, "/wrapup/outcome", access.UsePhone, "Choose the outcome of the own call", d.chooseOutcome)
	route(api, http.MethodPost, "/wrapup/end", access.UsePhone, "End the wrap-up", d.endWrap)
	route(api, http.MethodPost, "/wrapup/extend", access.UsePhone, "Restart the wrap-up countdown", d.extendWrap)
}

func (d *doors) outcomes(ctx context.Context, in *outcomesInput) (*outcomesOutput, error) {
	s, err := d.mySite(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	return &outcomesOutput{s.OutcomesOf(in.Queue)}, nil
}

func (d *doors) chooseOutcome(ctx context.Context, in *outcomeInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	choice := acd.ChooseOutcome{Agent: agent.ID, Call: in.Body.Call, Outcome: in.Body.Outcome, By: who(ctx).user}
	err = d.Dispatch.Ask(ctx, who(ctx).org, choice)
	switch {
	case errors.Is(err, acd.ErrInvalid):
		return nil, huma.Error422UnprocessableEntity("This is none of the outcomes of this call's queue.")
	case errors.Is(err, acd.ErrNotNow):
		return nil, huma.Error409Conflict("You are neither in this call nor in its wrap-up, so its outcome cannot be chosen any more.")
	}
	return nil, d.refusal(err)
}

func (d *doors) endWrap(ctx context.Context, _ *struct{}) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return d.askACD(ctx, acd.EndWrap{Agent: agent.ID, By: who(ctx).user}, "Your wrap-up is over already.")
}

func (d *doors) extendWrap(ctx context.Context, _ *struct{}) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return d.askACD(ctx, acd.ExtendWrap{Agent: agent.ID, By: who(ctx).user},
		"Your wrap-up is over already, or it cannot be extended any more.")
}
