package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/live"
)

// StatusChoice is the status that somebody is to have (SP-18).
type StatusChoice struct {
	Status acd.Status `json:"status,omitempty" enum:"available,unavailable" doc:"needless with custom"`
	Custom string     `json:"custom,omitempty" maxLength:"100" doc:"a custom status (MN-12)"`
	Reason string     `json:"reason,omitempty" maxLength:"50" doc:"for being unavailable, one of the list (QU-16)"`
	Later  bool       `json:"later,omitempty" doc:"in a wrap-up: hold from its end on, which it leaves as it is (SP-36)"`
}

type statusInput struct{ Body StatusChoice }

type customStatusesOutput struct{ Body []live.Custom }

func (d *doors) statusRoutes(api huma.API) {
	route(api, http.MethodPost, "/status", access.UsePhone, "Choose the own status", d.setStatus)
	route(api, http.MethodGet, "/statuses", access.UsePhone, "The custom statuses that can be chosen", d.customStatuses)
	d.wrapUpRoutes(api)
}

func (d *doors) setStatus(ctx context.Context, in *statusInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return d.chooseStatus(ctx, agent.ID, in.Body, "You are offline. Start work first; then you can choose your status.")
}

// chooseStatus gives an agent a status; notNow is what a person is told when this is not the moment for it.
func (d *doors) chooseStatus(ctx context.Context, agent id.Agent, c StatusChoice, notNow string) (*struct{}, error) {
	if err := d.knownChoice(ctx, c); err != nil {
		return nil, d.refusal(err)
	}
	set := acd.SetStatus{Agent: agent, Status: c.Status, Custom: c.Custom, Reason: c.Reason, Later: c.Later, By: who(ctx).user}
	return d.askACD(ctx, set, notNow)
}

// knownChoice refuses a status that is not there, and a reason that is not on the list.
func (d *doors) knownChoice(ctx context.Context, c StatusChoice) error {
	switch {
	case c.Custom != "":
		all, err := d.voiceStatuses(ctx)
		if err == nil && !slices.ContainsFunc(all, func(s live.Custom) bool { return s.ID == c.Custom }) {
			err = huma.Error422UnprocessableEntity("There is no such status any more. Load the page again.")
		}
		if err != nil {
			return err
		}
	case c.Status == "":
		return huma.Error422UnprocessableEntity("Choose a status.")
	case c.Status != acd.Unavailable:
		return nil
	}
	return d.knownReason(ctx, c.Reason)
}

func (d *doors) knownReason(ctx context.Context, reason string) error {
	if reason == "" {
		return nil
	}
	all, err := d.DB.Reasons(in(ctx))
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Active && r.Name == reason {
			return nil
		}
	}
	return huma.Error422UnprocessableEntity("This is none of the reasons for being unavailable.")
}

// customStatuses lists the active statuses of the voice channel, in their order.
func (d *doors) customStatuses(ctx context.Context, _ *struct{}) (*customStatusesOutput, error) {
	all, err := d.voiceStatuses(ctx)
	return &customStatusesOutput{all}, d.refusal(err)
}

func (d *doors) voiceStatuses(ctx context.Context) ([]live.Custom, error) {
	s, err := d.mySite(ctx)
	if err != nil {
		return nil, err
	}
	all := []live.Custom{}
	for which, one := range s.Records.Statuses {
		if one.Active && one.Channel != "chat" {
			all = append(all, live.Custom{ID: which, Name: one.Name, Colour: one.Colour, Icon: one.Icon, Effect: acd.Effect(one.Parent)})
		}
	}
	slices.SortFunc(all, func(a, b live.Custom) int {
		return cmp.Or(cmp.Compare(s.Records.Statuses[a.ID].Order, s.Records.Statuses[b.ID].Order), cmp.Compare(a.Name, b.Name))
	})
	return all, nil
}

// outcomeFirst is what a person is told whom a required outcome holds (CF-2).
const outcomeFirst = "This queue requires an outcome of each call. Choose the outcome first; then the wrap-up can end."

// askACD hands a request to the ACD; notNow is what a person is told when this is not the moment for it.
func (d *doors) askACD(ctx context.Context, s acd.Signal, notNow string) (*struct{}, error) {
	err := d.Dispatch.Ask(ctx, who(ctx).org, s)
	switch {
	case errors.Is(err, acd.ErrOutcome):
		return nil, huma.Error409Conflict(outcomeFirst)
	case errors.Is(err, acd.ErrNotNow):
		return nil, huma.Error409Conflict(notNow)
	}
	return nil, d.refusal(err)
}
