package site

import (
	"slices"

	"parley/internal/campaign"
	"parley/internal/id"
	"parley/internal/settings"
)

// Campaigns are those that are shown to a user, by id (OB-14); manages: the user keeps campaigns and leads.
func (s *Site) Campaigns(user id.User, manages bool) map[id.Campaign]settings.Campaign {
	v := campaign.Viewer{Manages: manages, OwnOnly: s.Records.Org.Campaigns == settings.CampaignsOwn}
	for which, g := range s.Records.Groups {
		if slices.Contains(g.Users, string(user)) {
			v.Groups = append(v.Groups, which)
		}
	}
	shown := map[id.Campaign]settings.Campaign{}
	for which, c := range s.Records.Campaigns {
		if campaign.Shown(v, c.Teams) {
			shown[which] = c
		}
	}
	return shown
}

// CampaignOf is the campaign of a list of leads, and its id; false when the list or the campaign is not there any more.
func (s *Site) CampaignOf(list id.LeadList) (id.Campaign, settings.Campaign, bool) {
	which := id.Campaign(s.Records.LeadLists[list].Campaign)
	c, ok := s.Records.Campaigns[which]
	return which, c, ok
}
