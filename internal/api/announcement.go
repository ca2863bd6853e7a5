package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/id"
)

type announcementInput struct {
	ID   id.Call `path:"id" maxLength:"100"`
	Body struct {
		Audio string `json:"audio" minLength:"1" maxLength:"100" doc:"one of the announcements of the call's queue"`
	}
}

func (d *doors) announcementRoutes(api huma.API) {
	route(api, http.MethodPost, "/calls/{id}/announcement", access.UsePhone, "Have both sides hear a sound", d.playAnnouncement)
	route(api, http.MethodPost, "/calls/{id}/announcement/stop", access.UsePhone, "Stop it early: talk goes on", d.stopAnnouncement)
}

func (d *doors) playAnnouncement(ctx context.Context, in *announcementInput) (*struct{}, error) {
	return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal { return call.PlayAnnouncement{Agent: a, Audio: in.Body.Audio} })
}

func (d *doors) stopAnnouncement(ctx context.Context, in *callInput) (*struct{}, error) {
	return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal { return call.StopAnnouncement{Agent: a} })
}
