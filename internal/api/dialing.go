package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/clock"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/tel"
)

// DialCheck says whether a number may be called, while it stands on the pad (SP-7).
type DialCheck struct {
	Number        tel.Number   `json:"number,omitempty" doc:"in its full form"`
	Allowed       bool         `json:"allowed"`
	Emergency     bool         `json:"emergency,omitempty"`
	International bool         `json:"international,omitempty"`
	Rule          dialing.Rule `json:"rule,omitempty" enum:"outbound_disabled,time_range,country_blocked,premium_blocked"`
	Why           string       `json:"why,omitempty" doc:"why it may not"`
	Class         string       `json:"class,omitempty"`
	// Override says that a supervisor may allow the call (CS-5).
	Override bool `json:"override,omitempty"`
}

type dialCheckInput struct {
	To string `query:"to" minLength:"1" maxLength:"50" doc:"a number in any form, or an extension"`
}

type dialCheckOutput struct{ Body DialCheck }

type overrideInput struct {
	Body struct {
		To   string `json:"to" minLength:"1" maxLength:"50" doc:"a number in any form"`
		Note string `json:"note,omitempty" maxLength:"500" doc:"for whoever answers"`
	}
}

type overrideOutput struct {
	Body struct {
		ID    string    `json:"id"`
		Until time.Time `json:"until" doc:"when an answer must be there"`
	}
}

type overrideIDInput struct {
	ID string `path:"id" maxLength:"100"`
}

type lockInput struct {
	Agent id.Agent `path:"agent" maxLength:"100"`
}

func (d *doors) dialingRoutes(api huma.API) {
	route(api, http.MethodGet, "/dialing/check", access.UsePhone, "Whether a number may be called", d.checkDial)
	route(api, http.MethodPost, "/overrides", access.UsePhone, "Ask for a call that the class of service does not allow", d.requestOverride)
	route(api, http.MethodPost, "/overrides/{id}/approve", access.Supervise, "Allow one such call", d.answer(true))
	route(api, http.MethodPost, "/overrides/{id}/deny", access.Supervise, "Deny such a call", d.answer(false))
	route(api, http.MethodDelete, "/dialing/locks/{agent}", access.Administrate, "Let an agent place calls again", d.unlockDialing)
	route(api, http.MethodGet, "/class-of-service/audit", access.Supervise, "What classes of service blocked, and overrides", d.classAudit)
}

// decide asks the number plan for the viewer's agent.
func (d *doors) decide(ctx context.Context, to string) (dialing.Decision, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return dialing.Decision{}, err
	}
	to = d.Sites.Typed(who(ctx).org, agent.ID, to)
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return dialing.Decision{}, errNoOrganisation
	}
	return s.Decide(dialing.Request{Agent: agent.ID, To: to, Hand: true})
}

func (d *doors) checkDial(ctx context.Context, in *dialCheckInput) (*dialCheckOutput, error) {
	out := &dialCheckOutput{}
	decided, err := d.decide(ctx, in.To)
	refusal := dialing.Refusal{}
	switch {
	case errors.As(err, &refusal):
		out.Body.Why = spoken(refusal.Why)
		return out, nil
	case err != nil:
		return nil, d.refusal(err)
	}
	out.Body = DialCheck{
		Number: decided.Number, Allowed: decided.Blocked == "", Emergency: decided.Emergency, International: decided.Nature.International,
		Rule: decided.Blocked, Class: decided.Class.Name, Override: decided.Blocked != "",
	}
	if decided.Blocked != "" {
		out.Body.Why = spoken(decided.Blocked.Words(decided.Class.Name))
	}
	return out, nil
}

func (d *doors) requestOverride(ctx context.Context, in *overrideInput) (*overrideOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	decided, err := d.decide(ctx, in.Body.To)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &overrideOutput{}
	out.Body.ID, out.Body.Until = id.New[string](), clock.Now().Add(dialing.OverrideWaits)
	err = d.Guards.Request(ctx, who(ctx).org, dialing.RequestOverride{
		ID: out.Body.ID, Agent: agent.ID, Number: decided.Number, Note: in.Body.Note, Rule: decided.Blocked, Class: decided.Class,
	})
	if err != nil {
		return nil, d.refusal(err)
	}
	return out, nil
}

// answer approves or denies an override of an agent in the viewer's scope, but never the viewer's own.
func (d *doors) answer(approve bool) func(context.Context, *overrideIDInput) (*struct{}, error) {
	return func(ctx context.Context, in *overrideIDInput) (*struct{}, error) {
		v := who(ctx)
		o, ok := d.Guards.Override(v.org, in.ID)
		switch {
		case ok && v.agent != nil && v.agent.ID == o.Agent:
			return nil, huma.Error403Forbidden("Somebody else must answer your request.")
		case ok && !d.Live.Sees(live.Viewer{Org: v.org, Role: v.role, Agent: agentID(v)}, o.Agent):
			return nil, huma.Error404NotFound("This request is not one of your team.")
		}
		name, err := d.nameOf(ctx)
		if err != nil {
			return nil, d.refusal(err)
		}
		return nil, d.refusal(d.Guards.Answer(ctx, v.org, dialing.AnswerOverride{ID: in.ID, By: v.user, Name: name, Approve: approve}))
	}
}

func agentID(v viewer) id.Agent {
	if v.agent == nil {
		return ""
	}
	return v.agent.ID
}

// nameOf is the viewer's name as others read it.
func (d *doors) nameOf(ctx context.Context) (string, error) {
	u, err := d.DB.User(in(ctx), who(ctx).user)
	if err != nil {
		return "", err
	}
	return u.FullName(), nil
}

func (d *doors) unlockDialing(ctx context.Context, in *lockInput) (*struct{}, error) {
	v := who(ctx)
	return nil, d.refusal(d.Guards.Unlock(ctx, v.org, dialing.Unlock{Agent: in.Agent, By: v.user}))
}
