// Package site is an organisation's configuration as calls need it: loaded from the store, answered from memory.
package site

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"time"

	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/routing"
	"parley/internal/schedule"
	"parley/internal/settings"
	"parley/internal/sip"
	"parley/internal/store"
	"parley/internal/tel"
)

// Site is one organisation as it was loaded. It never changes; a change of configuration loads another.
type Site struct {
	Org      store.Organisation
	Location *time.Location
	Agents   []store.Agent
	Queues   []store.Queue
	Numbers  []store.Number
	Members  map[id.Queue][]id.Agent
	Off      map[id.Agent][]id.Queue // toggled off
	Images   map[id.Agent]string     // the address of each agent's picture (AG-7)
	Records  *Records

	Routing  *routing.Plan
	Dialing  *dialing.Plan
	Presence presence.Rules

	trunks   map[id.Trunk]sip.Trunk
	networks []network
	dialIns  map[tel.Number]bool
	contacts map[tel.Number]string // what the contact who has a number is called
	phones   map[id.Device]sip.Device
	agents   map[id.Agent]*store.Agent
	queues   map[id.Queue]*store.Queue
}

// network says from where a trunk's requests come.
type network struct {
	prefix netip.Prefix
	trunk  id.Trunk
}

// Load reads an organisation's configuration.
func Load(ctx context.Context, db *store.DB, org id.Org) (*Site, error) {
	ctx = store.WithOrg(ctx, org)
	s := &Site{Members: map[id.Queue][]id.Agent{}, Off: map[id.Agent][]id.Queue{}}
	for _, step := range []func(context.Context, *store.DB) error{
		s.loadOrg, s.loadRecords, s.loadAgents, s.loadImages, s.loadQueues, s.loadTrunks, s.loadNumbers, s.loadRoutes,
	} {
		if err := step(ctx, db); err != nil {
			return nil, fmt.Errorf("load organisation %s: %w", org, err)
		}
	}
	s.memberGroups()
	s.nameContacts()
	s.Presence = presence.RulesOf(s.Records.Org.Presence, s.Records.Presences)
	s.plan()
	return s, nil
}

func (s *Site) loadRecords(ctx context.Context, db *store.DB) (err error) {
	s.Records, err = loadRecords(ctx, db)
	return err
}

func (s *Site) loadOrg(ctx context.Context, db *store.DB) error {
	org, err := db.Organisation(ctx)
	if err != nil {
		return err
	}
	s.Org = *org
	if s.Location, err = time.LoadLocation(org.Timezone); err != nil {
		s.Location = time.UTC
	}
	return nil
}

func (s *Site) loadAgents(ctx context.Context, db *store.DB) error {
	all, err := db.AllAgents(ctx)
	if err != nil {
		return err
	}
	s.agents, s.phones = map[id.Agent]*store.Agent{}, map[id.Device]sip.Device{}
	for _, a := range all {
		if a.Active {
			s.Agents = append(s.Agents, a)
		}
	}
	for i := range s.Agents {
		a := &s.Agents[i]
		s.agents[a.ID] = a
		if a.SIPUsername != "" {
			s.phones[phoneOf(a.ID)] = s.phone(a)
		}
	}
	return nil
}

// phoneOf names the one desk phone that an agent has so far.
func phoneOf(a id.Agent) id.Device { return id.Device("phone-" + string(a)) }

// Realm is the digest realm of every desk phone; the user names are unique in the installation.
const Realm = "parley"

func (s *Site) loadImages(ctx context.Context, db *store.DB) error {
	tags, err := db.AgentImages(ctx)
	s.Images = map[id.Agent]string{}
	for which, tag := range tags {
		s.Images[which] = "/api/agents/" + url.PathEscape(string(which)) + "/image?v=" + tag
	}
	return err
}

