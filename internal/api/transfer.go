package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/station"
	"parley/internal/tel"
)

type (
	moveInput struct {
		ID   id.Call `path:"id" maxLength:"100"`
		Body struct {
			To    dest.Destination `json:"to" doc:"agent, queue, menu, mailbox, or external with a number in any form"`
			Notes string           `json:"notes,omitempty" maxLength:"1000" doc:"for whoever is rung (TR-9)"`
		}
	}
	hangUpInput struct {
		ID   id.Call `path:"id" maxLength:"100"`
		Sure bool    `query:"sure" doc:"also when only outside parties would talk on"`
	}
	partyInput struct {
		ID    id.Call  `path:"id" maxLength:"100"`
		Party id.Party `path:"party" maxLength:"100"`
	}
	// Named is something by its name.
	Named struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	// NamedNumber is a telephone number that an administrator has given a name.
	NamedNumber struct {
		Name   string     `json:"name"`
		Number tel.Number `json:"number"`
	}
	parkInput struct {
		ID   id.Call `path:"id" maxLength:"100"`
		Body struct {
			Slot string `json:"slot,omitempty" maxLength:"10" doc:"such as 701; empty: any that is free"`
		}
	}
	parkOutput struct {
		Body struct {
			Slot string `json:"slot"`
		}
	}
	slotInput struct {
		Slot string `path:"slot" maxLength:"10"`
	}
	pickUpInput struct {
		Agent id.Agent `path:"agent" maxLength:"100"`
	}
	callDestinationsOutput struct {
		Body struct {
			Queues    []Named `json:"queues"`
			Menus     []Named `json:"menus"`
			Mailboxes []Named `json:"mailboxes"`
			// Numbers are those of the managed pool (TR-7).
			Numbers []NamedNumber `json:"numbers"`
		}
	}
)

// consultCommands are what an agent can ask about somebody who is being brought in (TR-3, TR-4).
var consultCommands = []struct {
	path, summary string
	signal        func(id.Agent) call.Signal
}{
	{"consult/swap", "Speak with the other line", func(a id.Agent) call.Signal { return call.Swap{Agent: a} }},
	{"consult/merge", "Make one conversation of both lines", func(a id.Agent) call.Signal { return call.Merge{Agent: a} }},
	{"consult/complete", "Join the other one with who was called, and leave", func(a id.Agent) call.Signal { return call.Complete{Agent: a} }},
	{"consult/cancel", "Give up whom you call, and go back", func(a id.Agent) call.Signal { return call.CancelMove{Agent: a} }},
	{"end", "End the call for everybody in it", func(a id.Agent) call.Signal { return call.EndForAll{Agent: a} }},
}

// partyCommands are what an agent can ask about another one in a conference (TR-5).
var partyCommands = []struct {
	path, summary string
	signal        func(id.Agent, id.Party) call.Signal
}{
	{"hold", "Hold one of the others", func(a id.Agent, p id.Party) call.Signal { return call.HoldParty{Agent: a, Party: p, On: true} }},
	{"resume", "Take one of the others off hold", func(a id.Agent, p id.Party) call.Signal { return call.HoldParty{Agent: a, Party: p} }},
	{"mute", "Let nobody hear one of the others", func(a id.Agent, p id.Party) call.Signal { return call.MuteParty{Agent: a, Party: p, On: true} }},
	{"unmute", "Let one of the others be heard again", func(a id.Agent, p id.Party) call.Signal { return call.MuteParty{Agent: a, Party: p} }},
	{"remove", "End the part of one of the others", func(a id.Agent, p id.Party) call.Signal { return call.RemoveParty{Agent: a, Party: p} }},
}

func (d *doors) transferRoutes(api huma.API) {
	route(api, http.MethodGet, "/call-destinations", access.UsePhone, "Where a call can be transferred to, besides people", d.callDestinations)
	route(api, http.MethodPost, "/calls/{id}/hangup", access.UsePhone, "Leave the call; it ends when one other would be left", d.hangUp)
	route(api, http.MethodPost, "/calls/{id}/transfer", access.UsePhone, "Send the other one to somebody else", d.transfer)
	route(api, http.MethodPost, "/calls/{id}/consult", access.UsePhone, "Call somebody on line 2", d.consult)
	route(api, http.MethodPost, "/calls/{id}/park", access.UsePhone, "Leave the other one in a slot, and the call", d.park)
	route(api, http.MethodPost, "/parked/{slot}/take", access.UsePhone, "Take who is parked in a slot", d.takeParked)
	route(api, http.MethodPost, "/agents/{agent}/pick-up", access.UsePhone, "Answer what rings at a colleague", d.pickUp)
	route(api, http.MethodPost, "/calls/{id}/switch", access.UsePhone, "Speak in this one of two calls", d.switchCalls)
	route(api, http.MethodPost, "/calls/{id}/merge", access.UsePhone, "Make one conversation of this and the other one of two calls", d.mergeCalls)
	for _, c := range consultCommands {
		route(api, http.MethodPost, "/calls/{id}/"+c.path, access.UsePhone, c.summary, func(ctx context.Context, in *callInput) (*struct{}, error) {
			return nil, d.askCall(ctx, in.ID, c.signal)
		})
	}
	for _, c := range partyCommands {
		route(api, http.MethodPost, "/calls/{id}/parties/{party}/"+c.path, access.UsePhone, c.summary,
			func(ctx context.Context, in *partyInput) (*struct{}, error) {
				return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal { return c.signal(a, in.Party) })
			})
	}
}

