package api

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/campaign"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/tel"
)

// Lead is somebody whom a campaign calls (OB-14), with what the calls that count for it have made of it.
type Lead struct {
	ID           id.Lead           `json:"id"`
	Name         string            `json:"name" doc:"first and last name, or else the first number"`
	List         id.LeadList       `json:"list"`
	ListName     string            `json:"list_name"`
	Campaign     id.Campaign       `json:"campaign"`
	CampaignName string            `json:"campaign_name"`
	FirstName    string            `json:"first_name"`
	LastName     string            `json:"last_name"`
	Phones       []campaign.Phone  `json:"phones"`
	Timezone     string            `json:"timezone,omitempty"`
	Data         map[string]string `json:"data"`
	Status       campaign.Status   `json:"status" enum:"new,open,callback,completed,dnc"`
	Attempts     int               `json:"attempts"`
	LastAttempt  time.Time         `json:"last_attempt,omitzero"`
	LastOutcome  string            `json:"last_outcome,omitempty"`
	CreatedAt    time.Time         `json:"created_at"`
}

type (
	leadsInput struct {
		List   id.LeadList `path:"id" maxLength:"100"`
		Offset int         `query:"offset" minimum:"0" maximum:"1000000"`
		Limit  int         `query:"limit" minimum:"0" maximum:"200" doc:"0 means 100"`
	}
	leadsOutput struct{ Body store.Page[Lead] }
	leadInput   struct {
		request
		ID id.Lead `path:"id" maxLength:"100"`
	}
	leadOutput struct{ Body Lead }
	// NewLead is a lead as people give it.
	NewLead struct {
		FirstName string            `json:"first_name,omitempty" maxLength:"100"`
		LastName  string            `json:"last_name,omitempty" maxLength:"100"`
		Phones    []NewLeadPhone    `json:"phones" minItems:"1" maxItems:"10"`
		Timezone  string            `json:"timezone,omitempty" maxLength:"100" doc:"IANA name"`
		Data      map[string]string `json:"data,omitempty"`
		Status    campaign.Status   `json:"status,omitempty" enum:"new,open,callback,completed,dnc" default:"new"`
	}
	// NewLeadPhone is a number of a new lead.
	NewLeadPhone struct {
		Number string `json:"number" minLength:"1" maxLength:"50" doc:"in any form; without country code it is of the organisation's country"`
		Label  string `json:"label,omitempty" maxLength:"50"`
	}
	newLeadInput struct {
		List id.LeadList `path:"id" maxLength:"100"`
		Body NewLead
	}
	findLeadsInput struct {
		Campaign id.Campaign `query:"campaign" maxLength:"100" doc:"empty: any that is shown to the viewer"`
		Phone    string      `query:"phone" required:"true" minLength:"1" maxLength:"50"`
	}
	foundLeadsOutput struct{ Body []Lead }
	campaignsOutput  struct{ Body []Named }
)

func (d *doors) leadRoutes(api huma.API) {
	route(api, http.MethodGet, "/campaigns", access.UsePhone, "The campaigns that are shown to the viewer", d.shownCampaigns)
	route(api, http.MethodGet, "/leads", access.UsePhone, "The leads of these campaigns with a number", d.findLeads)
	route(api, http.MethodPost, "/calls/{id}/convert", access.UsePhone, "Let the call count for a lead", d.convert)
	route(api, http.MethodDelete, "/leads/{id}", access.EditLeads, "Delete a lead", d.deleteLead)
	route(api, http.MethodGet, "/lead-lists/{id}/leads", access.EditLeads, "The leads in a list", d.listLeads)
	route(api, http.MethodPost, "/lead-lists/{id}/leads", access.EditLeads, "Put a lead into a list", d.newLead)
	route(api, http.MethodPost, "/lead-lists/{id}/leads/import", access.EditLeads, "Take leads into a list from a CSV file", d.importLeads)
}

// site is what is known of the viewer's organisation.
func (d *doors) site(ctx context.Context) (*site.Site, error) {
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return nil, store.ErrNotFound
	}
	return s, nil
}

func campaignsFor(ctx context.Context, s *site.Site) map[id.Campaign]settings.Campaign {
	v := who(ctx)
	return s.Campaigns(v.user, access.May(v.role, access.EditLeads))
}

