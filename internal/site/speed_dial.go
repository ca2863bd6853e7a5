package site

import (
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/tel"
)

// speedDial is the number that an agent has stored under two digits (BX-32). The error is a dialing.Refusal.
func (s *Site) speedDial(agent id.Agent, code string) (string, error) {
	for _, one := range s.Records.Agents[agent].SpeedDials {
		if one.Code == code {
			return one.To, nil
		}
	}
	if code == "" {
		return "", dialing.Refusal{Cause: tel.CauseUnallocated, Why: "the two digits of a speed dial follow " + s.Records.Org.Codes.SpeedDial}
	}
	return "", dialing.Refusal{Cause: tel.CauseUnallocated, Why: "there is no speed dial " + code}
}

// Typed is what an agent has typed, and instead of a speed dial what it stands for: so that all that looks at the number, emergency
// numbers, slots and picking up too, finds it as if it had been typed (BX-32). A speed dial that there is not stays as it is.
func (s *Sites) Typed(org id.Org, agent id.Agent, typed string) string {
	one, ok := s.Of(org)
	if !ok {
		return typed
	}
	which, rest, is := dialing.FeatureOf(one.Records.Org.Codes, typed)
	if !is || which != dialing.SpeedDial {
		return typed
	}
	if to, err := one.speedDial(agent, rest); err == nil {
		return to
	}
	return typed
}
