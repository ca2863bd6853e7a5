package site

import (
	"context"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

// location is where help is sent that an agent calls (BX-14): where the desk phone stands if the call is made by it; else where the
// agent has said to be, and at last the location of the number that is shown. It is empty where nobody has said one.
func (s *Site) location(a call.FindPlan, shown tel.Number, said store.Whereabouts) tel.Location {
	if a.Phone {
		if l, ok := s.Records.Locations[s.Records.Agents[a.Agent].EmergencyLocation]; ok {
			return l.Place()
		}
	} else if there := s.Place(said); there != (tel.Location{}) {
		return there
	}
	for _, n := range s.Records.Numbers {
		if n.PhoneNumber == string(shown) {
			return s.Records.Locations[n.EmergencyLocation].Place()
		}
	}
	return tel.Location{}
}

// Place is where a user has said to be: the company's location, or the address of the user's own; empty where neither is known.
func (s *Site) Place(said store.Whereabouts) tel.Location {
	if l, ok := s.Records.Locations[said.Location]; ok {
		return l.Place()
	}
	return said.Address
}

// whereabouts is what an agent has said of the network in which the agent started last; nothing where that cannot be read, since a call
// for help waits for nothing.
func (s *Sites) whereabouts(ctx context.Context, one *Site, a call.FindPlan) store.Whereabouts {
	if a.Phone {
		return store.Whereabouts{}
	}
	said, err := s.DB.LatestWhereabouts(store.WithOrg(ctx, one.Org.ID), id.User(one.Records.Agents[a.Agent].User))
	if err != nil {
		return store.Whereabouts{}
	}
	return said
}

// located gives the location to the trunks that carry one. A carrier that refuses the call for it must not keep it from help, so
// those trunks are tried once more without it, when every one has been tried.
func (s *Site) located(routes []call.Route, where tel.Location) []call.Route {
	if where == (tel.Location{}) {
		return routes
	}
	var plain []call.Route
	for i := range routes {
		if s.Records.Trunks[routes[i].Trunk].Geolocation {
			plain = append(plain, routes[i])
			routes[i].Location = &where
		}
	}
	return append(routes, plain...)
}
