package site

import (
	"fmt"
	"slices"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
)

// pagingOf is the paging group of a number, and its id; false when no active one has it.
func (s *Site) pagingOf(number string) (which string, g settings.Paging, is bool) {
	for which, g := range s.Records.Paging {
		if g.Active && g.Number == number && number != "" {
			return which, g, true
		}
	}
	return "", settings.Paging{}, false
}

// page says whom an agent speaks to who has dialled the number of a paging group (BX-28): its agents who may be reached by intercom and are
// not on do not disturb, or the multicast address that telephones listen to. False when the number is none.
func (s *Sites) page(one *Site, a call.FindPlan) (call.Signal, bool) {
	which, g, is := one.pagingOf(a.To)
	if _, emergency := one.Dialing.EmergencyNumber(a.To); !is || emergency {
		return nil, false
	}
	own := one.Records.Agents[a.Agent].User
	switch {
	case !a.Hand || a.Move != 0:
		return call.Unplanned{Cause: tel.CauseNotAllowed, Why: "the number of a paging group is dialled by itself"}, true
	case len(g.Speakers) > 0 && !slices.Contains(g.Speakers, own):
		why := fmt.Sprintf("you may not speak to %s: an administrator adds you to those who may", g.Name)
		return call.Unplanned{Cause: tel.CauseNotAllowed, Why: why}, true
	}
	p := &call.PagePlan{Group: which, Name: g.Name, Tone: g.Tone, Seconds: g.Seconds, Lang: one.languageOf(a.Agent)}
	if g.Way == settings.PagingMulticast {
		p.Multicast = &call.Multicast{Group: g.Group(), Codec: g.Codec, TTL: g.TTL}
		return call.Planned{Number: tel.Number(a.To), Page: p}, true
	}
	for i := range one.Agents {
		agent := &one.Agents[i]
		if agent.ID != a.Agent && slices.Contains(g.Users, string(agent.User)) && s.hearsPages(one, agent.ID) {
			p.Members = append(p.Members, call.PageMember{Agent: agent.ID, Name: agent.FullName})
		}
	}
	return call.Planned{Number: tel.Number(a.To), Page: p}, true
}

// hearsPages tells whether an agent's device may answer by itself now.
func (s *Sites) hearsPages(one *Site, which id.Agent) bool {
	return one.Switches(id.User(one.Records.Agents[which].User)).ReachedByIntercom && !s.direct(one, which).DoNotDisturb
}
