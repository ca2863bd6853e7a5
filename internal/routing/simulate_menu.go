package routing

import (
	"fmt"
	"strings"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// MenuPlan is a menu as a caller goes through it, in live calls and in simulated ones.
func MenuPlan(m settings.Menu) *treatment.MenuPlan {
	p := &treatment.MenuPlan{
		Prompt: m.Prompt, Timeout: m.Timeout, Tries: m.MaxTries, Extensions: m.AllowDirectExtensions, Default: m.DefaultDestination,
		Options: []treatment.MenuOption{}, Precedence: precedence(m.Precedence),
	}
	for _, o := range m.Options {
		if o.Digits != "" {
			one := treatment.MenuOption{Digits: o.Digits, Destination: o.Destination, Precedence: precedence(o.Precedence)}
			p.Options = append(p.Options, one)
		}
	}
	return p
}

const (
	betweenKeys = 500 * time.Millisecond
	mostTurns   = 1000 // of a menu; each try has some ten
)

// asking is a caller before a menu.
type asking struct {
	*simulation
	step    Step
	at      *dest.Destination
	machine treatment.Treatment
	pending string // keys of this try that are not pressed yet
	next    *Step
}

// menu runs a menu until the caller has left it.
func (s *simulation) menu(step Step) Step {
	a := &asking{simulation: s, step: step, at: &step.Hops[len(step.Hops)-1].To}
	a.heed(a.machine.Handle(s.now, treatment.Begin{Menu: MenuPlan(s.plan.Menus[step.Menu]), Language: s.language}))
	for range mostTurns {
		if a.next == nil && !s.now.Before(step.Travel.MenusUntil) {
			return s.plan.GiveUp(*a.at, fmt.Sprintf("the caller was in menus for %d minutes", MaxMenuTime/time.Minute), s.now, step.Travel)
		}
		if a.next != nil {
			return *a.next
		}
		a.heed(a.machine.Handle(a.turn()))
	}
	return s.plan.GiveUp(*a.at, "the menu does not end", s.now, step.Travel)
}

// turn is the next thing that happens: what plays is heard to its end, then the caller keys, then time passes.
func (a *asking) turn() (time.Time, treatment.Signal) {
	switch {
	case a.machine.Tag != "":
		a.play(a.machine.Playing...)
		return a.now, treatment.PlayEnded{Tag: a.machine.Tag}
	case a.pending != "":
		digit := tel.Digit(a.pending[:1])
		a.pending = a.pending[1:]
		a.now = a.now.Add(betweenKeys)
		return a.now, treatment.Digit{Digit: digit}
	}
	if a.machine.Due.After(a.now) {
		a.now = a.machine.Due
	}
	return a.now, treatment.Wake{}
}

// heed does what the menu asks for and tells what happened in it.
func (a *asking) heed(actions []treatment.Action) {
	for _, action := range actions {
		switch x := action.(type) {
		case treatment.Asked:
			a.pending = ""
			if len(a.keys) > 0 {
				a.pending, a.keys = a.keys[0], a.keys[1:]
			}
		case treatment.Keyed:
			a.scene(SceneKey, a.at, a.step.Name, keyWords(x))
		case treatment.WantExtension:
			a.extension(x.Keys)
		case treatment.Over:
			a.precedence = x.Precedence.Or(a.precedence)
			next := a.plan.Next(x.To, a.now, a.step.Travel)
			a.next = &next
		}
	}
}

func (a *asking) extension(keys string) {
	which, known := a.plan.Extensions[keys]
	if !known {
		a.heed(a.machine.Handle(a.now, treatment.Unknown{}))
		return
	}
	next := a.plan.Next(dest.Destination{Kind: dest.Agent, Target: string(which)}, a.now, a.step.Travel)
	a.next = &next
}

func keyWords(k treatment.Keyed) string {
	switch k.Result {
	case treatment.ResultChosen:
		return fmt.Sprintf("The caller keys %s.", k.Keys)
	case treatment.ResultExtension:
		return fmt.Sprintf("The caller keys the extension %s.", k.Keys)
	case treatment.ResultNothing:
		return "The caller keys nothing in time."
	}
	return fmt.Sprintf("The caller keys %s, which is none of the choices.", k.Keys)
}

// play tells what the caller hears, and lets the time pass that it takes.
func (s *simulation) play(prompts ...prompt.Prompt) {
	var all []string
	for _, one := range prompts {
		if !one.Empty() {
			all = append(all, s.words(one))
		}
	}
	if len(all) == 0 {
		return
	}
	s.account.Scenes = append(s.account.Scenes, Scene{At: s.now, Kind: ScenePlay, Text: "The caller hears:", Plays: all})
	s.now = s.now.Add(spoken(all))
}

// words is a prompt as text; a file is its name in brackets.
func (s *simulation) words(one prompt.Prompt) string {
	if one.Audio != "" {
		name := s.plan.Audio[id.Audio(one.Audio)]
		if name == "" {
			name = one.Audio
		}
		return "[" + name + "]"
	}
	if one.Kind == "" {
		return one.Text
	}
	language := s.language
	if language == "" {
		language = prompt.English
	}
	all, err := one.In(language).Words()
	if err != nil {
		return "[" + string(one.Kind) + "]"
	}
	return strings.Join(all, " ")
}

// spoken is about how long texts take: fifteen characters a second, and five seconds for a file, whose length is not known.
func spoken(all []string) time.Duration {
	const perSecond, file = 15, 5 * time.Second
	var long time.Duration
	for _, text := range all {
		if strings.HasPrefix(text, "[") {
			long += file
			continue
		}
		long += time.Duration(len([]rune(text))) * time.Second / perSecond
	}
	return long.Round(time.Second)
}
