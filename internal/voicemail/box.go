package voicemail

import (
	"cmp"
	"context"
	"slices"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// Box is a mailbox as it is now.
type Box struct {
	ID      id.Mailbox
	Version int
	settings.Mailbox
	// Owner is whose personal mailbox it is, as an agent; Agents are those it belongs to: the owner, or of a shared one the members
	// of the queues that use it, and the agents whose direct calls it takes (VM-2, VM-12).
	Owner  id.Agent
	Agents []id.Agent
	// Extension is the owner's; Dial are the digits by which it is reached by telephone (empty: not at all), Notice where its notices go.
	Extension string
	Dial      string
	Notice    string
}

// Person is who wants something of a mailbox.
type Person struct {
	User  id.User
	Agent id.Agent // empty: the user is no agent
	Admin bool
}

// Of tells whether the mailbox is the person's own, or of a queue that the person belongs to.
func (b *Box) Of(p Person) bool {
	return b.OwnedBy(p) || p.Agent != "" && slices.Contains(b.Agents, p.Agent)
}

// OwnedBy tells whether it is the person's own.
func (b *Box) OwnedBy(p Person) bool {
	return p.User != "" && b.User == string(p.User) || p.Agent != "" && b.Owner == p.Agent
}

// Opens tells whether the person may hear and change what is in it (VM-2).
func (b *Box) Opens(p Person) bool { return p.Admin || b.Of(p) }

// boxes reads the mailboxes of the context's organisation, by name.
func boxes(ctx context.Context, db *store.DB) ([]Box, error) {
	shelves := db.Shelves()
	rows, err := shelves.Mailboxes.All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	agents, err := shelves.Agents.All(ctx)
	if err != nil {
		return nil, err
	}
	users, err := shelves.Users.All(ctx)
	if err != nil {
		return nil, err
	}
	teams, err := teamsOf(ctx, shelves, agents)
	if err != nil {
		return nil, err
	}
	all := make([]Box, len(rows))
	for i, row := range rows {
		all[i] = Box{ID: id.Mailbox(row.ID), Version: row.Version, Mailbox: row.Fields, Dial: row.Fields.Number, Notice: row.Fields.Email}
		all[i].meet(agents, teams[row.ID])
		all[i].address(users)
	}
	return all, nil
}

// meet finds whose mailbox it is.
func (b *Box) meet(agents []store.Saved[settings.Agent], team []id.Agent) {
	b.Agents = team
	for _, a := range agents {
		if a.Fields.User == b.User && b.User != "" {
			b.Owner, b.Extension = id.Agent(a.ID), a.Fields.Extension
			b.Dial = cmp.Or(b.Dial, a.Fields.Extension)
			b.Agents = append(b.Agents, b.Owner)
		}
	}
	slices.Sort(b.Agents)
	b.Agents = slices.Compact(b.Agents)
}

// address finds where notices go when the mailbox does not say: to its owner.
func (b *Box) address(users []store.Saved[settings.User]) {
	for _, u := range users {
		if b.Notice == "" && u.ID == b.User {
			b.Notice = u.Fields.Email
		}
	}
}

// teamsOf gives, by mailbox, the members of the queues that use it and the agents who share it.
func teamsOf(ctx context.Context, shelves store.Shelves, agents []store.Saved[settings.Agent]) (map[string][]id.Agent, error) {
	queues, err := shelves.Queues.All(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := shelves.Groups.All(ctx)
	if err != nil {
		return nil, err
	}
	teams := map[string][]id.Agent{}
	for _, a := range agents {
		if a.Fields.SharedMailbox != "" {
			teams[a.Fields.SharedMailbox] = append(teams[a.Fields.SharedMailbox], id.Agent(a.ID))
		}
	}
	for _, q := range queues {
		for _, r := range q.Fields.Refs() {
			if r.Kind == settings.KindMailbox {
				teams[r.ID] = append(teams[r.ID], members(q.Fields.Members, groups, agents)...)
			}
		}
	}
	return teams, nil
}

// members are the agents of a queue, by name and by their users' groups.
func members(of settings.Members, groups []store.Saved[settings.Group], agents []store.Saved[settings.Agent]) []id.Agent {
	var all []id.Agent
	for _, a := range of.Agents {
		all = append(all, id.Agent(a))
	}
	for _, g := range groups {
		if !slices.Contains(of.Groups, g.ID) {
			continue
		}
		for _, a := range agents {
			if slices.Contains(g.Fields.Users, a.Fields.User) {
				all = append(all, id.Agent(a.ID))
			}
		}
	}
	return all
}
