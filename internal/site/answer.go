package site

import (
	"slices"

	"parley/internal/id"
	"parley/internal/sip"
)

// Trunks lists the trunks as the SIP server needs them.
func (s *Site) Trunks() []sip.Trunk {
	all := make([]sip.Trunk, 0, len(s.trunks))
	for _, t := range s.trunks {
		all = append(all, t)
	}
	return all
}

// Phone is the desk phone of an agent; false when there is none.
func (s *Site) Phone(a id.Agent) (sip.Device, bool) {
	d, ok := s.phones[phoneOf(a)]
	return d, ok
}

// QueuesOf lists the queues that an agent is a member of, by name.
func (s *Site) QueuesOf(a id.Agent) []id.Queue {
	var all []id.Queue
	for _, q := range s.Queues {
		if slices.Contains(s.Members[q.ID], a) {
			all = append(all, q.ID)
		}
	}
	return all
}

// Has tells whether an agent is one of the organisation's active agents.
func (s *Site) Has(a id.Agent) bool { return s.agents[a] != nil }
