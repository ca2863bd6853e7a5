package settings

import (
	"fmt"

	"parley/internal/prompt"
)

// Consent is what the law of a country or region asks for before calls with numbers of it are recorded (BX-18).
type Consent struct {
	Prefixes []string      `json:"prefixes" required:"false" maxItems:"300" doc:"beginnings of the customer's number, with plus; the longest counts; empty: every other number, and who shows none"`
	Rule     string        `json:"rule" enum:"none,notice,opt_in" doc:"notice: the prompt is played first, and the key refuses; opt_in: nothing is recorded until the key is pressed"`
	Key      string        `json:"key" required:"false" enum:"0,1,2,3,4,5,6,7,8,9" default:"9" doc:"counts from the beginning of the prompt until ten seconds after it"`
	Prompt   prompt.Prompt `json:"prompt" required:"false" doc:"says what is recorded, and which key to press"`
}

// The rules that ask for something.
const (
	ConsentNotice = "notice"
	ConsentOptIn  = "opt_in"
)

func checkConsent(entries []Consent) []Problem {
	var all []Problem
	seen := map[string]bool{}
	for i, one := range entries {
		all = append(all, one.check(fmt.Sprintf("recording_consent[%d]", i), seen)...)
	}
	return all
}

// check wants a prompt where something is asked for, and prefixes that are none of another entry's.
func (c Consent) check(field string, seen map[string]bool) []Problem {
	all := checkPrompt(field+".prompt", c.Prompt)
	if (c.Rule == ConsentNotice || c.Rule == ConsentOptIn) && c.Prompt.Empty() {
		all = append(all, Problem{field + ".prompt", "must say what is recorded, and which key to press"})
	}
	prefixes := c.Prefixes
	if len(prefixes) == 0 {
		prefixes = []string{""}
	}
	for i, one := range prefixes {
		switch {
		case one != "" && !prefix.MatchString(one):
			all = append(all, Problem{fmt.Sprintf("%s.prefixes[%d]", field, i), "must be the beginning of a number with plus, such as +49"})
		case seen[one]:
			all = append(all, Problem{field + ".prefixes", "are those of another entry too"})
		}
		seen[one] = true
	}
	return all
}