func (d *doors) shownCampaigns(ctx context.Context, _ *struct{}) (*campaignsOutput, error) {
	s, err := d.site(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	return &campaignsOutput{named(campaignsFor(ctx, s), settings.Campaign.Title)}, nil
}

// findLeads looks only into the campaigns that are shown to the viewer.
func (d *doors) findLeads(ctx context.Context, i *findLeadsInput) (*foundLeadsOutput, error) {
	s, err := d.site(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	number, why := campaign.Number(i.Phone, s.Org.Country)
	if why != "" {
		return nil, huma.Error422UnprocessableEntity(spoken(why))
	}
	shown := campaignsFor(ctx, s)
	if _, is := shown[i.Campaign]; i.Campaign != "" && !is {
		return nil, d.refusal(store.ErrNotFound)
	}
	lists := []id.LeadList{}
	for which, l := range s.Records.LeadLists {
		of := id.Campaign(l.Campaign)
		if _, is := shown[of]; is && (i.Campaign == "" || i.Campaign == of) {
			lists = append(lists, which)
		}
	}
	rows, err := d.DB.LeadsByNumber(in(ctx), lists, number)
	out := &foundLeadsOutput{Body: []Lead{}}
	for i := range rows {
		out.Body = append(out.Body, leadOf(s, &rows[i]))
	}
	return out, d.refusal(err)
}

func leadOf(s *site.Site, row *store.Lead) Lead {
	l := Lead{
		ID: row.ID, Name: row.Title(), List: row.List, ListName: s.Records.LeadLists[row.List].Name, FirstName: row.FirstName, LastName: row.LastName,
		Phones: row.Phones, Timezone: row.Timezone, Data: row.Data, Status: row.Status, Attempts: row.Attempts, LastAttempt: row.LastAttempt,
		LastOutcome: row.LastOutcome, CreatedAt: row.CreatedAt,
	}
	which, c, _ := s.CampaignOf(row.List)
	l.Campaign, l.CampaignName = which, c.Name
	return l
}

// leadList is the site, if it has the list.
func (d *doors) leadList(ctx context.Context, which id.LeadList) (*site.Site, error) {
	s, err := d.site(ctx)
	if err != nil {
		return nil, err
	}
	if _, there := s.Records.LeadLists[which]; !there {
		return nil, store.ErrNotFound
	}
	return s, nil
}

func (d *doors) listLeads(ctx context.Context, i *leadsInput) (*leadsOutput, error) {
	s, err := d.leadList(ctx, i.List)
	if err != nil {
		return nil, d.refusal(err)
	}
	page, err := d.DB.Leads(in(ctx), i.List, store.Range{Offset: i.Offset, Limit: i.Limit})
	out := &leadsOutput{Body: store.Page[Lead]{Rows: []Lead{}, Total: page.Total}}
	for i := range page.Rows {
		out.Body.Rows = append(out.Body.Rows, leadOf(s, &page.Rows[i]))
	}
	return out, d.refusal(err)
}

func (d *doors) newLead(ctx context.Context, i *newLeadInput) (*leadOutput, error) {
	s, err := d.leadList(ctx, i.List)
	if err != nil {
		return nil, d.refusal(err)
	}
	row, why := i.Body.row(s.Org.Country)
	if why != "" {
		return nil, huma.Error422UnprocessableEntity(spoken(why))
	}
	known, err := d.DB.LeadNumbers(in(ctx), i.List)
	if err != nil {
		return nil, d.refusal(err)
	}
	for _, p := range row.Phones {
		if known[p.Number] {
			return nil, conflict(fmt.Sprintf("The number %s is in this list already.", p.Number))
		}
	}
	rows := []store.Lead{store.NewLead(i.List, &row)}
	if err := d.DB.CreateLeads(in(ctx), rows); err != nil {
		return nil, d.refusal(err)
	}
	return &leadOutput{leadOf(s, &rows[0])}, nil
}

// row is what was given as a lead, or what is wrong with it.
func (n *NewLead) row(country string) (campaign.Row, string) {
	r := campaign.Row{
		FirstName: strings.TrimSpace(n.FirstName), LastName: strings.TrimSpace(n.LastName), Timezone: strings.TrimSpace(n.Timezone), Data: n.Data,
		Status: n.Status,
	}
	seen := map[tel.Number]bool{}
	for _, p := range n.Phones {
		number, why := campaign.Number(p.Number, country)
		switch {
		case why != "":
			return r, why
		case seen[number]:
			return r, "the number " + string(number) + " stands there twice"
		}
		seen[number] = true
		r.Phones = append(r.Phones, campaign.Phone{Number: number, Label: strings.TrimSpace(p.Label)})
	}
	return r, r.Check()
}

func (d *doors) deleteLead(ctx context.Context, i *leadInput) (*struct{}, error) {
	row, err := d.DB.Lead(in(ctx), i.ID)
	if err == nil {
		err = d.DB.DeleteLead(in(ctx), i.ID)
	}
	if err == nil {
		err = d.auditLeads(ctx, &i.request, "lead deleted", "lead", string(i.ID), cmp.Or(row.Title(), string(row.ID)))
	}
	return nil, d.refusal(err)
}
