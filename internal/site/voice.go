package site

import (
	"slices"

	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/tel"
)

// IsDialIn tells whether agents of an organisation connect their voice by the number that was called through a trunk (VC-2).
func (s *Sites) IsDialIn(org id.Org, trunk id.Trunk, to string) bool {
	one, ok := s.Of(org)
	if !ok {
		return false
	}
	n, err := one.Routing.Route(trunk, to)
	return err == nil && one.dialIns[n.Number]
}

// DialIns lists the numbers by which agents connect their voice.
func (s *Site) DialIns() []tel.Number {
	all := []tel.Number{}
	for number, is := range s.dialIns {
		if is {
			all = append(all, number)
		}
	}
	slices.Sort(all)
	return all
}

// PhoneAt is the desk phone of whoever has an extension; false when there is none.
func (s *Site) PhoneAt(extension string) (sip.Device, bool) {
	return s.Phone(s.Dialing.Extensions[extension].Agent)
}

// CallsAgent gives the full form of a number at which an agent is to be called, or the refusal of the number plan.
func (s *Site) CallsAgent(agent id.Agent, typed string) (tel.Number, error) {
	found, err := s.Decide(dialing.Request{Agent: agent, To: typed, Purpose: dialing.Receiving})
	switch {
	case err != nil:
		return "", err
	case found.Emergency:
		return "", dialing.Refusal{Cause: tel.CauseNotAllowed, Why: "an emergency number is nobody's own"}
	case found.Blocked != "":
		return "", found.Refusal()
	}
	return found.Number, nil
}
