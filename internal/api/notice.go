package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/store"
)

type (
	noticesInput struct {
		Offset int `query:"offset" minimum:"0" maximum:"1000000"`
		Limit  int `query:"limit" minimum:"1" maximum:"200" default:"100"`
	}
	noticesOutput struct{ Body store.Page[store.Notice] }
	noticeInput   struct {
		ID string `path:"id" maxLength:"100"`
	}
	unreadOutput struct {
		Body struct {
			Unread int `json:"unread"`
		}
	}
)

// noticeRoutes are those of the bell (NT-5): each user has the own notices alone.
func (d *doors) noticeRoutes(api huma.API) {
	route(api, http.MethodGet, "/notices", access.ReadLive, "List the own notices, newest first", d.notices)
	route(api, http.MethodGet, "/notices/unread", access.ReadLive, "Count the own notices that are unread", d.unreadNotices)
	route(api, http.MethodPut, "/notices/read", access.ReadLive, "Mark all own notices as read", d.readNotices)
	route(api, http.MethodPut, "/notices/{id}/read", access.ReadLive, "Mark one of the own notices as read", d.readNotice)
}

func (d *doors) notices(ctx context.Context, q *noticesInput) (*noticesOutput, error) {
	page, err := d.DB.Notices(in(ctx), who(ctx).user, store.Range{Offset: q.Offset, Limit: q.Limit})
	return &noticesOutput{page}, d.refusal(err)
}

func (d *doors) unreadNotices(ctx context.Context, _ *struct{}) (*unreadOutput, error) {
	count, err := d.DB.UnreadNoticesOf(in(ctx), who(ctx).user)
	out := &unreadOutput{}
	out.Body.Unread = count
	return out, d.refusal(err)
}

func (d *doors) readNotices(ctx context.Context, _ *struct{}) (*struct{}, error) {
	v := who(ctx)
	return nil, d.refusal(d.Bell.Read(ctx, v.org, v.user, ""))
}

func (d *doors) readNotice(ctx context.Context, q *noticeInput) (*struct{}, error) {
	v := who(ctx)
	return nil, d.refusal(d.Bell.Read(ctx, v.org, v.user, q.ID))
}
