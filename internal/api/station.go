package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/station"
)

type startInput struct {
	request
	Body struct {
		Tab        id.Tab `json:"tab" minLength:"1" maxLength:"100"`
		SDP        string `json:"sdp" doc:"the browser's offer" maxLength:"65536"`
		Takeover   bool   `json:"takeover" doc:"take the phone over from another tab"`
		Persistent bool   `json:"persistent,omitempty" doc:"calls come by a beep, without Answer"`
	}
}

type startOutput struct {
	Body struct {
		SDP string `json:"sdp" doc:"the answer"`
		Leg id.Leg `json:"leg"`
	}
}

type stopInput struct {
	Body struct {
		Tab  id.Tab `json:"tab" minLength:"1" maxLength:"100"`
		Sure bool   `json:"sure,omitempty" doc:"stop even in a call"`
	}
}

type deskInput struct {
	Body struct {
		On bool `json:"on"`
	}
}

func (d *doors) stationRoutes(api huma.API) {
	route(api, http.MethodPost, "/station/start", access.UsePhone, "Make this browser tab the agent's phone", d.startStation)
	route(api, http.MethodPost, "/station/stop", access.UsePhone, "Stop work in this browser tab", d.stopStation)
	route(api, http.MethodPost, "/station/desk", access.UsePhone, "Start or stop work on the desk phone", d.workOnDesk)
}

// startStation connects the browser's sound first, so that a started station can ring at once.
func (d *doors) startStation(ctx context.Context, in *startInput) (*startOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	leg := id.New[id.Leg]()
	d.Exchange.EnterBrowser(agent.ID, leg)
	answer, err := d.RTC.Connect(leg, in.Body.SDP)
	if err != nil {
		d.Exchange.ForgetBrowser(leg)
		return nil, d.refusal(err)
	}
	start := station.Start{Tab: in.Body.Tab, Leg: leg, Takeover: in.Body.Takeover, Persistent: in.Body.Persistent}
	if err := d.Exchange.AskStation(ctx, agent.ID, start); err != nil {
		d.RTC.HangUp(leg)
		return nil, d.refusal(err)
	}
	d.seeNetwork(ctx, &in.request)
	out := &startOutput{}
	out.Body.SDP, out.Body.Leg = answer, leg
	return out, nil
}

func (d *doors) stopStation(ctx context.Context, in *stopInput) (*struct{}, error) {
	return d.askStation(ctx, station.Stop{Tab: in.Body.Tab, Sure: in.Body.Sure})
}

func (d *doors) workOnDesk(ctx context.Context, in *deskInput) (*struct{}, error) {
	return d.askStation(ctx, station.DeskWork{On: in.Body.On})
}

// askStation hands a request to the viewer's own station.
func (d *doors) askStation(ctx context.Context, s station.Signal) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return nil, d.refusal(d.Exchange.AskStation(ctx, agent.ID, s))
}
