package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/site"
)

// PresenceChoice is what a user picks as presence, and says instead of what it carries (PR-2, PR-3).
type PresenceChoice struct {
	Presence     string          `json:"presence" maxLength:"50"`
	Text         string          `json:"text,omitempty" maxLength:"100" doc:"such as: until 16:00"`
	DoNotDisturb presence.Switch `json:"do_not_disturb,omitempty" enum:",on,off" doc:"empty: as the presence says"`
	Forwarding   string          `json:"forwarding,omitempty" enum:",off,failover,always" doc:"empty: as the presence says"`
	ForwardTo    string          `json:"forward_to,omitempty" maxLength:"50" doc:"a number or an extension; empty: as the agent's profile says"`

	Devices []string `json:"devices,omitempty" maxItems:"3" enum:"softphone,desk_phone,receiving_number" doc:"empty: as the presence says"`
}

// PresenceEntry is one of the presences that can be picked.
type PresenceEntry struct {
	ID     string          `json:"id"`
	Name   string          `json:"name"`
	Colour presence.Colour `json:"colour" enum:"green,amber,red"`
}

// OwnPresence is what a user has picked and can pick.
type OwnPresence struct {
	PresenceChoice
	Since     time.Time       `json:"since,omitzero"`
	Active    bool            `json:"active" doc:"presences change direct calls; else they are only shown"`
	Overrides bool            `json:"overrides" doc:"the user may say otherwise than the presence"`
	Choices   []PresenceEntry `json:"choices"`
}

type (
	ownPresenceOutput struct{ Body OwnPresence }
	setPresenceInput  struct{ Body PresenceChoice }
)

func (d *doors) presenceRoutes(api huma.API) {
	route(api, http.MethodGet, "/presence", access.UseContacts, "The own presence, and those to pick", d.ownPresence)
	route(api, http.MethodPut, "/presence", access.UseContacts, "Pick the own presence", d.setPresence)
}

func (d *doors) ownPresence(ctx context.Context, _ *struct{}) (*ownPresenceOutput, error) {
	v := who(ctx)
	one, ok := d.Sites.Of(v.org)
	if !ok {
		return nil, huma.Error404NotFound("Your organisation is not known here.")
	}
	own := d.Sites.Picks(v.org)[v.user]
	which, _ := one.Presence.Of(own)
	out := &ownPresenceOutput{OwnPresence{
		PresenceChoice: PresenceChoice{
			Presence: which, Text: own.Text, DoNotDisturb: own.DoNotDisturb, Forwarding: own.Forwarding, ForwardTo: own.ForwardTo,
			Devices: own.Devices,
		},
		Since: own.Since, Active: one.Presence.Active, Overrides: one.Presence.Overrides, Choices: []PresenceEntry{},
	}}
	for _, each := range one.Presence.IDs() {
		look := one.Presence.Look(presence.Own{Presence: each}, false)
		out.Body.Choices = append(out.Body.Choices, PresenceEntry{ID: each, Name: look.Name, Colour: look.Colour})
	}
	return out, nil
}

func (d *doors) setPresence(ctx context.Context, in *setPresenceInput) (*struct{}, error) {
	v, b := who(ctx), in.Body
	one, ok := d.Sites.Of(v.org)
	if !ok {
		return nil, huma.Error404NotFound("Your organisation is not known here.")
	}
	if _, known := one.Presence.All[b.Presence]; !known {
		return nil, huma.Error422UnprocessableEntity("There is no such presence: pick one of the list.")
	}
	before := d.Sites.Picks(v.org)[v.user]
	own := presence.Own{Presence: b.Presence, Text: strings.Join(strings.Fields(b.Text), " "), Since: before.Since}
	own.Overrides = presence.Overrides{
		DoNotDisturb: b.DoNotDisturb, Forwarding: b.Forwarding, ForwardTo: strings.TrimSpace(b.ForwardTo), Devices: b.Devices,
	}
	if own.Presence != before.Presence || before.Since.IsZero() {
		own.Since = time.Now().UTC().Truncate(time.Microsecond)
	}
	if !sameOverrides(before.Overrides, own.Overrides) {
		if err := mayOverride(one, v, own.Overrides); err != nil {
			return nil, err
		}
	}
	return nil, d.refusal(d.Picked(ctx, v.org, v.user, own))
}

func sameOverrides(a, b presence.Overrides) bool {
	return a.DoNotDisturb == b.DoNotDisturb && a.Forwarding == b.Forwarding && a.ForwardTo == b.ForwardTo && slices.Equal(a.Devices, b.Devices)
}

// mayOverride refuses what the organisation or the number plan does not let the user choose (PR-3, AG-8, PM-7).
func mayOverride(one *site.Site, v viewer, o presence.Overrides) error {
	var agent id.Agent
	if v.agent != nil {
		agent = v.agent.ID
	}
	err := one.MayOverride(agent, o)
	if r := (site.OverrideRefusal{}); errors.As(err, &r) && !r.Forbidden {
		return huma.Error422UnprocessableEntity(r.Why)
	}
	if err != nil {
		return huma.Error403Forbidden(err.Error())
	}
	return nil
}
