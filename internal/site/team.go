package site

import (
	"slices"

	"parley/internal/id"
)

// Team is an agent with those who share a queue or a group with it: whom a supervisor looks after (CF-9).
func (s *Site) Team(agent id.Agent) []id.Agent {
	team := []id.Agent{agent}
	for _, q := range s.QueuesOf(agent) {
		team = append(team, s.Members[q]...)
	}
	user := ""
	for _, a := range s.Agents {
		if a.ID == agent {
			user = string(a.User)
		}
	}
	for _, g := range s.Records.Groups {
		if !slices.Contains(g.Users, user) {
			continue
		}
		for _, a := range s.Agents {
			if slices.Contains(g.Users, string(a.User)) {
				team = append(team, a.ID)
			}
		}
	}
	slices.Sort(team)
	return slices.Compact(team)
}
