package settings

// Campaign is an outbound campaign, to whose leads agents call and convert calls (OB-1, OB-14).
type Campaign struct {
	Name        string   `json:"title" minLength:"1" maxLength:"100"`
	Description string   `json:"description" required:"false" maxLength:"500"`
	Teams       []string `json:"teams" required:"false" format:"group" maxItems:"100" doc:"the groups whose own campaign it is"`
}

// LeadList is a list of leads of a campaign; a lead is in one list (OB-4).
type LeadList struct {
	Name     string `json:"name" minLength:"1" maxLength:"100"`
	Campaign string `json:"campaign" format:"campaign"`
}

// The values of Organisation.Campaigns (OB-14).
const (
	CampaignsOwn = "own"
	CampaignsAll = "all"
)

// Kind is KindCampaign.
func (Campaign) Kind() Kind { return KindCampaign }

// Title is its title.
func (c Campaign) Title() string { return c.Name }

// Refs lists its teams.
func (c Campaign) Refs() []Ref {
	var all refs
	all.add("teams", KindGroup, c.Teams...)
	return all
}

// Check finds nothing beyond the ranges.
func (Campaign) Check() []Problem { return nil }

// Kind is KindLeadList.
func (LeadList) Kind() Kind { return KindLeadList }

// Title is its name.
func (l LeadList) Title() string { return l.Name }

// Refs names its campaign.
func (l LeadList) Refs() []Ref {
	var all refs
	all.add("campaign", KindCampaign, l.Campaign)
	return all
}

// Check wants a campaign, as leads without one could not be called.
func (l LeadList) Check() []Problem {
	if l.Campaign == "" {
		return []Problem{{"campaign", "must be chosen"}}
	}
	return nil
}
