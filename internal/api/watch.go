package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/id"
)

type (
	watchMode struct {
		Mode call.WatchMode `json:"mode" enum:"listen,coach,barge" doc:"listen: nobody hears you; coach: the agent alone does; barge: all do"`
	}
	watchInput struct {
		request
		ID   id.Agent `path:"id" maxLength:"100"`
		Body watchMode
	}
	helpInput struct {
		ID   id.Call `path:"id" maxLength:"100"`
		Body struct {
			Note string `json:"note,omitempty" maxLength:"500" doc:"for the supervisors"`
		}
	}
	setWatchInput struct {
		request
		ID   id.Call `path:"id" maxLength:"100"`
		Body watchMode
	}
)

func (d *doors) watchRoutes(api huma.API) {
	route(api, http.MethodPost, "/agents/{id}/watch", access.Supervise, "Listen to an agent's call, coach the agent, or barge in", d.watch)
	route(api, http.MethodPut, "/calls/{id}/watch", access.Supervise, "Go on in another mode in the call that you supervise", d.setWatch)
	route(api, http.MethodDelete, "/calls/{id}/watch", access.Supervise, "Leave the call that you supervise", d.stopWatch)
	route(api, http.MethodPost, "/calls/{id}/help", access.UsePhone, "Ask your supervisors for help in the call", d.askHelp)
	route(api, http.MethodDelete, "/calls/{id}/help", access.UsePhone, "Take the request back, or let the supervisor go who came of it", d.endHelp)
}

// watch rings the supervisor's own phone to hear an agent's call (MN-4).
func (d *doors) watch(ctx context.Context, in *watchInput) (*struct{}, error) {
	own, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	org := who(ctx).org
	if !d.supervises(ctx, in.ID) && !d.Live.AsksFor(look(who(ctx)), in.ID) {
		return nil, errOtherAgent
	}
	which, talks := d.Live.TalksIn(org, in.ID)
	why := d.Live.Ready(org, own.ID)
	switch {
	case in.ID == own.ID:
		return nil, huma.Error409Conflict("This is you.")
	case !talks:
		return nil, huma.Error409Conflict(d.Sites.AgentName(in.ID) + " is in no call now.")
	case why != "":
		return nil, huma.Error409Conflict(why)
	}
	s := call.Watch{Agent: own.ID, Name: d.Sites.AgentName(own.ID), On: in.ID, Mode: in.Body.Mode}
	if err := d.Exchange.AskCall(ctx, org, which, s); err != nil {
		return nil, d.notWatched(err)
	}
	return nil, d.noteWatch(ctx, &in.request, which, in.Body.Mode, in.ID)
}

// notWatched says who is there already.
func (d *doors) notWatched(err error) error {
	var there *call.WatchedError
	if errors.As(err, &there) {
		return huma.Error409Conflict(d.Sites.AgentName(there.By) + " supervises this call already.")
	}
	return d.refusal(err)
}

func (d *doors) setWatch(ctx context.Context, in *setWatchInput) (*struct{}, error) {
	err := d.askCall(ctx, in.ID, func(a id.Agent) call.Signal { return call.SetWatch{Agent: a, Mode: in.Body.Mode} })
	if err != nil {
		return nil, err
	}
	return nil, d.noteWatch(ctx, &in.request, in.ID, in.Body.Mode, "")
}

func (d *doors) stopWatch(ctx context.Context, in *callInput) (*struct{}, error) {
	return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal { return call.StopWatch{Agent: a} })
}

// noteWatch puts each use into the audit log, as Listen.
func (d *doors) noteWatch(ctx context.Context, from *request, which id.Call, mode call.WatchMode, on id.Agent) error {
	entry := act(ctx, from, "listen", "call", string(which))
	how, err := json.Marshal(struct {
		Mode  call.WatchMode `json:"mode"`
		Agent id.Agent       `json:"agent,omitempty"`
	}{mode, on})
	if err != nil {
		return err
	}
	entry.After = how
	return d.refusal(d.DB.Audit(in(ctx), &entry))
}

// askHelp asks the supervisors of the call's queue to come; without a queue, those who see the agent (AS-1).
func (d *doors) askHelp(ctx context.Context, in *helpInput) (*struct{}, error) {
	if s, ok := d.Sites.Of(who(ctx).org); ok && !s.Records.Org.AgentAssist {
		return nil, huma.Error409Conflict("Your company does not let agents ask for help here. Ask your supervisor in another way.")
	}
	return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal { return call.AskHelp{Agent: a, Note: in.Body.Note} })
}

func (d *doors) endHelp(ctx context.Context, in *callInput) (*struct{}, error) {
	return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal { return call.EndHelp{Agent: a} })
}
