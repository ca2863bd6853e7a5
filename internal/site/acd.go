package site

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/skill"
	"parley/internal/store"
)

// ACD is the configuration as the ACD needs it, with the schedules as they stand now.
func (s *Site) ACD(now time.Time) acd.Configure {
	c := acd.Configure{Timezone: s.Org.Timezone}
	for i := range s.Queues {
		c.Queues = append(c.Queues, s.queueOf(&s.Queues[i], now))
	}
	for i := range s.Agents {
		c.Agents = append(c.Agents, s.agentOf(&s.Agents[i], now))
	}
	for which, one := range s.Records.Statuses {
		if one.Active && one.Channel != "chat" {
			c.Statuses = append(c.Statuses, acd.CustomStatus{ID: which, Name: one.Name, Effect: acd.Effect(one.Parent)})
		}
	}
	return c
}

func (s *Site) queueOf(q *store.Queue, now time.Time) acd.Queue {
	one := acd.Queue{
		ID: q.ID, Name: q.Name, Members: s.Members[q.ID], RingSeconds: q.RingSeconds, WrapUpSeconds: q.WrapUpSeconds,
		MaxExtensions: q.MaxExtensions, AutoPause: q.AutoPause,
	}
	if q.ExtendedWrapSeconds != nil {
		one.ExtendSeconds = *q.ExtendedWrapSeconds
	}
	r, set := s.Records.Queues[q.ID]
	if !set {
		return one
	}
	one.Strategy, one.Weight, one.Closed = acd.Strategy(r.Strategy), r.Weight, !s.inside(r.Schedule, now)
	one.Outcomes, one.AutoOutcome = s.activeOutcomes(r.Outcomes), r.AutoOutcome
	one.OutcomeRequired = r.OutcomeRequired && len(one.Outcomes) > 0 // nobody is held for what cannot be chosen
	one.MemberWeights = s.weights(r.MemberWeights)
	one.MaxHoldSeconds, one.MaxWaiting, one.JoinWhen = r.MaxHoldSeconds, r.MaxWaiting, acd.JoinWhen(r.JoinWhen)
	if r.LeaveUnstaffed != nil {
		one.LeaveUnstaffedSeconds = max(1, *r.LeaveUnstaffed)
	}
	one.Steps = steps(r.Steps)
	one.CallbackMaxPending, one.CallbackMaxAttempts = r.Callback.MaxPending, r.Callback.MaxAttempts
	one.CallbackRetrySeconds, one.CallbackHoursOnly = r.Callback.RetryDelay, r.Callback.HoursOnly
	one.CustomerFirst = r.Callback.CustomerFirst
	return one
}

// activeOutcomes are those of a queue's outcomes that can be chosen now.
func (s *Site) activeOutcomes(all []string) []string {
	var active []string
	for _, which := range all {
		if s.Records.Outcomes[which].Active {
			active = append(active, which)
		}
	}
	return active
}

// Outcome is what can be chosen of a call: its id and name.
type Outcome struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// OutcomesOf lists what can be chosen of a queue's calls, in order.
func (s *Site) OutcomesOf(which id.Queue) []Outcome {
	all := []Outcome{}
	for _, one := range s.activeOutcomes(s.Records.Queues[which].Outcomes) {
		all = append(all, Outcome{ID: one, Name: s.Records.Outcomes[one].Name})
	}
	slices.SortStableFunc(all, func(a, b Outcome) int {
		return cmp.Compare(s.Records.Outcomes[a.ID].Order, s.Records.Outcomes[b.ID].Order)
	})
	return all
}

// weights are those of the agents that are named, and of the agents in groups that are.
func (s *Site) weights(all []settings.MemberWeight) map[id.Agent]int {
	if len(all) == 0 {
		return nil
	}
	weights := map[id.Agent]int{}
	weigh := func(which id.Agent, weight int) {
		if _, said := weights[which]; !said {
			weights[which] = weight
		}
	}
	for _, one := range all {
		for _, a := range one.Agents {
			weigh(id.Agent(a), one.Weight)
		}
	}
	byUser := s.agentsByUser()
	for _, one := range all {
		for _, g := range one.Groups {
			for _, u := range s.Records.Groups[g].Users {
				if a, known := byUser[u]; known {
					weigh(a, one.Weight)
				}
			}
		}
	}
	return weights
}

// steps are those of a queue, as the ACD takes them.
func steps(all []settings.SkillStep) []acd.Step {
	var made []acd.Step
	for _, one := range routing.Steps(all) {
		made = append(made, acd.Step(one))
	}
	return made
}

func (s *Site) agentOf(a *store.Agent, now time.Time) acd.Agent {
	one := acd.Agent{
		ID: a.ID, Name: a.FullName, DefaultStatus: acd.Unavailable, ToggledOff: s.Off[a.ID], DirectWhenUnavailable: a.DirectWhenUnavailable,
		TransfersWhenUnavailable: s.Switches(a.User).TransfersWhileUnavailable, CallWaiting: a.CallWaiting,
	}
	if a.DefaultStatus == string(acd.Available) {
		one.DefaultStatus = acd.Available
	}
	r := s.Records.Agents[a.ID]
	one.Closed = !s.inside(r.Schedule, now)
	for _, has := range r.Skills {
		one.Skills = append(one.Skills, skill.Skill{Name: has.Name, Level: has.Level})
	}
	if user, known := s.Records.Users[a.User]; known {
		one.NotPermitted = user.Role == "none"
	}
	return one
}

// inside tells whether a moment lies in a time range; no range means always, and one that cannot be read never (TM).
func (s *Site) inside(which string, now time.Time) bool {
	if which == "" {
		return true
	}
	r := s.Routing.Ranges[id.TimeRange(which)]
	if r.Hours == nil {
		return false
	}
	_, open := r.Hours.At(now)
	return open
}

// Hours says how the schedules of queues and agents stand now, and when the next of them opens or closes; zero: never.
func (s *Site) Hours(now time.Time) (all []acd.Hours, next time.Time) {
	look := func(h acd.Hours, which string) {
		if which == "" {
			return
		}
		h.Open = s.inside(which, now)
		all = append(all, h)
		if r := s.Routing.Ranges[id.TimeRange(which)]; r.Hours != nil {
			if at, changes := r.Hours.NextChange(now); changes && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
	}
	for i := range s.Queues {
		look(acd.Hours{Queue: s.Queues[i].ID}, s.Records.Queues[s.Queues[i].ID].Schedule)
	}
	for i := range s.Agents {
		look(acd.Hours{Agent: s.Agents[i].ID}, s.Records.Agents[s.Agents[i].ID].Schedule)
	}
	return all, next
}
