package app

import (
	"context"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/site"
)

// localRooms are the rooms of calls, told in which country a call's organisation is: tones sound as they do there, and
// prompts are in its language where they have none of their own.
type localRooms struct {
	callcontrol.Sound
	country func(which id.Call) string
}

// Arrange says who hears what in a call.
func (l localRooms) Arrange(which id.Call, hearings []call.Hearing) {
	local := make([]call.Hearing, 0, len(hearings))
	for _, h := range hearings { // those of the call itself stay as they are
		if h.Tone != "" {
			h.Tone = inCountry(h.Tone, l.country(which))
		}
		if len(h.Prompts) > 0 {
			h.Prompts = inLanguage(h.Prompts, prompt.LanguageOf(l.country(which)))
		}
		local = append(local, h)
	}
	l.Sound.Arrange(which, local)
}

func inLanguage(prompts []prompt.Prompt, language prompt.Language) []prompt.Prompt {
	all := make([]prompt.Prompt, 0, len(prompts))
	for _, p := range prompts {
		all = append(all, p.In(language))
	}
	return all
}

// country is that of the organisation whose call it is; empty when the call is not there any more.
func (a *App) country(which id.Call) string {
	org, ok := a.exchange.OrgOf(which)
	if !ok {
		return ""
	}
	if s, ok := a.sites.Of(org); ok {
		return s.Org.Country
	}
	return ""
}

// haveSpoken has everything spoken that an organisation's configuration wants to be said.
func (a *App) haveSpoken(ctx context.Context, s *site.Site) {
	all := s.Prompts()
	for _, p := range prompt.Phrases() {
		all = append(all, prompt.Say(p, s.Language()))
	}
	a.speech.ask(ctx, inLanguage(all, s.Language())...)
}
