package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/site"
	"parley/internal/station"
	"parley/internal/store"
	"parley/internal/tel"
)

// VoiceChoice is how an agent's voice is to come (VC-1).
type VoiceChoice struct {
	Mode       station.Mode `json:"mode" enum:"web,call_me,call_in"`
	Number     string       `json:"number,omitempty" maxLength:"50" doc:"of call_me: a number in any form, or the extension of a desk phone"`
	Persistent bool         `json:"persistent,omitempty" doc:"the line stays up and calls come by a beep; call_in is never otherwise"`
}

// VoiceOptions is what the choice begins with.
type VoiceOptions struct {
	Default *VoiceChoice `json:"default,omitempty" doc:"as the agent saved it"`
	AgentID string       `json:"agent_id" doc:"what an agent who dials in keys first"`
	DialIn  []tel.Number `json:"dial_in_numbers"`
}

// VoiceTicket is what an agent needs to dial in; of call_me it is empty.
type VoiceTicket struct {
	AgentID     string       `json:"agent_id"`
	DialIn      []tel.Number `json:"dial_in_numbers"`
	PIN         string       `json:"pin,omitempty" doc:"six digits, good once"`
	ValidUntil  time.Time    `json:"valid_until,omitzero"`
	LockedUntil time.Time    `json:"locked_until,omitzero" doc:"after five wrong tries none is taken until then"`
}

type voiceOptionsOutput struct{ Body VoiceOptions }

type voiceChoiceInput struct{ Body VoiceChoice }

type voiceTicketOutput struct{ Body VoiceTicket }

type voiceStopInput struct {
	Body struct {
		Sure bool `json:"sure,omitempty" doc:"even in a call"`
	}
}

func (d *doors) voiceModeRoutes(api huma.API) {
	route(api, http.MethodGet, "/station/voice", access.UsePhone, "How the own voice can come, and the saved default", d.voiceOptions)
	route(api, http.MethodPost, "/station/voice", access.UsePhone, "Have the own voice come by telephone", d.connectVoice)
	route(api, http.MethodPost, "/station/voice/stop", access.UsePhone, "End the voice by telephone", d.stopVoice)
	route(api, http.MethodPut, "/station/voice/default", access.UsePhone, "Save how the own voice comes", d.saveVoice)
}

// mySite is the configuration that the viewer's organisation has now.
func (d *doors) mySite(ctx context.Context) (*site.Site, error) {
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return nil, store.ErrNotFound
	}
	return s, nil
}

func (d *doors) voiceOptions(ctx context.Context, _ *struct{}) (*voiceOptionsOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	s, err := d.mySite(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &voiceOptionsOutput{Body: VoiceOptions{AgentID: agent.Extension, DialIn: s.DialIns()}}
	v, err := d.DB.VoiceDefault(in(ctx), agent.ID)
	switch {
	case err == nil:
		out.Body.Default = &VoiceChoice{Mode: station.Mode(v.Mode), Number: v.Number, Persistent: v.Persistent}
	case !errors.Is(err, store.ErrNotFound):
		return nil, d.refusal(err)
	}
	return out, nil
}

func (d *doors) saveVoice(ctx context.Context, input *voiceChoiceInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	c := input.Body
	if c.Mode != station.ByWeb {
		if _, err := d.voiceOf(ctx, agent, c); err != nil {
			return nil, d.refusal(err)
		}
	}
	v := store.VoiceDefault{Agent: agent.ID, Mode: string(c.Mode), Number: c.Number, Persistent: c.Persistent}
	return nil, d.refusal(d.DB.SetVoiceDefault(in(ctx), v))
}

func (d *doors) connectVoice(ctx context.Context, input *voiceChoiceInput) (*voiceTicketOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	voice, err := d.voiceOf(ctx, agent, input.Body)
	if err != nil {
		return nil, d.refusal(err)
	}
	if err := d.Exchange.AskStation(ctx, agent.ID, station.ConnectVoice{Voice: voice}); err != nil {
		return nil, d.refusal(err)
	}
	s, err := d.mySite(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &voiceTicketOutput{Body: VoiceTicket{AgentID: agent.Extension, DialIn: s.DialIns()}}
	if voice.Mode == station.ByCallIn {
		pin, err := d.Exchange.IssuePIN(agent.ID)
		if err != nil {
			return nil, d.refusal(err)
		}
		out.Body.PIN, out.Body.ValidUntil = pin.Digits, pin.Until
		if pin.Locked.After(clock.Now()) {
			out.Body.LockedUntil = pin.Locked
		}
	}
	return out, nil
}

// voiceOf makes a choice one that can be carried out, or says why it cannot.
func (d *doors) voiceOf(ctx context.Context, agent *store.Agent, c VoiceChoice) (station.Voice, error) {
	v := station.Voice{Mode: c.Mode, Persistent: c.Persistent}
	s, err := d.mySite(ctx)
	if err != nil {
		return v, err
	}
	switch c.Mode {
	case station.ByCallIn:
		v.Persistent = true
		if len(s.DialIns()) == 0 {
			return v, huma.Error409Conflict("There is no number to dial in on. An administrator can mark one of the numbers for it.")
		}
	case station.ByCallMe:
		v.Number, v.Phone, err = reach(s, agent.ID, c.Number)
	case station.ByWeb:
		err = huma.Error422UnprocessableEntity("The softphone is started in the browser.")
	}
	return v, err
}

// reach finds what a number or extension rings: a desk phone of the house, or a number that a trunk carries.
func reach(s *site.Site, agent id.Agent, typed string) (tel.Number, id.Device, error) {
	if typed == "" {
		return "", "", huma.Error422UnprocessableEntity("Enter the number or extension at which you are to be called.")
	}
	if tel.Number(typed).IsExtension() {
		phone, ok := s.PhoneAt(typed)
		if !ok {
			return "", "", huma.Error422UnprocessableEntity("No desk phone has the extension " + typed + ".")
		}
		return "", phone.ID, nil
	}
	number, err := s.CallsAgent(agent, typed)
	if err != nil {
		return "", "", huma.Error422UnprocessableEntity(spoken(err.Error()))
	}
	return number, "", nil
}

func (d *doors) stopVoice(ctx context.Context, input *voiceStopInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	err = d.Exchange.AskStation(ctx, agent.ID, station.DisconnectVoice{Sure: input.Body.Sure})
	if err == nil {
		d.Exchange.RevokePIN(agent.ID)
	}
	return nil, d.refusal(err)
}

// endWork sets an agent who signs out unavailable, and ends what was started from that page.
func (d *doors) endWork(ctx context.Context, tab id.Tab, sure bool) error {
	v := who(ctx)
	if v.agent == nil {
		return nil
	}
	switch err := d.Exchange.AskStation(ctx, v.agent.ID, station.SignOut{Tab: tab, Sure: sure}); {
	case errors.Is(err, station.ErrElsewhere):
		return nil
	case err != nil:
		return err
	}
	d.Exchange.RevokePIN(v.agent.ID)
	err := d.Dispatch.Ask(ctx, v.org, acd.SetStatus{Agent: v.agent.ID, Status: acd.Unavailable, By: v.user})
	if errors.Is(err, acd.ErrNotNow) || errors.Is(err, acd.ErrUnknown) {
		return nil // offline already
	}
	return err
}
