package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/id"
)

type toggleBody struct {
	On bool `json:"on" doc:"whether the queue delivers to the agent now"`
}

type toggleInput struct {
	ID   id.Queue `path:"id" maxLength:"100"`
	Body toggleBody
}

func (d *doors) toggleRoutes(api huma.API) {
	route(api, http.MethodPut, "/queues/{id}/toggle", access.UsePhone, "Have a queue deliver to oneself, or not", d.toggleOwn)
}

func (d *doors) toggleOwn(ctx context.Context, in *toggleInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return d.toggle(ctx, agent.ID, in.ID, in.Body.On)
}

// toggle says whether a queue delivers to an agent, and remembers it (QU-13). It is stored first: a configuration that is
// loaded meanwhile must not bring the old one back.
func (d *doors) toggle(ctx context.Context, agent id.Agent, queue id.Queue, on bool) (*struct{}, error) {
	s, err := d.mySite(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	if !slices.Contains(s.Members[queue], agent) {
		return nil, huma.Error409Conflict("The agent is no member of this queue.")
	}
	if err := d.DB.SetQueueToggle(in(ctx), agent, queue, on); err != nil {
		return nil, d.refusal(err)
	}
	return d.askACD(ctx, acd.Toggle{Agent: agent, Queue: queue, On: on, By: who(ctx).user}, "This is not possible now.")
}
