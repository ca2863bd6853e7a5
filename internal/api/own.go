package api

import (
	"cmp"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/tel"
)

// OwnFields are what agents may change of their own profile (AG-3, AG-7); all else is an administrator's.
type OwnFields struct {
	DisplayName         string        `json:"display_name" maxLength:"50" doc:"empty: the user's name"`
	DefaultNumber       string        `json:"default_number" maxLength:"100" doc:"the id of a number; empty: the organisation's (PN-10)"`
	PreferredDevice     string        `json:"preferred_device" enum:"softphone,desk_phone,receiving_number"`
	RingStrategy        string        `json:"ring_strategy" enum:"preferred_only,sequential,simultaneous"`
	ReceivingNumber     string        `json:"receiving_number" maxLength:"50" doc:"in any form"`
	Forwarding          string        `json:"forwarding" enum:"off,failover,always" doc:"of direct calls"`
	ForwardTo           string        `json:"forward_to" maxLength:"50" doc:"an extension, or a number in any form"`
	Voicemail           bool          `json:"voicemail"`
	UnavailableGreeting prompt.Prompt `json:"unavailable_greeting" doc:"empty: the standard text"`
	CallWaiting         bool          `json:"call_waiting"`
	RecordOutgoing      bool          `json:"record_outgoing_automatically"`
	DefaultStatus       string        `json:"default_status" enum:"available,busy,unavailable"`
	DefaultLanguage     string        `json:"default_language" maxLength:"10" doc:"such as en, of what *97 and *98 say; empty: the organisation's"`

	FollowMe      string                  `json:"follow_me" enum:"off,at_once,in_order" doc:"direct calls ring at further numbers too (BX-29)"`
	FollowNumbers []settings.FollowNumber `json:"follow_numbers" maxItems:"10" nullable:"false"`
	SpeedDials    []settings.SpeedDial    `json:"speed_dials" maxItems:"100" nullable:"false" doc:"numbers dialled by two digits (BX-32)"`
}

// OwnSettings are the own settings, with what the page must know besides.
type OwnSettings struct {
	Version   int         `json:"version"`
	Fields    OwnFields   `json:"fields"`
	Image     string      `json:"image,omitempty" doc:"address of the own picture (AG-7)"`
	Outside   bool        `json:"external_forwarding" doc:"direct calls may be forwarded outside (PM-7)"`
	DeskPhone bool        `json:"desk_phone"`
	Numbers   []OwnNumber `json:"numbers" doc:"that may be the default caller ID"`
}

// OwnNumber is a number that may be the default caller ID.
type OwnNumber struct {
	ID     id.Number  `json:"id"`
	Number tel.Number `json:"number"`
	Label  string     `json:"label"`
}

type ownOutput struct{ Body OwnSettings }

type ownInput struct {
	request
	Body struct {
		Version int       `json:"version" minimum:"1" doc:"that the change was made on"`
		Fields  OwnFields `json:"fields"`
	}
}

func (d *doors) ownRoutes(api huma.API) {
	route(api, http.MethodGet, "/settings/me", access.UsePhone, "Read the own settings", d.ownSettings)
	route(api, http.MethodPut, "/settings/me", access.UsePhone, "Change the own settings", d.setOwnSettings)
}

func (d *doors) ownSettings(ctx context.Context, _ *struct{}) (*ownOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	row, err := d.DB.Shelves().Agents.Get(in(ctx), string(agent.ID))
	if err != nil {
		return nil, d.refusal(err)
	}
	return d.own(ctx, agent, row)
}

