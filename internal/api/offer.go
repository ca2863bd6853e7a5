package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/station"
)

type offerInput struct {
	ID   id.Offer `path:"id" maxLength:"100"`
	Body struct {
		Tab id.Tab `json:"tab" maxLength:"100"`
	}
}

func (d *doors) offerRoutes(api huma.API) {
	route(api, http.MethodPost, "/offers/{id}/answer", access.UsePhone, "Answer a ringing call", d.answerOffer)
	route(api, http.MethodPost, "/offers/{id}/reject", access.UsePhone, "Reject a ringing call", d.rejectOffer)
}

func (d *doors) answerOffer(ctx context.Context, in *offerInput) (*struct{}, error) {
	return d.askStation(ctx, station.Answer{Offer: in.ID, Tab: in.Body.Tab})
}

func (d *doors) rejectOffer(ctx context.Context, in *offerInput) (*struct{}, error) {
	return d.askStation(ctx, station.Reject{Offer: in.ID})
}
