package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"parley/internal/acd"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/presence"
	"parley/internal/site"
)

// picture is what the screens know of an organisation from its configuration.
func (a *App) picture(s *site.Site) live.Site {
	p := live.Site{Location: s.Location, Presence: s.Presence, Picks: a.sites.Picks(s.Org.ID), People: people(s)}
	codes := s.Records.Org.Codes
	p.Codes = live.Codes{DoNotDisturb: codes.DoNotDisturb, Available: codes.Available}
	p.Slots = a.sites.Parking(s.Org.ID, "").Slots
	p.HideSupervision, p.AgentAssist = s.Records.Org.HideWatch, s.Records.Org.AgentAssist
	for _, q := range s.Queues {
		p.Queues = append(p.Queues, live.SiteQueue{
			ID: q.ID, Name: q.Name, Members: s.Members[q.ID], WaitWarningSeconds: q.WaitWarningSeconds,
			WaitCriticalSeconds: q.WaitCriticalSeconds, ServiceLevelSeconds: q.SLSeconds, ShortAbandonSeconds: q.ShortAbandonSeconds,
			Toggle: s.QueueNumber(q.ID),
		})
	}
	for _, a := range s.Agents {
		p.Agents = append(p.Agents, live.SiteAgent{
			ID: a.ID, Name: a.FullName, Extension: a.Extension, CanRecord: s.Switches(a.User).RecordingControl,
			Off: s.Off[a.ID], Image: s.Images[a.ID],
		})
	}
	p.Statuses = map[string]live.Custom{}
	for which, c := range s.Records.Statuses {
		p.Statuses[which] = live.Custom{ID: which, Name: c.Name, Colour: c.Colour, Icon: c.Icon, Effect: acd.Effect(c.Parent)}
	}
	return p
}

// people are the users by name; those who are agents can be called.
func people(s *site.Site) []live.SitePerson {
	byUser := map[id.User]live.SitePerson{}
	for _, a := range s.Agents {
		byUser[a.User] = live.SitePerson{
			User: a.User, Agent: a.ID, Name: a.FullName, Extension: a.Extension, Transfers: s.Switches(a.User).TransfersWhileUnavailable,
		}
	}
	var all []live.SitePerson
	for which, u := range s.Records.Users {
		one, agent := byUser[which]
		if !agent {
			one = live.SitePerson{User: which, Name: cmp.Or(strings.TrimSpace(u.FirstName+" "+u.LastName), u.Email)}
		}
		if u.Active {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b live.SitePerson) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.User, b.User))
	})
	return all
}

// picked stores what a user has picked as presence: it acts on the next call and shows on every screen.
func (a *App) picked(ctx context.Context, org id.Org, user id.User, own presence.Own) error {
	if err := a.sites.SetPresence(ctx, org, user, own); err != nil {
		return err
	}
	if s, ok := a.sites.Of(org); ok {
		for i := range s.Agents {
			if s.Agents[i].User == user {
				a.exchange.Seats([]callcontrol.Seat{a.seat(s, &s.Agents[i])})
			}
		}
	}
	a.hub.PresenceChanged(org, user, own)
	return nil
}
