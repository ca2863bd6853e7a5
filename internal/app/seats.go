package app

import (
	"parley/internal/callcontrol"
	"parley/internal/site"
	"parley/internal/station"
	"parley/internal/store"
)

func (a *App) seats(s *site.Site) []callcontrol.Seat {
	var all []callcontrol.Seat
	for i := range s.Agents {
		all = append(all, a.seat(s, &s.Agents[i]))
	}
	return all
}

// seat is how an agent can be rung, as the agent's profile and presence say.
func (a *App) seat(s *site.Site, one *store.Agent) callcontrol.Seat {
	seat := callcontrol.Seat{
		Agent: one.ID, Org: s.Org.ID, Name: one.FullName, Extension: one.Extension, Record: one.RecordOutgoingAutomatically,
		Preferred: deviceOf[string(one.PreferredDevice)], Strategy: station.Strategy(one.RingStrategy),
		Number: one.ReceivingNumber, Language: s.Language(),
	}
	if d, ok := s.Phone(one.ID); ok {
		seat.Phone = d.ID
	}
	for _, name := range a.sites.DirectDevices(s, one.ID) {
		seat.Direct = append(seat.Direct, deviceOf[name])
	}
	return seat
}

// deviceOf is what settings call the devices of a station.
var deviceOf = map[string]station.Device{
	string(store.Softphone): station.Browser, string(store.DeskPhone): station.DeskPhone, string(store.ReceivingNumber): station.Number,
}