func (s *Site) loadQueues(ctx context.Context, db *store.DB) error {
	var err error
	if s.Queues, err = db.AllQueues(ctx); err != nil {
		return err
	}
	s.queues = map[id.Queue]*store.Queue{}
	for i := range s.Queues {
		s.queues[s.Queues[i].ID] = &s.Queues[i]
	}
	members, err := db.QueueMembers(ctx)
	if err != nil {
		return err
	}
	for _, m := range members {
		if s.agents[m.Agent] != nil {
			s.Members[m.Queue] = append(s.Members[m.Queue], m.Agent)
		}
	}
	toggles, err := db.QueueToggles(ctx)
	if err != nil {
		return err
	}
	for _, t := range toggles {
		if !t.Delivers {
			s.Off[t.Agent] = append(s.Off[t.Agent], t.Queue)
		}
	}
	return nil
}

func (s *Site) loadTrunks(ctx context.Context, db *store.DB) error {
	all, err := db.AllTrunks(ctx)
	if err != nil {
		return err
	}
	s.trunks, s.Dialing = map[id.Trunk]sip.Trunk{}, &dialing.Plan{}
	for _, t := range all {
		if !t.Active {
			continue
		}
		password, err := db.Unseal(t.PasswordSealed)
		if err != nil {
			return fmt.Errorf("trunk %s: %w", t.Name, err)
		}
		s.trunks[t.ID] = s.trunk(t, s.Records.Trunks[t.ID], password)
		if err := s.network(t); err != nil {
			return err
		}
		s.wayOut(t)
	}
	return nil
}

func (s *Site) network(t store.Trunk) error {
	for _, text := range t.Networks {
		prefix, err := store.ParseNetwork(text)
		if err != nil {
			return fmt.Errorf("trunk %s: %w", t.Name, err)
		}
		s.networks = append(s.networks, network{prefix, t.ID})
	}
	return nil
}

func (s *Site) wayOut(t store.Trunk) {
	if !t.Outbound {
		return
	}
	set := s.Records.Trunks[t.ID]
	one := dialing.Trunk{
		ID: t.ID, Name: t.Name, Prefixes: t.Prefixes, AnyID: t.PresentsAnyCallerID, Format: tel.Format(set.NumberFormat),
		Caps: dialing.Caps{Channels: set.MaxChannels, PerSecond: set.CallsPerSecond},
	}
	if own, err := tel.ParseNumber(t.CallerID, s.Org.Country); err == nil {
		one.Own = own
	}
	s.Dialing.Trunks = append(s.Dialing.Trunks, one)
}

func (s *Site) loadNumbers(ctx context.Context, db *store.DB) error {
	var err error
	s.Numbers, err = db.AllNumbers(ctx)
	return err
}

func (s *Site) loadRoutes(ctx context.Context, db *store.DB) error {
	calendars, err := db.Calendars(ctx)
	if err != nil {
		return err
	}
	r := s.Records
	routes := r.Records
	routes.Agents, routes.Calendars = maps.Clone(r.Agents), map[string][]schedule.Span{}
	maps.DeleteFunc(routes.Agents, func(which id.Agent, _ settings.Agent) bool { return s.agents[which] == nil }) // nobody is sent to who is inactive
	for which, c := range calendars {
		routes.Calendars[string(which)] = c.Days.Spans
	}
	s.Routing = routing.New(routes)
	return nil
}

// plan makes the plan that dialing decides on.
func (s *Site) plan() {
	s.dialIns = map[tel.Number]bool{}
	s.Dialing.Country, s.Dialing.Extensions = s.Org.Country, map[string]dialing.Extension{}
	for _, n := range s.Numbers {
		s.Dialing.CallerIDs = append(s.Dialing.CallerIDs, dialing.CallerID{Number: n.PhoneNumber, Label: n.FriendlyName, Trunk: n.Trunk})
		s.dialIns[n.PhoneNumber] = n.DialIn
		if n.DefaultPhoneNumber {
			s.Dialing.Default = n.PhoneNumber
		}
	}
	s.dialing()
	for i := range s.Agents {
		a := &s.Agents[i]
		s.Dialing.Extensions[a.Extension] = dialing.Extension{Agent: a.ID, Name: a.FullName}
	}
}
