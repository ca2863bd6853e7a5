package api

import (
	"context"
	"net/http"

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
	row, err := d.DB.Shelves().Org.Update(in(ctx), actor(ctx, &q.request), string(org), q.Body.Version, q.Body.Fields.is)
	if err == nil {
		err = d.Changed(ctx, org)
	}
	return &recordOutput[settings.Organisation]{row}, d.refusal(err)
}