func (d *doors) own(ctx context.Context, agent *store.Agent, row store.Saved[settings.Agent]) (*ownOutput, error) {
	s, err := d.mySite(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &ownOutput{Body: OwnSettings{
		Version: row.Version, Fields: ownFields(row.Fields), Outside: s.ForwardsOutside(agent.ID), Image: s.Images[agent.ID],
		DeskPhone: agent.SIPUsername != "", Numbers: []OwnNumber{},
	}}
	for _, n := range s.Numbers {
		out.Body.Numbers = append(out.Body.Numbers, OwnNumber{ID: n.ID, Number: n.PhoneNumber, Label: n.FriendlyName})
	}
	return out, nil
}

func ownFields(a settings.Agent) OwnFields {
	return OwnFields{
		DisplayName: a.DisplayName, DefaultNumber: a.DefaultNumber, PreferredDevice: a.PreferredDevice, RingStrategy: a.RingStrategy,
		ReceivingNumber: a.ReceivingNumber, Forwarding: a.Forwarding, ForwardTo: a.ForwardTo, Voicemail: a.Voicemail,
		UnavailableGreeting: a.UnavailableGreeting, CallWaiting: a.CallWaiting, RecordOutgoing: a.RecordOutgoing, DefaultStatus: a.DefaultStatus,
		DefaultLanguage: a.DefaultLanguage, FollowMe: cmp.Or(a.FollowMe, "off"), FollowNumbers: append([]settings.FollowNumber{}, a.FollowNumbers...),
		SpeedDials: append([]settings.SpeedDial{}, a.SpeedDials...),
	}
}

// within puts what an agent has changed into the whole profile.
func (f OwnFields) within(a settings.Agent) settings.Agent {
	a.DisplayName, a.DefaultNumber, a.PreferredDevice, a.RingStrategy = f.DisplayName, f.DefaultNumber, f.PreferredDevice, f.RingStrategy
	a.ReceivingNumber, a.Forwarding, a.ForwardTo, a.Voicemail = f.ReceivingNumber, f.Forwarding, f.ForwardTo, f.Voicemail
	a.DefaultLanguage, a.FollowMe, a.FollowNumbers = f.DefaultLanguage, f.FollowMe, f.FollowNumbers
	a.SpeedDials = f.SpeedDials
	a.UnavailableGreeting, a.CallWaiting, a.RecordOutgoing, a.DefaultStatus = f.UnavailableGreeting, f.CallWaiting, f.RecordOutgoing, f.DefaultStatus
	return a
}

func (d *doors) setOwnSettings(ctx context.Context, q *ownInput) (*ownOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	shelf := d.DB.Shelves().Agents
	row, err := shelf.Get(in(ctx), string(agent.ID))
	if err != nil {
		return nil, d.refusal(err)
	}
	fields := q.Body.Fields
	if err := d.guardOwn(ctx, agent, ownFields(row.Fields), &fields); err != nil {
		return nil, d.refusal(err)
	}
	row, err = shelf.Update(in(ctx), actor(ctx, &q.request), string(agent.ID), q.Body.Version, fields.within(row.Fields))
	if err == nil {
		err = d.Changed(ctx, who(ctx).org)
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	return d.own(ctx, agent, row)
}

// guardOwn refuses numbers that the agent's class of service or switches do not allow (CS-2, PM-7), and another's sound. What
// was there before, set by an administrator, may stay.
func (d *doors) guardOwn(ctx context.Context, agent *store.Agent, was OwnFields, f *OwnFields) error {
	s, err := d.mySite(ctx)
	if err != nil {
		return err
	}
	if f.ReceivingNumber != "" && f.ReceivingNumber != was.ReceivingNumber {
		full, err := s.CallsAgent(agent.ID, f.ReceivingNumber)
		if err != nil {
			return wrong("receiving_number", "cannot be this one: %s", err)
		}
		f.ReceivingNumber = string(full)
	}
	if f.PreferredDevice == string(store.DeskPhone) && agent.SIPUsername == "" {
		return wrong("preferred_device", "must be another: no desk phone is linked to you")
	}
	if f.Forwarding != "off" && (f.ForwardTo != was.ForwardTo || f.Forwarding != was.Forwarding) {
		if err := guardForward(s, agent, f); err != nil {
			return err
		}
	}
	if err := guardFollow(s, agent, was, f); err != nil {
		return err
	}
	if f.UnavailableGreeting != was.UnavailableGreeting {
		return d.guardPrompt(ctx, "unavailable_greeting", f.UnavailableGreeting)
	}
	return nil
}

// guardForward lets direct calls go to an extension of the house, and outside only with the switch and within the class.
func guardForward(s *site.Site, agent *store.Agent, f *OwnFields) error {
	if other, known := s.Routing.Extensions[f.ForwardTo]; known {
		if other == agent.ID {
			return wrong("forward_to", "must be another extension than your own")
		}
		return nil
	}
	if f.ForwardTo == "" {
		return nil // the record says so itself
	}
	if !s.ForwardsOutside(agent.ID) {
		return wrong("forward_to", "must be an extension: an administrator has not switched external_forwarding on for you")
	}
	full, err := s.CallsAgent(agent.ID, f.ForwardTo)
	if err != nil {
		return wrong("forward_to", "cannot be this number: %s", err)
	}
	f.ForwardTo = string(full)
	return nil
}