// askCall asks something of a call that the viewer is in.
func (d *doors) askCall(ctx context.Context, which id.Call, signal func(id.Agent) call.Signal) error {
	agent, err := agentOf(ctx)
	if err != nil {
		return err
	}
	return d.refusal(d.Exchange.AskCall(ctx, who(ctx).org, which, signal(agent.ID)))
}

// switchCalls lets an agent who has two calls speak in the other one (SP-25).
func (d *doors) switchCalls(ctx context.Context, in *callInput) (*struct{}, error) {
	return d.askStation(ctx, station.Switch{Call: in.ID})
}

// mergeCalls makes one conversation of an agent's two calls (SP-25). Whether the older takes in the younger's parties is seen on the line.
func (d *doors) mergeCalls(ctx context.Context, in *callInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return nil, d.refusal(d.Exchange.MergeCalls(ctx, who(ctx).org, agent.ID, in.ID))
}

func (d *doors) hangUp(ctx context.Context, in *hangUpInput) (*struct{}, error) {
	return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal {
		return call.HangUp{Agent: a, Sure: in.Sure, LeaveOutside: d.Sites.LeaveOutside(who(ctx).org, a)}
	})
}

func (d *doors) transfer(ctx context.Context, in *moveInput) (*struct{}, error) {
	return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal {
		return call.Transfer{Agent: a, To: in.Body.To, Notes: in.Body.Notes}
	})
}

func (d *doors) consult(ctx context.Context, in *moveInput) (*struct{}, error) {
	return nil, d.askCall(ctx, in.ID, func(a id.Agent) call.Signal {
		return call.Consult{Agent: a, To: in.Body.To, Notes: in.Body.Notes}
	})
}

func (d *doors) park(ctx context.Context, in *parkInput) (*parkOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	slot, err := d.Exchange.Park(ctx, who(ctx).org, in.ID, agent.ID, in.Body.Slot)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &parkOutput{}
	out.Body.Slot = slot
	return out, nil
}

// takeParked tells in which call the parked one is.
func (d *doors) takeParked(ctx context.Context, in *slotInput) (*placeOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	which, err := d.Exchange.TakeParked(ctx, who(ctx).org, agent.ID, in.Slot)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &placeOutput{}
	out.Body.ID = which
	return out, nil
}

// pickUp tells which call it is.
func (d *doors) pickUp(ctx context.Context, in *pickUpInput) (*placeOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	which, err := d.Exchange.PickUp(ctx, who(ctx).org, agent.ID, in.Agent)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &placeOutput{}
	out.Body.ID = which
	return out, nil
}

// callDestinations lists by name what an agent may transfer to besides agents and contacts, which have lists of their own (TR-7).
func (d *doors) callDestinations(ctx context.Context, _ *struct{}) (*callDestinationsOutput, error) {
	out := &callDestinationsOutput{}
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return out, nil
	}
	out.Body.Queues = named(s.Records.Queues, func(q settings.Queue) string { return q.Name })
	out.Body.Menus = named(s.Records.Menus, func(m settings.Menu) string { return m.Name })
	out.Body.Numbers = []NamedNumber{}
	for _, n := range s.TransferNumbers() {
		out.Body.Numbers = append(out.Body.Numbers, NamedNumber{n.Name, tel.Number(n.Number)})
	}
	out.Body.Mailboxes = []Named{}
	for _, b := range d.Voicemail.Boxes(who(ctx).org) {
		out.Body.Mailboxes = append(out.Body.Mailboxes, Named{string(b.ID), b.Name})
	}
	return out, nil
}

func named[K ~string, T any](all map[K]T, name func(T) string) []Named {
	list := make([]Named, 0, len(all))
	for which, one := range all {
		list = append(list, Named{string(which), name(one)})
	}
	slices.SortFunc(list, func(a, b Named) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return list
}
