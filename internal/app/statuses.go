package app

import (
	"cmp"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/site"
	"parley/internal/store"
)

// statuses keeps every change of status, the latest to rebuild the ACD from, and what came of calls.
type statuses struct {
	commit *store.GroupCommit
	sites  *site.Sites // names of outcomes
}

// effects are the routing effects of the statuses (spec 03).
var effects = map[acd.Status]string{
	acd.Available: "available", acd.Unavailable: "unavailable", acd.OnCall: "busy", acd.WrapUp: "busy", acd.Offline: "unavailable",
}

// effect is that of a custom status, when there is one, else that of the status it stands for (MN-12).
func effect(s acd.Status, custom acd.Effect) string { return cmp.Or(string(custom), effects[s]) }

// StatusChanged stores one change. What an ACD is rebuilt from is what the agent chose: a call or a wrap-up that a crash has
// ended says nothing about it.
func (s statuses) StatusChanged(now time.Time, org id.Org, e acd.StatusChanged) {
	w := s.commit.Writer(org)
	if e.To != acd.OnCall && e.To != acd.WrapUp {
		w.AgentStatus(store.AgentStatus{
			Agent: e.Agent, Channel: "voice", Status: string(e.To), Effect: effect(e.To, e.Effect), Reason: e.Reason, CustomStatus: e.Custom,
			Since: now,
		})
	}
	w.StatusEvent(store.StatusEvent{
		ID: id.New[string](), Agent: e.Agent, AgentKind: "human", Channel: "voice",
		PreviousStatus: string(e.From), NewStatus: string(e.To), PreviousEffect: effect(e.From, e.FromEffect), NewEffect: effect(e.To, e.Effect),
		CustomStatus: e.Custom, CustomName: e.CustomName, Reason: e.Reason,
		Seconds: int(e.Before / time.Second), Trigger: string(e.Trigger), Actor: e.By, At: now,
	})
}

// OutcomeChosen stores what came of a call, by the name that it has now.
func (s statuses) OutcomeChosen(now time.Time, org id.Org, e acd.OutcomeChosen) {
	row := store.CallOutcome{Call: e.Call, Agent: e.Agent, Queue: e.Queue, Outcome: e.Outcome, Name: e.Outcome, Auto: e.Auto, Actor: e.By, At: now}
	if one, ok := s.sites.Of(org); ok {
		row.Name = cmp.Or(one.Records.Outcomes[e.Outcome].Name, e.Outcome)
	}
	s.commit.Writer(org).Outcome(row)
}

// workEnded makes the notes of a call final: no agent has it in hand any more (CH-9).
func (s statuses) workEnded(now time.Time, org id.Org, which id.Call) {
	s.commit.Writer(org).NotesOver(which, now)
}
