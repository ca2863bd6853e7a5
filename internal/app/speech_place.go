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
	home func(which id.Call) home
}

// home is where the organisation of a call is: its country (ISO 3166), and the language of what has none.
type home struct {
	country  string
	language prompt.Language
}

// Arrange says who hears what in a call.
func (l localRooms) Arrange(which id.Call, hearings []call.Hearing) {
	local := make([]call.Hearing, 0, len(hearings))
	for _, h := range hearings { // those of the call itself stay as they are
		if h.Tone != "" {
			h.Tone = inCountry(h.Tone, l.home(which).country)
		}
		if len(h.Prompts) > 0 {
			h.Prompts = inLanguage(h.Prompts, l.home(which).language)
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

// home is that of the organisation whose call it is; nowhere, and English, when the call is not there any more.
func (a *App) home(which id.Call) home {
	org, ok := a.exchange.OrgOf(which)
	if !ok {
		return home{language: prompt.English}
	}
	if s, ok := a.sites.Of(org); ok {
		return home{s.Org.Country, s.Language()}
	}
	return home{language: prompt.English}
}

// haveSpoken has everything spoken that an organisation's configuration wants to be said, in each language in which a call may
// hear it.
func (a *App) haveSpoken(ctx context.Context, s *site.Site) {
	for _, in := range s.Languages() { // first, as a call may want one at once
		a.speech.ask(ctx, inLanguage(s.Prompts(), in)...)
	}
	for _, p := range prompt.Phrases() {
		a.speech.ask(ctx, prompt.Say(p, s.Language()))
	}
}
