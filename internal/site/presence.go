package site

import (
	"context"
	"fmt"
	"maps"

	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/store"
	"parley/internal/tel"
)

// loadPicks reads what the users of an organisation have picked, once: afterwards SetPresence tells of every change.
func (s *Sites) loadPicks(ctx context.Context, org id.Org) error {
	s.mu.RLock()
	_, known := s.picks[org]
	s.mu.RUnlock()
	if known {
		return nil
	}
	all, err := s.DB.Presences(store.WithOrg(ctx, org))
	if err != nil {
		return fmt.Errorf("load presences of organisation %s: %w", org, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.picks == nil {
		s.picks = map[id.Org]map[id.User]presence.Own{}
	}
	s.picks[org] = all
	return nil
}

// SetPresence stores what a user has picked and lets it act on the next call.
func (s *Sites) SetPresence(ctx context.Context, org id.Org, user id.User, own presence.Own) error {
	s.picking.Lock() // so that memory ends with what the store ends with
	defer s.picking.Unlock()
	if err := s.DB.SetPresence(store.WithOrg(ctx, org), user, own); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := maps.Clone(s.picks[org])
	if all == nil {
		all = map[id.User]presence.Own{}
	}
	all[user] = own
	s.picks[org] = all
	return nil
}

// Picks are what the users of an organisation have picked; who has picked nothing is not among them. It is not to be changed.
func (s *Sites) Picks(org id.Org) map[id.User]presence.Own {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.picks[org]
}

// direct is what holds for direct calls to an agent now.
func (s *Sites) direct(one *Site, which id.Agent) presence.Direct {
	a := one.Routing.Agents[which].Agent
	return one.Presence.Direct(a, s.Picks(one.Org.ID)[id.User(a.User)])
}

// DirectDevices are those that ring for direct calls to an agent now; none: as the agent's profile says (PR-3).
func (s *Sites) DirectDevices(one *Site, which id.Agent) []string {
	return s.direct(one, which).Devices
}

// nameContacts lets a number be looked up among the contacts; of several with one number the first by title counts.
func (s *Site) nameContacts() {
	s.contacts = map[tel.Number]string{}
	for _, c := range s.Records.Contacts {
		title := c.Title()
		for _, n := range c.Numbers {
			if known, ok := s.contacts[tel.Number(n)]; !ok || title < known {
				s.contacts[tel.Number(n)] = title
			}
		}
	}
}
