package site

import (
	"cmp"

	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// code says what an agent gets who dials a feature code.
func (s *Site) code(c dialing.Code, agent id.Agent) call.Signal {
	plan := &treatment.AccessPlan{CallBack: s.Dialing.MailboxCallOut, Language: s.languageOf(agent)}
	if c == dialing.OwnMailbox {
		if plan.Mailbox = s.mailboxOf(agent); plan.Mailbox == "" {
			return call.Unplanned{Cause: tel.CauseNoRoute, Why: "you have no mailbox: an administrator makes one in the settings"}
		}
	}
	return call.Planned{Number: tel.Number(c), Access: plan}
}

// languageOf is what the system speaks with an agent at the telephone: the agent's language where there are words in it, else the
// organisation's (AG-7).
func (s *Site) languageOf(which id.Agent) prompt.Language {
	if l := prompt.Language(s.Routing.Agents[which].DefaultLanguage); l.Known() {
		return l
	}
	return s.Language()
}

// mailboxOf is the agent's own mailbox; with none of that kind, the one that takes the agent's direct calls (VM-12).
func (s *Site) mailboxOf(which id.Agent) id.Mailbox {
	a := s.Routing.Agents[which]
	return id.Mailbox(cmp.Or(a.PersonalMailbox, a.SharedMailbox))
}
