package site

import (
	"parley/internal/call"
	"parley/internal/tel"
)

// location is where help is sent that an agent calls (BX-14): where the desk phone stands if the call is made by it, else the
// location of the number that is shown. It is empty where nobody has said one.
func (s *Site) location(a call.FindPlan, shown tel.Number) tel.Location {
	if a.Phone {
		if l, ok := s.Records.Locations[s.Records.Agents[a.Agent].EmergencyLocation]; ok {
			return l.Place()
		}
	}
	for _, n := range s.Records.Numbers {
		if n.PhoneNumber == string(shown) {
			return s.Records.Locations[n.EmergencyLocation].Place()
		}
	}
	return tel.Location{}
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
