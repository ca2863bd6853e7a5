package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/tel"
)

// CallerID is a number that the agent may present (SP-4).
type CallerID struct {
	Number    tel.Number `json:"number"`
	Label     string     `json:"label"`
	IsDefault bool       `json:"is_default"`
}

// Reason is why an agent is unavailable (QU-16).
type Reason struct {
	Name string `json:"name"`
}

type callerIDsOutput struct{ Body []CallerID }

type reasonsOutput struct{ Body []Reason }

func (d *doors) listRoutes(api huma.API) {
	route(api, http.MethodGet, "/caller-ids", access.UsePhone, "Numbers that may be presented", d.callerIDs)
	route(api, http.MethodGet, "/reasons", access.UsePhone, "Reasons for being unavailable", d.reasons)
}

func (d *doors) callerIDs(ctx context.Context, _ *struct{}) (*callerIDsOutput, error) {
	out := &callerIDsOutput{Body: []CallerID{}}
	v := who(ctx)
	s, ok := d.Sites.Of(v.org)
	if !ok || v.agent == nil {
		return out, nil
	}
	chosen := s.Dialing.Default
	for _, n := range s.Numbers {
		if n.ID == v.agent.DefaultNumber {
			chosen = n.PhoneNumber
		}
	}
	for i, c := range s.Dialing.CallerIDs {
		out.Body = append(out.Body, CallerID{Number: c.Number, Label: c.Label, IsDefault: c.Number == chosen || chosen == "" && i == 0})
	}
	return out, nil
}

func (d *doors) reasons(ctx context.Context, _ *struct{}) (*reasonsOutput, error) {
	all, err := d.DB.Reasons(in(ctx))
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &reasonsOutput{Body: []Reason{}}
	for _, r := range all {
		if r.Active {
			out.Body = append(out.Body, Reason{r.Name})
		}
	}
	return out, nil
}
