package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/settings"
	"parley/internal/store"
)

// Favourites are whom a user calls often: colleagues by their user, contacts whole (PR-5).
type Favourites struct {
	Users    []string                        `json:"users"`
	Contacts []store.Saved[settings.Contact] `json:"contacts"`
}

type (
	favouritesOutput struct{ Body Favourites }
	favouriteInput   struct {
		Kind string `path:"kind" enum:"user,contact"`
		ID   string `path:"id" maxLength:"100"`
	}
)

func (d *doors) favouriteRoutes(api huma.API) {
	route(api, http.MethodGet, "/favourites", access.UseContacts, "Whom the user calls often", d.favourites)
	route(api, http.MethodPut, "/favourites/{kind}/{id}", access.UseContacts, "Add to the own favourites", d.addFavourite)
	route(api, http.MethodDelete, "/favourites/{kind}/{id}", access.UseContacts, "Take out of the own favourites", d.dropFavourite)
}

func (d *doors) favourites(ctx context.Context, _ *struct{}) (*favouritesOutput, error) {
	all, err := d.DB.Favourites(in(ctx), who(ctx).user)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &favouritesOutput{Favourites{Users: []string{}, Contacts: []store.Saved[settings.Contact]{}}}
	for _, f := range all {
		if f.Kind == "user" {
			out.Body.Users = append(out.Body.Users, f.Target)
			continue
		}
		contact, err := d.DB.Shelves().Contacts.Get(in(ctx), f.Target)
		if errors.Is(err, store.ErrNotFound) { // it was deleted since
			continue
		}
		if err != nil {
			return nil, d.refusal(err)
		}
		out.Body.Contacts = append(out.Body.Contacts, contact)
	}
	return out, nil
}

func (d *doors) addFavourite(ctx context.Context, q *favouriteInput) (*struct{}, error) {
	return d.setFavourite(ctx, q, true)
}

func (d *doors) dropFavourite(ctx context.Context, q *favouriteInput) (*struct{}, error) {
	return d.setFavourite(ctx, q, false)
}

func (d *doors) setFavourite(ctx context.Context, q *favouriteInput, on bool) (*struct{}, error) {
	return nil, d.refusal(d.DB.SetFavourite(in(ctx), store.Favourite{User: who(ctx).user, Kind: q.Kind, Target: q.ID}, on))
}
