package site

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/store"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// feature says what an agent gets who dials a feature code. What it switches is switched already; but by hand alone, never by a transfer.
func (s *Sites) feature(ctx context.Context, one *Site, a call.FindPlan, which dialing.Feature, rest string) call.Signal {
	if which == dialing.OwnMailbox || which == dialing.AnyMailbox {
		return one.mailbox(a, which)
	}
	if !a.Hand || a.Move != 0 || s.Press == nil {
		return call.Unplanned{Cause: tel.CauseNotAllowed, Why: "a feature code is dialled by itself"}
	}
	say, err := s.Press(ctx, one, a.Agent, which, rest)
	if err != nil {
		return call.Unplanned{Cause: tel.CauseNotAllowed, Why: err.Error()}
	}
	for i := range say {
		say[i] = say[i].In(one.languageOf(a.Agent))
	}
	return call.Planned{Number: tel.Number(a.To), Say: say}
}

// leadsTo is the number that a feature code stands for, which is called as if it had been typed; false: the code does something else.
func (s *Sites) leadsTo(ctx context.Context, one *Site, agent id.Agent, which dialing.Feature, rest string) (to string, leads bool, err error) {
	switch which {
	case dialing.LastCaller:
		to, err = s.lastCaller(ctx, one, agent)
	case dialing.SpeedDial:
		to, err = one.speedDial(agent, rest)
	default:
		return "", false, nil
	}
	return to, true, err
}

// mailbox leads an agent to messages: the agent's own, or those of a mailbox that is keyed.
func (s *Site) mailbox(a call.FindPlan, which dialing.Feature) call.Signal {
	plan := &treatment.AccessPlan{CallBack: s.Dialing.MailboxCallOut, Language: s.languageOf(a.Agent)}
	if which == dialing.OwnMailbox {
		if plan.Mailbox = s.mailboxOf(a.Agent); plan.Mailbox == "" {
			return call.Unplanned{Cause: tel.CauseNoRoute, Why: "you have no mailbox: an administrator makes one in the settings"}
		}
	}
	return call.Planned{Number: tel.Number(a.To), Access: plan}
}

// latestCalls is how many calls are looked through for the last one that somebody else made.
const latestCalls = 50

// lastCaller is the number, or the extension, of who has called an agent last, reached or not.
func (s *Sites) lastCaller(ctx context.Context, one *Site, which id.Agent) (string, error) {
	filter := store.CallFilter{Agents: []id.Agent{which}, Directions: []string{string(call.Inbound), string(call.Internal)}}
	page, err := s.DB.Calls(store.WithOrg(ctx, one.Org.ID), filter, store.Scope{All: true}, store.Range{Limit: latestCalls})
	if err != nil {
		return "", err
	}
	own := tel.Number(one.Records.Agents[which].Extension)
	for _, row := range page.Rows {
		switch {
		case row.From == own:
		case row.From.IsExtension(), strings.HasPrefix(string(row.From), "+"):
			return string(row.From), nil
		default:
			return "", errors.New("who called you last has withheld the number")
		}
	}
	return "", errors.New("nobody has called you yet")
}

// QueueNumbered is the queue that has a number behind the code for availability; empty: none has it.
func (s *Site) QueueNumbered(number string) id.Queue {
	for _, q := range s.Records.Org.Codes.Queues {
		if q.Number == number {
			return id.Queue(q.Queue)
		}
	}
	return ""
}

// QueueNumber is the number of a queue behind the code for availability; empty: it has none.
func (s *Site) QueueNumber(which id.Queue) string {
	for _, q := range s.Records.Org.Codes.Queues {
		if id.Queue(q.Queue) == which {
			return q.Number
		}
	}
	return ""
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
