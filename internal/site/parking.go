package site

import (
	"slices"
	"strconv"
	"strings"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// The numbers of parked calls (BX-25). An agent's extension among them stays the agent's.
const (
	parkAny   = 700
	firstSlot = 701
	lastSlot  = 720
)

// Parking is where an organisation parks calls.
type Parking struct {
	Any      string   // parks in any free slot
	Slots    []string // in the order in which they are taken
	Seconds  int      // until who has parked a call is rung; 0 is the default
	Language prompt.Language
}

// Parking says where an organisation parks calls, and in which language this agent is told.
func (s *Sites) Parking(org id.Org, agent id.Agent) Parking {
	one, ok := s.Of(org)
	if !ok {
		return Parking{}
	}
	p := Parking{Any: one.free(parkAny), Seconds: one.Records.Org.Dialing.ParkSeconds, Language: one.languageOf(agent)}
	for n := firstSlot; n <= lastSlot; n++ {
		if slot := one.free(n); slot != "" {
			p.Slots = append(p.Slots, slot)
		}
	}
	return p
}

// free is a number that is no agent's extension and no paging group's; else it is empty.
func (s *Site) free(n int) string {
	number := strconv.Itoa(n)
	if _, taken := s.Dialing.Extensions[number]; taken {
		return ""
	}
	if _, _, taken := s.pagingOf(number); taken {
		return ""
	}
	return number
}

// parked refuses a call to a slot that nobody is parked in; false when the number is none.
func (s *Sites) parked(org id.Org, a call.FindPlan) (call.Signal, bool) {
	p := s.Parking(org, a.Agent)
	switch {
	case a.To == "*8", strings.HasPrefix(a.To, "**"):
		return call.Unplanned{Cause: tel.CauseUnallocated, Why: "nothing rings there that you may pick up"}, true
	case a.To == "":
	case a.To == p.Any:
		return call.Unplanned{Cause: tel.CauseUnallocated, Why: "this number parks calls: transfer a call to it"}, true
	case slices.Contains(p.Slots, a.To):
		return call.Unplanned{Cause: tel.CauseUnallocated, Why: "nobody is parked in slot " + a.To}, true
	}
	return nil, false
}

// LeaveOutside tells whether an agent's class of service lets outside parties talk on without the agent (TR-6).
func (s *Sites) LeaveOutside(org id.Org, agent id.Agent) bool {
	one, known := s.Of(org)
	return known && one.Dialing.LeaveOutside(agent)
}

// MayPickUp tells whether an agent may answer what rings at another one: a queue's call who is a member of that queue, a direct call
// anybody. With own, a direct call only of who shares a queue or a group with the agent.
func (s *Sites) MayPickUp(org id.Org, agent, rung id.Agent, queue id.Queue, own bool) bool {
	one, ok := s.Of(org)
	if !ok {
		return false
	}
	if queue != "" {
		return one.memberOf(agent, queue)
	}
	return !own || one.together(agent, rung)
}

func (s *Site) memberOf(agent id.Agent, queue id.Queue) bool {
	return slices.Contains(s.Members[queue], agent)
}

// together tells whether two agents share a queue or a group.
func (s *Site) together(a, b id.Agent) bool {
	for _, members := range s.Members {
		if slices.Contains(members, a) && slices.Contains(members, b) {
			return true
		}
	}
	mine, theirs := s.Records.Agents[a].User, s.Records.Agents[b].User
	for _, g := range s.Records.Groups {
		if slices.Contains(g.Users, mine) && slices.Contains(g.Users, theirs) {
			return true
		}
	}
	return false
}
