package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/store"
)

type (
	imageInput struct {
		request
		ID      id.Agent `path:"id" maxLength:"100"`
		RawBody []byte   `contentType:"application/octet-stream"`
	}
	noImageInput struct {
		request
		ID id.Agent `path:"id" maxLength:"100"`
	}
)

func (d *doors) imageRoutes(api huma.API) {
	op := operation(http.MethodPut, "/agents/{id}/image", access.UsePhone, "Set the picture of an agent (PNG or JPEG, up to 4 MB)")
	op.MaxBodyBytes = maxImage + 1 // so that a file that is too long is told so in its own words
	huma.Register(api, op, d.setImage)
	route(api, http.MethodDelete, "/agents/{id}/image", access.UsePhone, "Take the picture of an agent away", d.dropImage)
}

func (d *doors) setImage(ctx context.Context, q *imageInput) (*struct{}, error) {
	if len(q.RawBody) > maxImage {
		return nil, d.refusal(wrong("image", "must be a file of at most 4 MB"))
	}
	if err := mayPicture(ctx, q.ID); err != nil {
		return nil, err
	}
	d.unfolding.Lock() // one picture at a time is unfolded in memory
	picture, err := squareImage(q.RawBody)
	d.unfolding.Unlock()
	if err != nil {
		return nil, d.refusal(wrong("image", "%s", err))
	}
	return nil, d.keepImage(ctx, &q.request, q.ID, picture, "agent image set")
}

func (d *doors) dropImage(ctx context.Context, q *noImageInput) (*struct{}, error) {
	if err := mayPicture(ctx, q.ID); err != nil {
		return nil, err
	}
	return nil, d.keepImage(ctx, &q.request, q.ID, nil, "agent image removed")
}

// mayPicture refuses who is neither the agent nor an administrator (AG-3).
func mayPicture(ctx context.Context, agent id.Agent) error {
	if v := who(ctx); v.role == access.Admin || agentID(v) == agent {
		return nil
	}
	return huma.Error403Forbidden("Only the agent and administrators may change this picture.")
}

func (d *doors) keepImage(ctx context.Context, from *request, agent id.Agent, picture []byte, action string) error {
	if err := d.DB.SetAgentImage(in(ctx), agent, picture); err != nil {
		return d.refusal(err)
	}
	entry := store.AuditEntry{Actor: who(ctx).user, IP: from.addr().String(), Action: action, SubjectKind: "agent", SubjectID: string(agent)}
	if err := d.DB.Audit(in(ctx), &entry); err != nil {
		return d.refusal(err)
	}
	return d.refusal(d.Changed(ctx, who(ctx).org))
}

// agentImage serves a picture. Its address names the very picture, so that a browser may keep it; it is no described route
// since it is no JSON.
func (d *doors) agentImage(w http.ResponseWriter, r *http.Request) {
	v, ok := d.admit(w, r, access.UseContacts)
	if !ok {
		return
	}
	picture, tag, err := d.DB.AgentImage(store.WithOrg(r.Context(), v.org), id.Agent(r.PathValue("id")))
	if err != nil {
		d.refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("ETag", `"`+tag+`"`)
	w.Header().Set("Cache-Control", "private, max-age=86400")
	_, _ = w.Write(picture) // a browser that went away needs none
}
