package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/id"
)

type takeInput struct {
	request
	ID id.Call `path:"id" maxLength:"100"`
}

func (d *doors) waitingRoutes(api huma.API) {
	route(api, http.MethodPost, "/waiting/{id}/answer", access.Supervise, "Answer a waiting caller out of order", d.takeWaiting)
}

// takeWaiting has a waiting caller ring for the supervisor who asks, at once (MN-2).
func (d *doors) takeWaiting(ctx context.Context, in *takeInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	v := look(who(ctx))
	queue, waits := d.Live.WaitsIn(v.Org, in.ID)
	if !waits || !d.Live.SeesQueue(v, queue) {
		return nil, huma.Error404NotFound("This call does not wait any more.")
	}
	if err := d.Dispatch.Ask(ctx, v.Org, acd.Take{Call: in.ID, Agent: agent.ID, By: who(ctx).user}); err != nil {
		return nil, d.notTaken(err)
	}
	return nil, d.noteAct(ctx, &in.request, "waiting caller answered out of order", "call", string(in.ID))
}

// notTaken says why a waiting caller does not ring for the supervisor.
func (d *doors) notTaken(err error) error {
	var other *acd.TakenError
	switch {
	case errors.As(err, &other):
		return huma.Error409Conflict(d.Sites.AgentName(other.Agent) + " is answering this caller already.")
	case errors.Is(err, acd.ErrGone):
		return huma.Error409Conflict("This call does not wait any more.")
	case errors.Is(err, acd.ErrNoDevice):
		return huma.Error409Conflict("Nothing of yours can ring. Press Start, then answer the caller.")
	case errors.Is(err, acd.ErrInCall):
		return huma.Error409Conflict("You are in a call. End it first, then answer the caller.")
	case errors.Is(err, acd.ErrRung):
		return huma.Error409Conflict("A call rings for you already. Answer or reject it first.")
	case errors.Is(err, acd.ErrOutcome):
		return huma.Error409Conflict(outcomeFirst)
	}
	return d.refusal(err)
}
