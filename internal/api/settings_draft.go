package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/settings"
	"parley/internal/store"
)

type (
	draftOutput[T settings.Record] struct{ Body store.Draft[T] }
	rollbackInput                  struct {
		request
		ID   string `path:"id" maxLength:"100"`
		Body struct {
			Version int `json:"version" minimum:"1" doc:"of the record as it is now"`
			To      int `json:"to" minimum:"1" doc:"the version that is to come back"`
		}
	}
)

// draftRoutes are those of a kind that is drafted, compared, published and rolled back (BX-10).
func draftRoutes[T settings.Record](api huma.API, path, name string, r records[T]) {
	route(api, http.MethodGet, path+"/{id}/draft", access.Administrate, "Read the draft of one of the "+name, r.draft)
	route(api, http.MethodPut, path+"/{id}/draft", access.Administrate, "Keep a draft of one of the "+name, r.saveDraft)
	route(api, http.MethodDelete, path+"/{id}/draft", access.Administrate, "Forget the draft of one of the "+name, r.dropDraft)
	route(api, http.MethodPost, path+"/{id}/publish", access.Administrate, "Publish the draft of one of the "+name, r.publish)
	route(api, http.MethodPost, path+"/{id}/rollback", access.Administrate, "Bring an earlier version of one of the "+name+" back", r.rollback)
}

func (r records[T]) draft(ctx context.Context, q *recordInput) (*draftOutput[T], error) {
	draft, err := r.shelf.Draft(in(ctx), q.ID)
	return &draftOutput[T]{draft}, r.d.refusal(err)
}

func (r records[T]) saveDraft(ctx context.Context, q *updateInput[T]) (*draftOutput[T], error) {
	err := r.shelf.SaveDraft(in(ctx), actor(ctx, &q.request), q.ID, q.Body.Version, q.Body.Fields.is)
	if err != nil {
		return nil, r.d.refusal(err)
	}
	return r.draft(ctx, &recordInput{q.ID})
}

func (r records[T]) dropDraft(ctx context.Context, q *changeInput) (*struct{}, error) {
	return nil, r.d.refusal(r.shelf.DropDraft(in(ctx), q.ID))
}

func (r records[T]) publish(ctx context.Context, q *changeInput) (*recordOutput[T], error) {
	draft, err := r.shelf.Draft(in(ctx), q.ID)
	if err != nil {
		return nil, r.d.refusal(err)
	}
	if err := r.guarded(ctx, q.ID, &draft.Fields); err != nil {
		return nil, err
	}
	row, err := r.shelf.Publish(in(ctx), actor(ctx, &q.request), q.ID)
	return r.done(ctx, row, err)
}

func (r records[T]) rollback(ctx context.Context, q *rollbackInput) (*recordOutput[T], error) {
	row, err := r.shelf.Rollback(in(ctx), actor(ctx, &q.request), q.ID, q.Body.Version, q.Body.To)
	return r.done(ctx, row, err)
}
