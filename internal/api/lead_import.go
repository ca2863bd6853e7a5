package api

import (
	"context"
	"encoding/json"
	"strconv"

	"parley/internal/campaign"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

type (
	importLeadsInput struct {
		request
		List    id.LeadList `path:"id" maxLength:"100"`
		RawBody []byte      `contentType:"text/csv" doc:"columns in line 1: first_name, last_name, phone (to phone_10), timezone, status, your own"`
	}
	importLeadsOutput struct {
		Body struct {
			Created int           `json:"created"`
			Rows    []LineProblem `json:"rows" doc:"the lines that cannot be taken"`
			Skipped []LineProblem `json:"skipped" doc:"the lines whose number is in the list already"`
		}
	}
)

// importLeads takes the lines that can be taken, all at once.
func (d *doors) importLeads(ctx context.Context, i *importLeadsInput) (*importLeadsOutput, error) {
	s, err := d.leadList(ctx, i.List)
	if err != nil {
		return nil, d.refusal(err)
	}
	known, err := d.DB.LeadNumbers(in(ctx), i.List)
	if err != nil {
		return nil, d.refusal(err)
	}
	file := campaign.Read(i.RawBody, s.Org.Country, func(n tel.Number) bool { return known[n] })
	leads := make([]store.Lead, len(file.Rows))
	for n := range file.Rows {
		leads[n] = store.NewLead(i.List, &file.Rows[n])
	}
	if err := d.DB.CreateLeads(in(ctx), leads); err != nil {
		return nil, d.refusal(err)
	}
	if len(leads) > 0 {
		if err := d.auditLeads(ctx, &i.request, "leads imported", "lead_list", string(i.List), strconv.Itoa(len(leads))); err != nil {
			return nil, d.refusal(err)
		}
	}
	out := &importLeadsOutput{}
	out.Body.Created, out.Body.Rows, out.Body.Skipped = len(leads), lineProblems(file.Refused), lineProblems(file.Skipped)
	return out, nil
}

func lineProblems(all []campaign.LineProblem) []LineProblem {
	told := make([]LineProblem, 0, len(all))
	for _, one := range all {
		told = append(told, LineProblem{Line: one.Line, Problem: spoken(one.Why)})
	}
	return told
}

// auditLeads notes who changed leads.
func (d *doors) auditLeads(ctx context.Context, from *request, action, kind, which, what string) error {
	text, err := json.Marshal(map[string]string{"leads": what})
	if err != nil {
		return err
	}
	by := actor(ctx, from)
	return d.DB.Audit(in(ctx), &store.AuditEntry{Actor: by.User, IP: by.IP, Action: action, SubjectKind: kind, SubjectID: which, After: text})
}
