package site

import (
	"math"

	"parley/internal/dialing"
	"parley/internal/id"
)

// Tolls are the caps that the guard keeps.
func (s *Site) Tolls() dialing.Tolls {
	d := s.Records.Org.Dialing
	return dialing.Tolls{
		User: dialing.Bounds{
			CallsHour: d.UserCallsHour, CallsDay: d.UserCallsDay, MinutesHour: d.UserMinutesHour, MinutesDay: d.UserMinutesDay,
			AbroadHour: d.UserInternationalHour, AbroadDay: d.UserInternationalDay, SpendHour: d.UserSpendHour, SpendDay: d.UserSpendDay,
		},
		Trunk: dialing.Bounds{
			CallsHour: d.TrunkCallsHour, CallsDay: d.TrunkCallsDay, MinutesHour: d.TrunkMinutesHour, MinutesDay: d.TrunkMinutesDay,
			AbroadHour: d.TrunkInternationalHour, AbroadDay: d.TrunkInternationalDay, SpendHour: d.TrunkSpendHour, SpendDay: d.TrunkSpendDay,
		},
		Organisation: dialing.Bounds{
			CallsHour: d.CallsHour, CallsDay: d.CallsDay, MinutesHour: d.MinutesHour, MinutesDay: d.MinutesDay,
			AbroadHour: d.InternationalHour, AbroadDay: d.InternationalDay, SpendHour: d.SpendHour, SpendDay: d.SpendDay,
		},
		BurstCalls: d.BurstCalls, BurstMinutes: d.BurstMinutes, Rates: s.rates(), Currency: d.Currency,
	}
}

// rates are what calls cost, a line for each prefix.
func (s *Site) rates() (all []dialing.Rate) {
	for _, r := range s.Records.Rates {
		for _, prefix := range r.Prefixes {
			all = append(all, dialing.Rate{Prefix: prefix, Trunk: id.Trunk(r.Trunk), Minute: money(r.Minute), Fee: money(r.Fee)})
		}
	}
	return all
}

func money(amount float64) dialing.Money {
	return dialing.Money(math.Round(amount * float64(dialing.Unit)))
}
