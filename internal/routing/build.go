package routing

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/schedule"
	"parley/internal/settings"
	"parley/internal/tel"
)

// Records are what administrators set of an organisation, by id, as far as it leads callers.
type Records struct {
	Org       settings.Organisation
	Numbers   map[id.Number]settings.Number
	Queues    map[id.Queue]settings.Queue
	Agents    map[id.Agent]settings.Agent
	Users     map[id.User]settings.User
	Groups    map[string]settings.Group
	Menus     map[string]settings.Menu
	Routers   map[string]settings.TimeRouter
	Ranges    map[string]settings.TimeRange
	Mailboxes map[string]settings.Mailbox
	Audio     map[string]settings.Audio
	Calendars map[string][]schedule.Span // of time ranges, by their id
}

// New makes the plan of an organisation. What cannot be read of a record is told by Warnings, and callers are led round it.
func New(r Records) *Plan {
	p := &Plan{
		Country: r.Org.Country, Emergency: r.Org.Emergency, Home: time.UTC, Language: prompt.Language(r.Org.Language), Fallback: r.Org.Fallback,
		Numbers: map[tel.Number]Number{}, Ranges: map[id.TimeRange]Range{}, Queues: map[id.Queue]Queue{}, Agents: map[id.Agent]Agent{},
		Menus: byID[id.Menu](r.Menus), Routers: byID[id.Router](r.Routers), Mailboxes: byID[id.Mailbox](r.Mailboxes),
		Audio: map[id.Audio]string{}, Extensions: map[string]id.Agent{},
	}
	if !p.Language.Known() {
		p.Language = prompt.LanguageOf(p.Country)
	}
	if home, err := time.LoadLocation(r.Org.Timezone); err == nil {
		p.Home = home
	}
	for which, n := range r.Numbers {
		p.Numbers[tel.Number(n.PhoneNumber)] = Number{
			ID: which, Number: tel.Number(n.PhoneNumber), Label: cmp.Or(n.FriendlyName, n.PhoneNumber), Trunk: id.Trunk(n.Trunk),
			Destination: n.Destination, MenuData: n.MenuData, MenuText: n.MenuText, Language: prompt.Language(n.Language),
			Precedence: precedence(n.Precedence),
		}
	}
	for which, one := range r.Ranges {
		p.Ranges[id.TimeRange(which)] = readRange(one, r.Calendars[which], p.Home)
	}
	for which, a := range r.Audio {
		p.Audio[id.Audio(which)] = a.Filename
	}
	p.people(r)
	return p
}

func byID[K ~string, T any](all map[string]T) map[K]T {
	made := make(map[K]T, len(all))
	for which, one := range all {
		made[K(which)] = one
	}
	return made
}

func readRange(r settings.TimeRange, days []schedule.Span, home *time.Location) Range {
	if r.Calendar == "" {
		days = nil // what it gave once counts no more
	}
	hours, err := schedule.Read(r.Range, days, home)
	if err != nil {
		return Range{Name: r.Name, Trouble: err.Error()}
	}
	return Range{Name: r.Name, Hours: hours}
}

// personal gives the mailboxes that are their users' own, by user; of several, which earlier versions could store, always the same one.
func personal(all map[string]settings.Mailbox) map[string]string {
	own := map[string]string{}
	for which, m := range all {
		if m.Personal() && (own[m.User] == "" || which < own[m.User]) {
			own[m.User] = which
		}
	}
	return own
}

// people adds agents, and queues with their members: agents in their order, then those of groups (QU-2).
func (p *Plan) people(r Records) {
	byUser, boxes := map[string]id.Agent{}, personal(r.Mailboxes)
	for which, a := range r.Agents {
		u := r.Users[id.User(a.User)]
		a.PersonalMailbox = cmp.Or(a.PersonalMailbox, boxes[a.User])
		p.Agents[which] = Agent{Agent: a, Name: cmp.Or(a.DisplayName, strings.TrimSpace(u.FirstName+" "+u.LastName), a.Extension)}
		if a.Active && a.Extension != "" {
			p.Extensions[a.Extension] = which
		}
		if a.Active {
			byUser[a.User] = which
		}
	}
	for which, q := range r.Queues {
		one := Queue{Queue: q}
		add := func(a id.Agent) {
			if p.Agents[a].Active && !slices.Contains(one.Agents, a) {
				one.Agents = append(one.Agents, a)
			}
		}
		for _, a := range q.Members.Agents {
			add(id.Agent(a))
		}
		for _, g := range q.Members.Groups {
			for _, u := range r.Groups[g].Users {
				add(byUser[u])
			}
		}
		p.Queues[which] = one
	}
}
