package settings

import (
	"fmt"
	"strings"

	"parley/internal/dest"
	"parley/internal/prompt"
)

// Menu asks a caller (IV-1).
type Menu struct {
	Name                  string           `json:"name" minLength:"1" maxLength:"50"`
	Prompt                prompt.Prompt    `json:"prompt" doc:"what the caller hears"`
	Timeout               int              `json:"timeout" required:"false" minimum:"1" maximum:"60" default:"5" doc:"seconds to wait for a key after the prompt"`
	MaxTries              int              `json:"max_tries" required:"false" minimum:"1" maximum:"10" default:"3" doc:"how often the prompt is played"`
	AllowDirectExtensions bool             `json:"allow_direct_extensions" required:"false" default:"false" doc:"the caller may key an extension"`
	DefaultDestination    dest.Destination `json:"default_destination" required:"false" doc:"where a caller goes who chose nothing"`
	Options               []MenuOption     `json:"options" required:"false" maxItems:"30"`
	Precedence                             // of whoever leaves the menu; an option may say otherwise
}

// MenuOption is one choice: keys, a spoken phrase, or both (IV-2, IV-6).
type MenuOption struct {
	Digits      string           `json:"digits,omitempty" maxLength:"8" pattern:"^[0-9*#]*$" patternDescription:"keys: digits, * and #" doc:"one or more keys"`
	Speech      string           `json:"speech,omitempty" maxLength:"100" doc:"a word or phrase; heard once a speech recogniser is there"`
	Destination dest.Destination `json:"destination"`
	Precedence
}

// Kind is KindMenu.
func (Menu) Kind() Kind { return KindMenu }

// Title is its name.
func (m Menu) Title() string { return m.Name }

// Refs lists its audio and where it leads.
func (m Menu) Refs() []Ref {
	var all refs
	all.prompt("prompt", m.Prompt)
	all.dest("default_destination", m.DefaultDestination)
	for i, o := range m.Options {
		all.dest(fmt.Sprintf("options[%d].destination", i), o.Destination)
		all.steps(fmt.Sprintf("options[%d].skill_steps", i), o.Steps)
	}
	all.steps("skill_steps", m.Steps)
	return all
}

// Check refuses a menu without a prompt, and options that nobody can choose or that clash (IV-6): no two have the same keys or phrase,
// nor the keys of another and # behind them, as # ends an entry (IV-4). That one's keys begin with another's is no clash: the wait for
// a further key tells 1 from 12.
func (m Menu) Check() []Problem {
	var all []Problem
	if m.Prompt.Empty() {
		all = append(all, Problem{"prompt", "must hold a text or a file of the library"})
	}
	all = append(all, checkPrompt("prompt", m.Prompt)...)
	all = append(all, checkOptionalDest("default_destination", &m.DefaultDestination)...)
	all = append(all, checkSteps("skill_steps", m.Steps)...)
	for i, o := range m.Options {
		all = append(all, m.checkOption(i, o)...)
	}
	return all
}

func (m Menu) checkOption(i int, o MenuOption) []Problem {
	field := fmt.Sprintf("options[%d]", i)
	all := append(checkDest(field+".destination", o.Destination), checkSteps(field+".skill_steps", o.Steps)...)
	if o.Digits == "" && o.Speech == "" {
		all = append(all, Problem{field, "must name keys or a phrase"})
	}
	for k, earlier := range m.Options[:i] {
		switch {
		case o.Digits != "" && o.Digits == earlier.Digits:
			all = append(all, Problem{field + ".digits", fmt.Sprintf("has the keys of option %d too", k+1)})
		case o.Speech != "" && strings.EqualFold(o.Speech, earlier.Speech):
			all = append(all, Problem{field + ".speech", fmt.Sprintf("has the phrase of option %d too", k+1)})
		}
	}
	for k, other := range m.Options {
		if other.Digits != "" && strings.HasPrefix(o.Digits, other.Digits+"#") {
			what := fmt.Sprintf("begins with the keys of option %d and #, which ends an entry", k+1)
			all = append(all, Problem{field + ".digits", what})
		}
	}
	return all
}
