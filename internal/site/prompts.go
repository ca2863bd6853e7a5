package site

import "parley/internal/prompt"

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
		all = append(all, q.EntryGreeting, q.RecordingNotice, q.NoAgentMessage, q.AgentWhisper)
		all = append(all, q.WaitingMessages...)
		for _, question := range q.Survey {
			all = append(all, question.Prompt)
		}
	}
	return all
}
