package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/acd"
)

type statusInput struct {
	Body struct {
		Status acd.Status `json:"status" enum:"available,unavailable"`
		Reason string     `json:"reason,omitempty" maxLength:"50"`
	}
}

func (d *doors) statusRoutes(api huma.API) {
	route(api, http.MethodPost, "/status", access.UsePhone, "Choose the own status", d.setStatus)
	route(api, http.MethodPost, "/wrapup/end", access.UsePhone, "End the wrap-up", d.endWrap)
	route(api, http.MethodPost, "/wrapup/extend", access.UsePhone, "Restart the wrap-up countdown", d.extendWrap)
}

func (d *doors) setStatus(ctx context.Context, in *statusInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	set := acd.SetStatus{Agent: agent.ID, Status: in.Body.Status, Reason: in.Body.Reason, By: who(ctx).user}
	return d.askACD(ctx, set, "You are offline. Start work first; then you can choose your status.")
}

func (d *doors) endWrap(ctx context.Context, _ *struct{}) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return d.askACD(ctx, acd.EndWrap{Agent: agent.ID}, "Your wrap-up is over already.")
}

func (d *doors) extendWrap(ctx context.Context, _ *struct{}) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return d.askACD(ctx, acd.ExtendWrap{Agent: agent.ID}, "Your wrap-up is over already, or it cannot be extended any more.")
}

// askACD hands a request to the ACD; notNow is what a person is told when this is not the moment for it.
func (d *doors) askACD(ctx context.Context, s acd.Signal, notNow string) (*struct{}, error) {
	err := d.Dispatch.Ask(ctx, who(ctx).org, s)
	if errors.Is(err, acd.ErrNotNow) {
		return nil, huma.Error409Conflict(notNow)
	}
	return nil, d.refusal(err)
}
