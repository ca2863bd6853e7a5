package campaign

import (
	"errors"
	"slices"
)

// ErrNotNow is the refusal of a conversion that makes no sense, in words for the agent.
var ErrNotNow = errors.New("not possible now")

type refusal string

func (r refusal) Error() string { return string(r) }
func (r refusal) Unwrap() error { return ErrNotNow }

// Viewer is who looks for a lead, and by which rule campaigns are shown.
type Viewer struct {
	Manages bool     // leads and campaigns: every campaign is shown
	OwnOnly bool     // the organisation shows agents the campaigns of their own groups only (OB-14)
	Groups  []string // of the viewer
}

// Shown tells whether a campaign of these teams is shown to a viewer.
func Shown(v Viewer, teams []string) bool {
	return v.Manages || !v.OwnOnly || slices.ContainsFunc(teams, func(team string) bool { return slices.Contains(v.Groups, team) })
}

// Wish is that a call counts for a lead.
type Wish struct {
	Name     string // of the lead, as people know it
	Status   Status
	Campaign string // its title
	Shown    bool   // to the agent
}

// MayConvert says in words why a call cannot count for a lead; nil when it can. Whether the agent may
// say so of the call, the call knows.
func MayConvert(w Wish) error {
	switch {
	case !w.Shown:
		return refusal("the campaign " + w.Campaign + " is not shown to you: choose a lead of another campaign")
	case w.Status == DNC:
		return refusal(w.Name + " is on the do-not-call list: choose another lead")
	}
	return nil
}
