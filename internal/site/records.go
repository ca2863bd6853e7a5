package site

import (
	"context"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// Records are what administrators set, by id: what leads callers, and the rest.
type Records struct {
	routing.Records
	Trunks    map[id.Trunk]settings.Trunk
	Classes   map[string]settings.Class
	Statuses  map[string]settings.Status
	Outcomes  map[string]settings.Outcome
	Locations map[string]settings.Location
	Rates     map[string]settings.Rate
	Presences map[string]settings.Presence
	Contacts  map[string]settings.Contact
	TagKeys   map[string]settings.TagKey
	Paging    map[string]settings.Paging

	TransferNumbers map[string]settings.TransferNumber
	Campaigns       map[id.Campaign]settings.Campaign
	LeadLists       map[id.LeadList]settings.LeadList
}

func loadRecords(ctx context.Context, db *store.DB) (*Records, error) {
	s, r := db.Shelves(), &Records{}
	org, err := s.Org.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range org {
		r.Org = one.Fields
	}
	for _, load := range []func() error{
		fill(ctx, s.Queues, &r.Queues), fill(ctx, s.Agents, &r.Agents), fill(ctx, s.Numbers, &r.Numbers), fill(ctx, s.Trunks, &r.Trunks),
		fill(ctx, s.Users, &r.Users), fill(ctx, s.Menus, &r.Menus), fill(ctx, s.Ranges, &r.Ranges), fill(ctx, s.Routers, &r.Routers),
		fill(ctx, s.Audio, &r.Audio), fill(ctx, s.Mailboxes, &r.Mailboxes), fill(ctx, s.Classes, &r.Classes), fill(ctx, s.Groups, &r.Groups),
		fill(ctx, s.Statuses, &r.Statuses), fill(ctx, s.Outcomes, &r.Outcomes), fill(ctx, s.Locations, &r.Locations),
		fill(ctx, s.Rates, &r.Rates),
		fill(ctx, s.Presences, &r.Presences), fill(ctx, s.Contacts, &r.Contacts),
		fill(ctx, s.TagKeys, &r.TagKeys), fill(ctx, s.Paging, &r.Paging), fill(ctx, s.TransferNumbers, &r.TransferNumbers),
		fill(ctx, s.Campaigns, &r.Campaigns), fill(ctx, s.LeadLists, &r.LeadLists),
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func fill[K ~string, T settings.Record](ctx context.Context, shelf store.Shelf[T], into *map[K]T) func() error {
	return func() error {
		all, err := shelf.All(ctx)
		if err != nil {
			return err
		}
		*into = make(map[K]T, len(all))
		for _, one := range all {
			(*into)[K(one.ID)] = one.Fields
		}
		return nil
	}
}

// memberGroups adds the agents of the groups that are members of queues, after those who are members themselves (QU-2).
func (s *Site) memberGroups() {
	byUser := s.agentsByUser()
	for i := range s.Queues {
		q := &s.Queues[i]
		seen := map[id.Agent]bool{}
		for _, a := range s.Members[q.ID] {
			seen[a] = true
		}
		for _, g := range s.Records.Queues[q.ID].Members.Groups {
			for _, u := range s.Records.Groups[g].Users {
				if a, ok := byUser[u]; ok && !seen[a] {
					seen[a] = true
					s.Members[q.ID] = append(s.Members[q.ID], a)
				}
			}
		}
	}
}

func (s *Site) agentsByUser() map[string]id.Agent {
	byUser := map[string]id.Agent{}
	for i := range s.Agents {
		byUser[string(s.Agents[i].User)] = s.Agents[i].ID
	}
	return byUser
}

// Language is what callers of the organisation are spoken to in where nothing else is said.
func (s *Site) Language() prompt.Language {
	if l := prompt.Language(s.Records.Org.Language); l.Known() {
		return l
	}
	return prompt.LanguageOf(s.Org.Country)
}
