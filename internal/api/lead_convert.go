package api

import (
	"context"

	"parley/internal/call"
	"parley/internal/campaign"
	"parley/internal/id"
)

// CallLead is the lead for whom a call counts, and its campaign, by the names that they had then.
type CallLead struct {
	ID           id.Lead     `json:"id"`
	Name         string      `json:"name"`
	Campaign     id.Campaign `json:"campaign"`
	CampaignName string      `json:"campaign_name"`
}

type convertInput struct {
	ID   id.Call `path:"id" maxLength:"100"`
	Body struct {
		Lead id.Lead `json:"lead_id" minLength:"1" maxLength:"100"`
	}
}

func callLead(l call.Lead) *CallLead {
	if l.ID == "" {
		return nil
	}
	return &CallLead{ID: l.ID, Name: l.Name, Campaign: l.Campaign, CampaignName: l.CampaignName}
}

// convert lets a call that the viewer is in count for a lead (TR-7, OB-14).
func (d *doors) convert(ctx context.Context, i *convertInput) (*struct{}, error) {
	s, err := d.site(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	row, err := d.DB.Lead(in(ctx), i.Body.Lead)
	if err != nil {
		return nil, d.refusal(err)
	}
	which, of, _ := s.CampaignOf(row.List)
	_, shown := campaignsFor(ctx, s)[which]
	if err := campaign.MayConvert(campaign.Wish{Name: row.Title(), Status: row.Status, Campaign: of.Name, Shown: shown}); err != nil {
		return nil, d.refusal(err)
	}
	return nil, d.askCall(ctx, i.ID, func(a id.Agent) call.Signal {
		return call.Convert{Agent: a, Lead: call.Lead{ID: row.ID, Name: row.Title(), Campaign: which, CampaignName: of.Name}}
	})
}
