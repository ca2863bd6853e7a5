package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/store"
	"parley/internal/tel"
)

type (
	agentStatusInput struct {
		ID   id.Agent `path:"id" maxLength:"100"`
		Body StatusChoice
	}
	agentToggleInput struct {
		ID    id.Agent `path:"id" maxLength:"100"`
		Queue id.Queue `path:"queue" maxLength:"100"`
		Body  toggleBody
	}
	priorityInput struct {
		ID   id.Call `path:"id" maxLength:"100"`
		Body struct {
			Priority int `json:"priority" minimum:"1" maximum:"10" doc:"1 is served first"`
		}
	}
	closeInput struct {
		request
		ID id.Call `path:"id" maxLength:"100"`
	}
	offWorkInput struct {
		request
		ID id.Agent `path:"id" maxLength:"100"`
	}
	resetInput struct {
		request
		ID id.Queue `path:"id" maxLength:"100"`
	}
)

func (d *doors) superviseRoutes(api huma.API) {
	route(api, http.MethodPost, "/agents/{id}/status", access.Supervise, "Choose the status of an agent", d.setAgentStatus)
	route(api, http.MethodPost, "/agents/{id}/sign-out", access.Supervise, "Take an agent off work, at once or after the call", d.signOff)
	route(api, http.MethodPut, "/agents/{id}/queues/{queue}", access.Supervise, "Have a queue deliver to an agent, or not", d.toggleOf)
	route(api, http.MethodPut, "/waiting/{id}/priority", access.Supervise, "Set the priority of a waiting call", d.setPriority)
	route(api, http.MethodPost, "/calls/{id}/close", access.Supervise, "Close a call that is stuck", d.closeCall)
	route(api, http.MethodPost, "/queues/{id}/reset", access.Supervise, "Zero the live figures of a queue", d.resetQueue)
}

// look is the viewer as the live picture knows viewers.
func look(v viewer) live.Viewer { return live.Viewer{Org: v.org, Role: v.role, Agent: agentID(v)} }

// The refusals of what is not in the viewer's scope.
var (
	errOtherAgent = huma.Error404NotFound("There is no such agent among those whom you supervise.")
	errOtherQueue = huma.Error404NotFound("There is no such queue among those that you supervise.")
	errOtherCall  = huma.Error404NotFound("There is no such call among those that you supervise.")
)

// supervises says whether an agent is one of the organisation's, and in the viewer's scope.
func (d *doors) supervises(ctx context.Context, which id.Agent) bool {
	s, ok := d.Sites.Of(who(ctx).org)
	return ok && s.Has(which) && d.Live.Sees(look(who(ctx)), which)
}

func (d *doors) setAgentStatus(ctx context.Context, in *agentStatusInput) (*struct{}, error) {
	if !d.supervises(ctx, in.ID) {
		return nil, errOtherAgent
	}
	return d.chooseStatus(ctx, in.ID, in.Body,
		"This agent is offline: nothing of the agent's can ring. The status can be chosen once work is started.")
}

// signOff takes an agent off work (MN-3).
func (d *doors) signOff(ctx context.Context, in *offWorkInput) (*struct{}, error) {
	if !d.supervises(ctx, in.ID) {
		return nil, errOtherAgent
	}
	if _, err := d.askACD(ctx, acd.SignOut{Agent: in.ID, By: who(ctx).user}, "This agent is offline already."); err != nil {
		return nil, err
	}
	return nil, d.noteAct(ctx, &in.request, "agent signed off", "agent", string(in.ID))
}

func (d *doors) toggleOf(ctx context.Context, in *agentToggleInput) (*struct{}, error) {
	v := look(who(ctx))
	switch {
	case !d.supervises(ctx, in.ID):
		return nil, errOtherAgent
	case !d.Live.SeesQueue(v, in.Queue):
		return nil, errOtherQueue
	}
	return d.toggle(ctx, in.ID, in.Queue, in.Body.On)
}

func (d *doors) setPriority(ctx context.Context, in *priorityInput) (*struct{}, error) {
	v := look(who(ctx))
	queue, waits := d.Live.WaitsIn(v.Org, in.ID)
	if !waits || !d.Live.SeesQueue(v, queue) {
		return nil, huma.Error404NotFound("This call does not wait any more.")
	}
	return d.askACD(ctx, acd.SetPriority{Call: in.ID, Priority: in.Body.Priority, By: who(ctx).user}, "This call does not wait any more.")
}

// closeCall ends a call whatever it does (BX-8).
func (d *doors) closeCall(ctx context.Context, in *closeInput) (*struct{}, error) {
	if !d.Live.SeesCall(look(who(ctx)), in.ID) {
		return nil, errOtherCall
	}
	if err := d.Exchange.AskCall(ctx, who(ctx).org, in.ID, call.Close{Cause: tel.CauseNormal, Why: "closed by a supervisor"}); err != nil {
		return nil, d.refusal(err)
	}
	return nil, d.noteAct(ctx, &in.request, "call closed by force", "call", string(in.ID))
}

func (d *doors) resetQueue(ctx context.Context, in *resetInput) (*struct{}, error) {
	if !d.Live.SeesQueue(look(who(ctx)), in.ID) {
		return nil, errOtherQueue
	}
	entry := act(ctx, &in.request, "queue statistics reset", "queue", string(in.ID))
	err := d.refusal(d.DB.ResetQueue(store.WithOrg(ctx, who(ctx).org), in.ID, &entry))
	if err == nil {
		d.Live.Reset(who(ctx).org, in.ID)
	}
	return nil, err
}

// noteAct puts what somebody did into the audit log.
func (d *doors) noteAct(ctx context.Context, from *request, action, kind, which string) error {
	entry := act(ctx, from, action, kind, which)
	return d.refusal(d.DB.Audit(in(ctx), &entry))
}

// act is the entry of the audit log for what somebody did.
func act(ctx context.Context, from *request, action, kind, which string) store.AuditEntry {
	by := actor(ctx, from)
	return store.AuditEntry{Actor: by.User, IP: by.IP, Action: action, SubjectKind: kind, SubjectID: which}
}
