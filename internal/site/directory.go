package site

import (
	"cmp"
	"net/netip"
	"slices"

	"parley/internal/id"
	"parley/internal/sip"
)

// directory finds what is asked for without naming its organisation. It is made anew with every change of configuration,
// because every request of a phone and of a carrier asks it.
type directory struct {
	networks []entrance            // the one to choose first
	phones   map[string]sip.Device // by user name
	agents   map[id.Agent]string   // what people call them
}

// entrance is a network from which a trunk's requests come.
type entrance struct {
	prefix netip.Prefix
	trunk  sip.Trunk
}

func directoryOf(all map[id.Org]*Site) directory {
	d := directory{phones: map[string]sip.Device{}, agents: map[id.Agent]string{}}
	for _, one := range all {
		for _, n := range one.networks {
			d.networks = append(d.networks, entrance{n.prefix, one.trunks[n.trunk]})
		}
		for _, p := range one.phones {
			d.phones[p.Username] = p
		}
		for which, a := range one.agents {
			d.agents[which] = a.FullName
		}
	}
	slices.SortFunc(d.networks, func(a, b entrance) int { // the narrowest first, the elder of two alike
		return cmp.Or(cmp.Compare(b.prefix.Bits(), a.prefix.Bits()), cmp.Compare(a.trunk.ID, b.trunk.ID))
	})
	return d
}

// TrunkAt finds the trunk whose networks hold the address; the narrowest network wins.
func (s *Sites) TrunkAt(addr netip.Addr) (sip.Trunk, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	addr = addr.Unmap()
	for i := range s.found.networks {
		if e := &s.found.networks[i]; e.prefix.Contains(addr) {
			return e.trunk, true
		}
	}
	return sip.Trunk{}, false
}

// Device finds a desk phone by its user name, which is unique in the installation, so that any domain will do.
func (s *Sites) Device(username, _ string) (sip.Device, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if d, ok := s.found.phones[username]; ok {
		return d, true
	}
	return sip.Device{Realm: Realm}, false // an unknown user is challenged like a known one
}

// AgentName is what people call an agent.
func (s *Sites) AgentName(which id.Agent) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.found.agents[which]
}
