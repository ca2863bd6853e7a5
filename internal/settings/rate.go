package settings

import "fmt"

// Rate is what calls to numbers of certain beginnings cost (BX-15), in the currency of the organisation's caps. Calls to a number
// that no rate names cost nothing, as far as the caps on spend go.
type Rate struct {
	Name     string   `json:"name" minLength:"1" maxLength:"100" doc:"such as Belgium mobile"`
	Prefixes []string `json:"prefixes" minItems:"1" maxItems:"1000" doc:"beginnings of numbers, with plus; the longest one counts"`
	Minute   float64  `json:"price_per_minute" minimum:"0" maximum:"1000" doc:"of talking, counted by the second"`
	Fee      float64  `json:"connection_fee" required:"false" minimum:"0" maximum:"1000" default:"0" doc:"of a call that is answered"`
	Trunk    string   `json:"trunk" required:"false" format:"trunk" doc:"empty: every trunk that has no rate of its own for the number"`
}

// Kind is KindRate.
func (Rate) Kind() Kind { return KindRate }

// Title is its name.
func (r Rate) Title() string { return r.Name }

// Refs lists its trunk.
func (r Rate) Refs() []Ref {
	var all refs
	all.add("trunk", KindTrunk, r.Trunk)
	return all
}

// Check looks at every prefix.
func (r Rate) Check() []Problem { return checkPrefixes(r.Prefixes) }

func checkPrefixes(prefixes []string) (all []Problem) {
	for i, p := range prefixes {
		if !prefix.MatchString(p) {
			all = append(all, Problem{fmt.Sprintf("prefixes[%d]", i), "must be the beginning of a number with plus, such as +32"})
		}
	}
	return all
}
