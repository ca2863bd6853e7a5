package api

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/site"
	"parley/internal/store"
)

type (
	phoneInput  struct{ request }
	phoneOutput struct{ Body DeskPhone }
)

func (d *doors) deskPhoneRoutes(api huma.API) {
	const path = "/settings/agents/{id}/desk-phone"
	route(api, http.MethodPost, "/own/desk-phone", access.UsePhone, "Make the sign-in of the own desk phone, or a new password", d.makePhone)
	route(api, http.MethodPost, path, access.Administrate, "Make the sign-in of an agent's desk phone, or a new password", d.giveDeskPhone)
	route(api, http.MethodDelete, path, access.Administrate, "Take an agent's desk phone away", d.takeDeskPhone)
}

// makePhone gives an agent what to enter in a desk phone, by which it becomes one of the agent's devices (AG-3, AG-5). A phone
// that has the password from before registers no more.
func (d *doors) makePhone(ctx context.Context, q *phoneInput) (*phoneOutput, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	return d.linkPhone(ctx, &q.request, agent.ID)
}

// giveDeskPhone is makePhone for another's desk phone.
func (d *doors) giveDeskPhone(ctx context.Context, q *changeInput) (*phoneOutput, error) {
	return d.linkPhone(ctx, &q.request, id.Agent(q.ID))
}

func (d *doors) linkPhone(ctx context.Context, from *request, which id.Agent) (*phoneOutput, error) {
	of := in(ctx)
	agent, err := d.DB.Agent(of, which)
	if err != nil {
		return nil, d.refusal(err)
	}
	phone := phoneSignIn(cmp.Or(agent.SIPUsername, "phone-"+agent.Extension))
	err = d.DB.SetSIPDevice(of, agent.ID, phone)
	if errors.Is(err, store.ErrTaken) { // user names are unique in the installation, which may hold many an extension 101
		phone = phoneSignIn(phone.Username + "-" + strings.ToLower(rand.Text()[:8]))
		err = d.DB.SetSIPDevice(of, agent.ID, phone)
	}
	if err := d.linked(ctx, from, agent.ID, "desk phone sign-in made", err); err != nil {
		return nil, err
	}
	return &phoneOutput{d.deskPhone(phone.Username, phone.Password)}, nil
}

func (d *doors) takeDeskPhone(ctx context.Context, q *changeInput) (*struct{}, error) {
	agent, err := d.DB.Agent(in(ctx), id.Agent(q.ID))
	if err != nil {
		return nil, d.refusal(err)
	}
	if agent.PreferredDevice == store.DeskPhone {
		return nil, huma.Error409Conflict("The desk phone is this agent's preferred device. Choose another one first.")
	}
	return nil, d.linked(ctx, &q.request, agent.ID, "desk phone taken away", d.DB.SetSIPDevice(in(ctx), agent.ID, store.SIPDevice{}))
}

// linked audits a change of a desk phone, without its secrets, and makes it act.
func (d *doors) linked(ctx context.Context, from *request, agent id.Agent, action string, err error) error {
	if err != nil {
		return d.refusal(err)
	}
	if err := d.Changed(in(ctx), who(ctx).org); err != nil {
		return d.refusal(err)
	}
	return d.noteAct(ctx, from, action, "agent", string(agent))
}

// phoneSignIn is a SIP sign-in with a random password, of which the page shows what to enter in a desk phone.
func phoneSignIn(username string) store.SIPDevice {
	device := store.SIPDevice{Username: username, Password: rand.Text()}
	device.HA1MD5, device.HA1SHA256 = sip.HA1(username, site.Realm, device.Password)
	return device
}

func (d *doors) deskPhone(username, password string) DeskPhone {
	return DeskPhone{Username: username, Password: password, Domain: hostOf(d.SIPServer), Server: d.SIPServer}
}
