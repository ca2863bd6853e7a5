package site

import (
	"slices"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/sip"
)

// ACD is the configuration as the ACD needs it.
func (s *Site) ACD() acd.Configure {
	c := acd.Configure{}
	for _, q := range s.Queues {
		one := acd.Queue{
			ID: q.ID, Name: q.Name, Members: s.Members[q.ID], RingSeconds: q.RingSeconds, WrapUpSeconds: q.WrapUpSeconds,
			MaxExtensions: q.MaxExtensions, AutoPause: q.AutoPause,
		}
		if q.ExtendedWrapSeconds != nil {
			one.ExtendSeconds = *q.ExtendedWrapSeconds
		}
		c.Queues = append(c.Queues, one)
	}
	for _, a := range s.Agents {
		status := acd.Unavailable
		if a.DefaultStatus == string(acd.Available) {
			status = acd.Available
		}
		c.Agents = append(c.Agents, acd.Agent{
			ID: a.ID, Name: a.FullName, DefaultStatus: status, ToggledOff: s.Off[a.ID], DirectWhenUnavailable: a.DirectWhenUnavailable,
		})
	}
	return c
}

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
