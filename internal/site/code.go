package site

import (
	"cmp"

	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// code says what an agent gets who dials a feature code.
func (s *Site) code(c dialing.Code, agent id.Agent) call.Signal {
	plan := &treatment.AccessPlan{CallBack: s.Dialing.MailboxCallOut, Language: s.Language()}
	if c == dialing.OwnMailbox {
		if plan.Mailbox = s.mailboxOf(agent); plan.Mailbox == "" {
			return call.Unplanned{Cause: tel.CauseNoRoute, Why: "you have no mailbox: an administrator makes one in the settings"}
		}
	}
	return call.Planned{Number: tel.Number(c), Access: plan}
}

// mailboxOf is the agent's own mailbox; with none of that kind, the one that takes the agent's direct calls (VM-12).
func (s *Site) mailboxOf(which id.Agent) id.Mailbox {
	a := s.Routing.Agents[which]
	for box, fields := range s.Routing.Mailboxes {
		if fields.User != "" && fields.User == a.User {
			return box
		}
	}
	return id.Mailbox(cmp.Or(a.PersonalMailbox, a.SharedMailbox))
}
