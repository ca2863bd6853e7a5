package api

import (
	"fmt"
	"slices"
	"strings"

	"parley/internal/settings"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/tel"
)

// guardFollow refuses numbers of follow-me to which the agent's calls may not be forwarded (BX-29, CS-2, PM-7), and gives the others
// their full form. What was there before may stay: it is looked at again before it is called.
func guardFollow(s *site.Site, agent *store.Agent, was OwnFields, f *OwnFields) error {
	f.FollowNumbers = slices.Clone(f.FollowNumbers)
	for i := range f.FollowNumbers {
		one := &f.FollowNumbers[i]
		if slices.ContainsFunc(was.FollowNumbers, func(old settings.FollowNumber) bool { return old.To == one.To }) {
			continue
		}
		if err := s.MayForward(agent.ID, one.To); err != nil {
			return wrong(fmt.Sprintf("follow_numbers[%d].follow_to", i), "cannot be this one: %s", strings.TrimSuffix(err.Error(), "."))
		}
		if _, extension := s.Routing.Extensions[one.To]; extension {
			continue
		}
		if full, err := tel.ParseNumber(one.To, s.Org.Country); err == nil {
			one.To = string(full)
		}
	}
	return nil
}
