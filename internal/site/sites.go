package site

import (
	"context"
	"sync"
	"time"

	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/prompt"
	"parley/internal/sip"
	"parley/internal/store"
	"parley/internal/tel"
)

// Sites holds every organisation of this machine. It answers the SIP server and the calls from memory; only the
// customer is looked up in the store.
type Sites struct {
	DB *store.DB
	// Guard gives leave for outbound calls; nil gives it to all that the class of service allows.
	Guard Guard
	// Down tells which trunks do not answer now; nil: none.
	Down func(id.Trunk) bool
	// Press does what an agent has dialled a feature code for, with what followed the code; it gives what the agent hears, or an error
	// that says in words why it is not done. nil: codes that do something are refused.
	Press func(ctx context.Context, one *Site, agent id.Agent, which dialing.Feature, rest string) ([]prompt.Prompt, error)
	// Clock is the wall clock by which time routers are asked; nil is the machine's.
	Clock func() time.Time

	picking sync.Mutex // one SetPresence at a time

	mu    sync.RWMutex // guards what follows
	all   map[id.Org]*Site
	found directory
	picks map[id.Org]map[id.User]presence.Own // what each user has picked
}

// Reload reads an organisation's configuration anew and gives it.
func (s *Sites) Reload(ctx context.Context, org id.Org) (*Site, error) {
	one, err := Load(ctx, s.DB, org)
	if err != nil {
		return nil, err
	}
	if err := s.loadPicks(ctx, org); err != nil {
		return nil, err
	}
	s.enter(org, one)
	return one, nil
}

func (s *Sites) enter(org id.Org, one *Site) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[id.Org]*Site{}
	}
	s.all[org] = one
	s.found = directoryOf(s.all)
}

// Of is an organisation as it was last loaded; false when there is none.
func (s *Sites) Of(org id.Org) (*Site, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	one, ok := s.all[org]
	return one, ok
}

// All lists the organisations.
func (s *Sites) All() []*Site {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := make([]*Site, 0, len(s.all))
	for _, one := range s.all {
		all = append(all, one)
	}
	return all
}

// Trunk finds a trunk that a call is sent through.
func (s *Sites) Trunk(org id.Org, which id.Trunk) (sip.Trunk, bool) {
	one, ok := s.Of(org)
	if !ok {
		return sip.Trunk{}, false
	}
	t, ok := one.trunks[which]
	return t, ok
}

// Phone finds a desk phone that is rung.
func (s *Sites) Phone(org id.Org, which id.Device) (sip.Device, bool) {
	one, ok := s.Of(org)
	if !ok {
		return sip.Device{}, false
	}
	d, ok := one.phones[which]
	return d, ok
}

func (s *Site) trunkName(which id.Trunk) string {
	if t, ok := s.trunks[which]; ok {
		return t.Name
	}
	return string(which)
}

func (s *Site) defaultNumber(which id.Agent) tel.Number {
	a := s.agents[which]
	if a == nil || a.DefaultNumber == "" {
		return ""
	}
	for _, n := range s.Numbers {
		if n.ID == a.DefaultNumber {
			return n.PhoneNumber
		}
	}
	return ""
}

// caller is the customer who has the number, the last contacted first (CR-4), else the name of the contact who has it (PR-5); a
// carrier may send it as it is dialled in the country. A store that does not answer costs the name, never the call.
func (s *Sites) caller(ctx context.Context, one *Site, number tel.Number) call.Caller {
	if number == "" || number.IsExtension() {
		return call.Caller{}
	}
	if full, err := tel.ParseNumber(string(number), one.Org.Country); err == nil {
		number = full
	}
	found, name, err := s.DB.CallerByNumber(store.WithOrg(ctx, one.Org.ID), number)
	if err != nil {
		return call.Caller{Name: one.contacts[number]}
	}
	return call.Caller{ID: found, Name: name}
}

// Trunks lists the trunks of every organisation.
func (s *Sites) Trunks() []sip.Trunk {
	var all []sip.Trunk
	for _, one := range s.All() {
		all = append(all, one.Trunks()...)
	}
	return all
}
