package treatment

import "parley/internal/prompt"

// AnnouncementPlan is what a caller hears once.
type AnnouncementPlan struct {
	Prompts []prompt.Prompt `json:"prompts"`
}

// Announcement is a caller who hears something to its end.
type Announcement struct {
	Plan *AnnouncementPlan `json:"plan"`
}

func (a *Announcement) begin(t *turn)          { t.play("announcement", a.Plan.Prompts...) }
func (*Announcement) played(t *turn, _ string) { t.over(Over{How: Done}) }
func (*Announcement) keyed(*turn, string)      {}
func (*Announcement) woken(*turn)              {}
func (*Announcement) told(*turn, Signal)       {}
