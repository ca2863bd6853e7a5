package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/settings"
)

type organisationInput struct {
	request
	Body struct {
		Version int                           `json:"version" minimum:"1"`
		Fields  fields[settings.Organisation] `json:"fields"`
	}
}

func (d *doors) organisationRoutes(api huma.API) {
	route(api, http.MethodGet, "/settings/organisation", access.Administrate, "Read the settings of the organisation", d.organisation)
	route(api, http.MethodPut, "/settings/organisation", access.Administrate, "Change the settings of the organisation", d.setOrganisation)
}

func (d *doors) organisation(ctx context.Context, _ *struct{}) (*recordOutput[settings.Organisation], error) {
	row, err := d.DB.Shelves().Org.Get(in(ctx), string(who(ctx).org))
	return &recordOutput[settings.Organisation]{row}, d.refusal(err)
}

func (d *doors) setOrganisation(ctx context.Context, q *organisationInput) (*recordOutput[settings.Organisation], error) {
	org := who(ctx).org
	if err := d.guardEmergencies(in(ctx), q.Body.Fields.is.Emergency); err != nil {
		return nil, d.refusal(err)
	}
	if err := d.guardTexts(in(ctx), q.Body.Fields.is.EmergencyTexts); err != nil {
		return nil, d.refusal(err)
	}
	row, err := d.DB.Shelves().Org.Update(in(ctx), actor(ctx, &q.request), string(org), q.Body.Version, q.Body.Fields.is)
	if err == nil {
		err = d.Changed(ctx, org)
	}
	return &recordOutput[settings.Organisation]{row}, d.refusal(err)
}

// guardEmergencies refuses an emergency number of the organisation's own that is an agent's extension (AG-6).
func (d *doors) guardEmergencies(ctx context.Context, numbers []string) error {
	if len(numbers) == 0 {
		return nil
	}
	agents, err := d.DB.Shelves().Agents.All(ctx)
	if err != nil {
		return err
	}
	for _, a := range agents {
		if i := slices.Index(numbers, a.Fields.Extension); i >= 0 {
			return wrong(fmt.Sprintf("emergency_numbers[%d]", i), "is the extension of %s: give that agent another one first", a.Title)
		}
	}
	return nil
}

// guardTexts refuses numbers that text messages are to go to while no trunk takes any.
func (d *doors) guardTexts(ctx context.Context, numbers []string) error {
	if len(numbers) == 0 {
		return nil
	}
	trunks, err := d.DB.Shelves().Trunks.All(ctx)
	if err != nil {
		return err
	}
	for _, t := range trunks {
		if t.Fields.Active && t.Fields.TextMessages {
			return nil
		}
	}
	return wrong("emergency_texts", "no trunk in use takes text messages: switch them on at one whose carrier does, or leave this empty")
}
