package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/tel"
)

type placeInput struct {
	Body struct {
		To   string     `json:"to" doc:"a number in any form, or an extension" minLength:"1" maxLength:"50"`
		From tel.Number `json:"from,omitempty" doc:"the number to present, of the From list" maxLength:"50"`
		Tab  id.Tab     `json:"tab" maxLength:"100"`
	}
}

type placeOutput struct {
	Body struct {
		ID id.Call `json:"id"`
	}
}

type callInput struct {
	ID id.Call `path:"id" maxLength:"100"`
}

// callCommands are what an agent can ask of the call that the agent is in.
var callCommands = []struct {
	path, summary string
	needs         *permission
	signal        func(id.Agent) call.Signal
}{
	{"hold", "Hold the other party", nil, func(a id.Agent) call.Signal { return call.Hold{Agent: a} }},
	{"resume", "Take the other party off hold", nil, func(a id.Agent) call.Signal { return call.Resume{Agent: a} }},
	{"mute", "Be heard by nobody", nil, func(a id.Agent) call.Signal { return call.Mute{Agent: a, On: true} }},
	{"unmute", "Be heard again", nil, func(a id.Agent) call.Signal { return call.Mute{Agent: a} }},
	{"record/start", "Start recording", &controlRecording, func(a id.Agent) call.Signal { return call.StartRecording{Agent: a} }},
	{"record/pause", "Pause the recording", &controlRecording, func(a id.Agent) call.Signal { return call.PauseRecording{Agent: a} }},
	{"record/resume", "Go on recording", &controlRecording, func(a id.Agent) call.Signal { return call.ResumeRecording{Agent: a} }},
	{"record/stop", "Stop recording", &controlRecording, func(a id.Agent) call.Signal { return call.StopRecording{Agent: a} }},
}

func (d *doors) callRoutes(api huma.API) {
	route(api, http.MethodPost, "/calls", access.UsePhone, "Place a call", d.placeCall)
	for _, c := range callCommands {
		route(api, http.MethodPost, "/calls/{id}/"+c.path, access.UsePhone, c.summary,
			func(ctx context.Context, in *callInput) (*struct{}, error) {
				agent, err := agentOf(ctx)
				if err != nil {
					return nil, err
				}
				if c.needs != nil {
					if err := d.permitted(ctx, *c.needs); err != nil {
						return nil, err
					}
				}
				return nil, d.refusal(d.Exchange.AskCall(ctx, who(ctx).org, in.ID, c.signal(agent.ID)))
			})
	}
}

func (d *doors) placeCall(ctx context.Context, in *placeInput) (*placeOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	which, err := d.Exchange.Dial(who(ctx).org, agent.ID, in.Body.To, in.Body.From, agent.RecordOutgoingAutomatically)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &placeOutput{}
	out.Body.ID = which
	return out, nil
}
