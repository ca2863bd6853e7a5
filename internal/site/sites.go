package site

import (
	"context"
	"fmt"
	"sync"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
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

	mu    sync.RWMutex // guards what follows
	all   map[id.Org]*Site
	found directory
}

// Reload reads an organisation's configuration anew and gives it.
func (s *Sites) Reload(ctx context.Context, org id.Org) (*Site, error) {
	one, err := Load(ctx, s.DB, org)
	if err != nil {
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

// Route says where an inbound call goes and who is calling.
func (s *Sites) Route(ctx context.Context, org id.Org, a call.FindRoute) call.Signal {
	one, ok := s.Of(org)
	if !ok {
		return call.Unrouted{Cause: tel.CauseUnallocated, Why: "the organisation is not known here"}
	}
	n, err := one.Routing.Route(a.Trunk, string(a.To))
	if err != nil {
		why := fmt.Sprintf("number %s, called through trunk %s, is not a number of the organisation", a.To, one.trunkName(a.Trunk))
		return call.Unrouted{Cause: tel.CauseUnallocated, Why: why}
	}
	r := call.Routed{Number: n.ID, Label: n.Label, Destination: n.Destination, Caller: s.caller(ctx, one, a.From)}
	if back, ok := s.callBack(ctx, one, n.Number, a.From); ok {
		back.Number, back.Label, back.Destination = n.ID, n.Label, dest.Destination{Kind: dest.Agent, Target: string(back.Agent)}
		return back
	}
	switch n.Destination.Kind {
	case dest.Queue:
		if r.Queue = one.callQueue(id.Queue(n.Destination.Target)); r.Queue != nil {
			return r
		}
	case dest.Agent:
		if agent := one.agents[id.Agent(n.Destination.Target)]; agent != nil {
			r.Agent, r.AgentName, r.RingSeconds = agent.ID, agent.FullName, one.Org.RingSeconds
			return r
		}
	case dest.Hangup:
		return call.Unrouted{Cause: tel.CauseNormalUnspecified, Why: fmt.Sprintf("number %s is set to hang up", n.Number)}
	default:
	}
	why := fmt.Sprintf("number %s leads to a destination that is not there: %s", n.Number, n.Destination.Kind)
	return call.Unrouted{Cause: tel.CauseNoRoute, Why: why}
}

func (s *Site) trunkName(which id.Trunk) string {
	if t, ok := s.trunks[which]; ok {
		return t.Name
	}
	return string(which)
}

func (s *Site) callQueue(which id.Queue) *call.Queue {
	q := s.queues[which]
	if q == nil {
		return nil
	}
	return &call.Queue{
		ID: q.ID, Name: q.Name, Greeting: q.EntryGreeting, HoldAudio: q.HoldAudio, Record: q.RecordCall, RecordingNotice: q.RecordingNotice,
	}
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

// caller is the customer who has the number, the last contacted first (CR-4); a carrier may send it as it is dialled in
// the country. A store that does not answer costs the name, never the call.
func (s *Sites) caller(ctx context.Context, one *Site, number tel.Number) call.Caller {
	if number == "" || number.IsExtension() {
		return call.Caller{}
	}
	if full, err := tel.ParseNumber(string(number), one.Org.Country); err == nil {
		number = full
	}
	found, name, err := s.DB.CallerByNumber(store.WithOrg(ctx, one.Org.ID), number)
	if err != nil {
		return call.Caller{}
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
