package site

import (
	"slices"

	"parley/internal/prompt"
)

// Prompts are all that callers may hear, for whoever has the texts among them spoken.
func (s *Site) Prompts() []prompt.Prompt {
	var all []prompt.Prompt
	for _, m := range s.Routing.Menus {
		all = append(all, m.Prompt)
	}
	for _, m := range s.Routing.Mailboxes {
		all = append(all, m.Prompt, m.Followup)
	}
	for _, a := range s.Routing.Agents {
		all = append(all, a.UnavailableGreeting)
	}
	for _, q := range s.Routing.Queues {
		all = append(all, q.EntryGreeting, q.RecordingNotice, q.NoAgentMessage, q.AgentWhisper, q.Callback.Announce, q.Callback.Confirm)
		all = append(all, q.WaitingMessages...)
		for _, question := range q.Survey {
			all = append(all, question.Prompt)
		}
	}
	for _, one := range s.Records.Org.Consent {
		all = append(all, one.Prompt)
	}
	return all
}

// Languages are those in which calls hear what is said to them: that of the organisation, and those of its numbers.
func (s *Site) Languages() []prompt.Language {
	all := []prompt.Language{s.Language()}
	for _, n := range s.Routing.Numbers {
		if n.Language.Known() && !slices.Contains(all, n.Language) {
			all = append(all, n.Language)
		}
	}
	slices.Sort(all[1:])
	return all
}
