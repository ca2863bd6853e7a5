package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/settings"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/tel"
)

// Whereabouts is where help would be sent that the viewer calls from this network (BX-14).
type Whereabouts struct {
	Ask      bool               `json:"ask" doc:"the viewer has not said where this network is, and the company wants to know"`
	Location string             `json:"location,omitempty" doc:"the company's location that the viewer has said"`
	Address  *settings.Location `json:"address,omitempty" doc:"the address of the viewer's own"`
	Words    string             `json:"words,omitempty" doc:"what the viewer has said, in one line"`
	Choices  []LocationNamed    `json:"choices" doc:"the company's locations"`
}

// LocationNamed is one of the company's locations.
type LocationNamed struct {
	ID    string `json:"id"`
	Words string `json:"words"`
}

var errNoOrganisation = huma.Error503ServiceUnavailable("The organisation is not known here.")

type (
	whereInput struct {
		request
	}
	setWhereInput struct {
		request
		Body struct {
			Location string             `json:"location,omitempty" maxLength:"100" doc:"one of the company's"`
			Address  *settings.Location `json:"address,omitempty" doc:"another address"`
		}
	}
	whereOutput struct{ Body Whereabouts }
)

func (d *doors) whereaboutsRoutes(api huma.API) {
	route(api, http.MethodGet, "/station/location", access.UsePhone, "Where help would be sent that you call from this network", d.showWhere)
	route(api, http.MethodPut, "/station/location", access.UsePhone, "Say where you are in this network, for calls for help", d.setWhere)
}

// seeNetwork notes from which network the viewer works now. Nobody is kept from work because that fails.
func (d *doors) seeNetwork(ctx context.Context, from *request) {
	network := store.NetworkOf(from.addr())
	if err := d.DB.SeeWhereabouts(in(ctx), who(ctx).user, network); err != nil {
		d.Log.Error("network of a start not noted", "user", who(ctx).user, "err", err)
	}
}

func (d *doors) showWhere(ctx context.Context, i *whereInput) (*whereOutput, error) {
	said, err := d.DB.Whereabouts(in(ctx), who(ctx).user, store.NetworkOf(i.addr()))
	if err != nil {
		return nil, d.refusal(err)
	}
	return d.whereOf(ctx, said)
}

func (d *doors) whereOf(ctx context.Context, said store.Whereabouts) (*whereOutput, error) {
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return nil, errNoOrganisation
	}
	place := s.Place(said)
	out := &whereOutput{Body: Whereabouts{
		Ask: s.Records.Org.AskWhere && place == (tel.Location{}), Location: said.Location, Words: place.Words(), Choices: choicesOf(s),
	}}
	if said.Address != (tel.Location{}) {
		a := said.Address
		out.Body.Address = &settings.Location{
			Name: a.Name, Street: a.Street, City: a.City, Region: a.Region, PostalCode: a.PostalCode, Country: a.Country,
			Floor: a.Floor, Room: a.Room,
		}
	}
	return out, nil
}

func choicesOf(s *site.Site) []LocationNamed {
	all := []LocationNamed{}
	for which, l := range s.Records.Locations {
		all = append(all, LocationNamed{ID: which, Words: l.Place().Words()})
	}
	slices.SortFunc(all, func(a, b LocationNamed) int { return cmp.Or(cmp.Compare(a.Words, b.Words), cmp.Compare(a.ID, b.ID)) })
	return all
}

// setWhere keeps either a location of the company or an address.
func (d *doors) setWhere(ctx context.Context, i *setWhereInput) (*whereOutput, error) {
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return nil, errNoOrganisation
	}
	said := store.Whereabouts{User: who(ctx).user, Network: store.NetworkOf(i.addr()), Location: i.Body.Location}
	switch address := i.Body.Address; {
	case (address == nil) == (said.Location == ""):
		return nil, huma.Error422UnprocessableEntity("Choose one of the company's locations, or give an address.")
	case address != nil:
		if wrong := address.Check(); len(wrong) > 0 {
			return nil, huma.Error422UnprocessableEntity("The address is not complete.", &huma.ErrorDetail{
				Location: "body.address." + wrong[0].Field, Message: wrong[0].What,
			})
		}
		said.Address = address.Place()
	default:
		if _, known := s.Records.Locations[said.Location]; !known {
			return nil, huma.Error422UnprocessableEntity("There is no such location any more. Choose another.")
		}
	}
	if err := d.DB.ConfirmWhereabouts(in(ctx), &said); err != nil {
		return nil, d.refusal(err)
	}
	return d.whereOf(ctx, said)
}
