package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/store"
)

// AuditEntry says who changed what, and how it was before and after.
type AuditEntry struct {
	ID          string          `json:"id"`
	At          time.Time       `json:"at"`
	Actor       id.User         `json:"actor,omitempty" doc:"empty: the system"`
	ActorName   string          `json:"actor_name,omitempty"`
	IP          string          `json:"ip,omitempty"`
	Action      string          `json:"action"`
	SubjectKind string          `json:"subject_kind,omitempty"`
	SubjectID   string          `json:"subject_id,omitempty"`
	Before      json.RawMessage `json:"before,omitempty"`
	After       json.RawMessage `json:"after,omitempty"`
}

type (
	auditInput struct {
		Kind    string    `query:"kind" maxLength:"50" doc:"of what was changed, such as queue"`
		Subject string    `query:"subject" maxLength:"100" doc:"the id of what was changed"`
		Actor   string    `query:"actor" maxLength:"100"`
		Since   time.Time `query:"since"`
		Text    string    `query:"q" maxLength:"100" doc:"looked for in the action"`
		Offset  int       `query:"offset" minimum:"0" maximum:"1000000"`
		Limit   int       `query:"limit" minimum:"0" maximum:"200" doc:"0 means 100"`
	}
	auditOutput struct{ Body store.Page[AuditEntry] }
)

func (d *doors) auditRoutes(api huma.API) {
	route(api, http.MethodGet, "/audit", access.Administrate, "Who changed what, newest first", d.auditEntries)
}

func (d *doors) auditEntries(ctx context.Context, q *auditInput) (*auditOutput, error) {
	page, err := d.DB.AuditOf(in(ctx), store.AuditQuery{
		Range: store.Range{Offset: q.Offset, Limit: q.Limit}, Kind: q.Kind, Subject: q.Subject, Actor: id.User(q.Actor), Since: q.Since, Text: q.Text,
	})
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &auditOutput{store.Page[AuditEntry]{Rows: []AuditEntry{}, Total: page.Total}}
	for _, e := range page.Rows {
		out.Body.Rows = append(out.Body.Rows, AuditEntry{
			ID: e.ID, At: e.At, Actor: e.Actor, ActorName: d.userName(ctx, e.Actor), IP: e.IP, Action: e.Action,
			SubjectKind: e.SubjectKind, SubjectID: e.SubjectID, Before: e.Before, After: e.After,
		})
	}
	return out, nil
}

// userName is what people call a user; empty for one who is not here any more.
func (d *doors) userName(ctx context.Context, user id.User) string {
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return ""
	}
	u := s.Records.Users[user]
	return store.User{FirstName: u.FirstName, LastName: u.LastName}.FullName()
}
