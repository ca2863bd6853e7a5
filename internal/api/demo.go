package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
)

type callersInput struct {
	Body struct {
		Count int `json:"count" minimum:"1" maximum:"20"`
	}
}

func (d *doors) demoRoutes(api huma.API) {
	route(api, http.MethodPost, "/demo/ring-me", access.UsePhone, "Let the carrier in the box call me (demo only)", d.ringMe)
	route(api, http.MethodPost, "/demo/callers", access.UsePhone, "Let callers ring the demo's queues (demo only)", d.sendCallers)
}

var errNoDemo = huma.Error404NotFound("This is only there in `parley demo`.")

func (d *doors) ringMe(ctx context.Context, _ *struct{}) (*struct{}, error) {
	if d.Demo == nil {
		return nil, errNoDemo
	}
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return nil, d.refusal(d.Demo.RingMe(ctx, who(ctx).org, agent.ID))
}

func (d *doors) sendCallers(ctx context.Context, in *callersInput) (*struct{}, error) {
	if d.Demo == nil {
		return nil, errNoDemo
	}
	return nil, d.refusal(d.Demo.Callers(ctx, who(ctx).org, in.Body.Count))
}
